//! The signature algorithms there are for us.

use protocol::ErrorCode;

use crate::Refusal;

/// What we verify. A token's `alg` is only ever compared with that of the key; it chooses nothing
/// (RFC 8725, section 3.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Algorithm {
    EdDsa,
    Es256,
    Rs256,
    Ps256,
    /// For a shared secret only; see [`KeySet::shared`](crate::KeySet::shared).
    Hs256,
}

impl Algorithm {
    /// By the names of RFC 7518, RFC 8037 and RFC 9864, in exactly that spelling.
    ///
    /// # Errors
    /// `token.es512` for the one algorithm that Better Auth may sign with and our libraries lack,
    /// `token.algorithm` for `none` and the rest.
    pub fn named(name: &str) -> Result<Self, Refusal> {
        match name {
            "EdDSA" | "Ed25519" => Ok(Self::EdDsa),
            "ES256" => Ok(Self::Es256),
            "RS256" => Ok(Self::Rs256),
            "PS256" => Ok(Self::Ps256),
            "HS256" => Ok(Self::Hs256),
            "ES512" => Err(ErrorCode::TokenEs512),
            _ => Err(ErrorCode::TokenAlgorithm),
        }
    }

    pub(crate) const fn of_library(self) -> jsonwebtoken::Algorithm {
        match self {
            Self::EdDsa => jsonwebtoken::Algorithm::EdDSA,
            Self::Es256 => jsonwebtoken::Algorithm::ES256,
            Self::Rs256 => jsonwebtoken::Algorithm::RS256,
            Self::Ps256 => jsonwebtoken::Algorithm::PS256,
            Self::Hs256 => jsonwebtoken::Algorithm::HS256,
        }
    }
}
