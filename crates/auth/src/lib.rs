//! Who is calling. Pure and synchronous: bytes in, an identity or a refusal out.
//!
//! **Invariant:** a [`Caller`] is made by [`Verifier`] and [`secret::Personal`] alone, so a function that takes one cannot
//! be reached without a verified token. This crate does no IO and reads no clock.
//!
//! In a server of another kind, keys come from wherever that server has them:
//!
//! ```
//! use auth::{AccessClaims, KeySet, Policy, Signer, Verifier};
//! use protocol::{SessionId, Timestamp, UserId};
//!
//! let now = Timestamp::from_seconds(1_800_000_000);
//! let signer = Signer::from_seed("key-1", &[7; 32]);
//! let token = signer.access_token(&AccessClaims {
//!     user: serde_json::json!({"id": "ann"}),
//!     subject: &UserId::new("ann"),
//!     session: &SessionId::new("of-her-phone"),
//!     origin: "https://tasks.example.com",
//!     issued_at: now,
//!     lifetime: 900,
//! });
//!
//! let mut keys = KeySet::default();
//! keys.add_row("key-1", &signer.public_jwk(), None)?;
//! let policy = Policy::of_origin("https://tasks.example.com");
//! let verifier = Verifier { keys: &keys, policy: &policy };
//!
//! assert_eq!(verifier.verify(&token, now).unwrap().user().as_str(), "ann");
//! let refusal = verifier.verify("of-her-phone", now).unwrap_err();
//! assert_eq!(refusal.as_str(), "token.not_a_jwt");
//! # Ok::<(), auth::KeySetError>(())
//! ```

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
