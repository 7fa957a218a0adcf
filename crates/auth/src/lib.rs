//! Who is calling. Pure and synchronous: bytes in, an identity or a refusal out.
//!
//! **Invariant:** a [`Caller`] is made by [`Verifier`] and [`secret::Personal`] alone, so a function that takes one cannot
//! be reached without a verified token. This crate does no IO and reads no clock.

mod algorithm;
mod backend;
pub mod base64url;
mod caller;
mod claims;
pub mod cookie;
mod fingerprint;
mod header;
mod json;
mod jwk;
mod key;
mod key_set;
pub mod password;
mod policy;
mod presented;
pub mod random;
mod scopes;
pub mod seal;
pub mod secret;
mod signer;
mod subject;
mod verifier;

pub use algorithm::Algorithm;
pub use caller::Caller;
pub use fingerprint::fingerprint;
pub use jwk::Unusable;
pub use key_set::{KeySet, KeySetError};
pub use policy::{Policy, Sessions};
pub use presented::Presented;
pub use scopes::Scopes;
pub use signer::{AccessClaims, GrantClaims, Signer};
pub use verifier::Verifier;

/// Why a token is refused: one of the `token.*` codes.
pub type Refusal = protocol::ErrorCode;
