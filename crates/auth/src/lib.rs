//! Who is calling. Pure and synchronous: bytes in, an identity or a refusal out.
//!
//! **Invariant:** a [`Caller`] is made by [`Verifier::verify`] alone, so a function that takes
//! one cannot be reached without a verified token. This crate does no IO and reads no clock.

pub mod base64url;
mod caller;
mod claims;
pub mod cookie;
mod header;
pub mod jwk;
mod object;
pub mod password;
pub mod random;
pub mod seal;
mod signer;
mod verifier;

pub use caller::Caller;
pub use claims::subject;
pub use jwk::{Algorithm, KeySet};
pub use signer::{AccessClaims, Signer};
pub use verifier::{Policy, Verifier};

/// Why a token is refused: one of the `token.*` codes.
pub type Refusal = protocol::ErrorCode;
