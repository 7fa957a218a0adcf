//! The JOSE header, read by us before any library sees the token.

use protocol::ErrorCode;

use crate::Refusal;
use crate::algorithm::Algorithm;
use crate::json::{Json, members};

/// Bytes of a key's name.
pub(crate) const LONGEST_KID: usize = 128;

#[derive(Debug)]
pub(crate) struct Header {
    pub(crate) algorithm: Algorithm,
    pub(crate) kid: Option<String>,
}

impl Header {
    /// `jwk`, `jku`, `x5u` and `x5c` are never looked at: keys come from configured sources only
    /// (RFC 8725, section 3.10).
    pub(crate) fn parse(bytes: &[u8]) -> Result<Self, Refusal> {
        let mut algorithm = Err(ErrorCode::TokenAlgorithm);
        let mut kid = Ok(None);
        let mut is_ours = true;
        let mut is_plain = true;
        members(bytes, |name, value| match name {
            "alg" => {
                let named = value.text().ok_or(ErrorCode::TokenAlgorithm);
                algorithm = named.and_then(Algorithm::named);
            }
            "kid" => kid = key_name(&value),
            "typ" => is_ours &= value.text().is_some_and(is_access_token),
            // Within this token would be another (RFC 7519, section 5.2).
            "cty" => is_ours = false,
            // We understand no critical extension, so there may be none (RFC 7515, section
            // 4.1.11); the others would change how the rest of the token is to be read.
            "crit" | "b64" | "zip" | "enc" => is_plain = false,
            _ => {}
        })
        .ok_or(ErrorCode::TokenMalformed)?;
        let algorithm = algorithm?;
        if !is_plain {
            return Err(ErrorCode::TokenHeader);
        }
        if !is_ours {
            return Err(ErrorCode::TokenKind);
        }
        Ok(Self {
            algorithm,
            kid: kid?,
        })
    }
}

fn key_name(value: &Json<'_>) -> Result<Option<String>, Refusal> {
    match value {
        Json::Text(kid) if (1..=LONGEST_KID).contains(&kid.len()) => Ok(Some(kid.to_string())),
        _ => Err(ErrorCode::TokenHeader),
    }
}

/// Explicit types other than these belong to other protocols (RFC 8725, section 3.11; RFC 9068,
/// section 4). Media types know no case, and `application/` goes without saying (RFC 7515,
/// section 4.1.9).
fn is_access_token(typ: &str) -> bool {
    let typ = typ.to_ascii_lowercase();
    let typ = typ.strip_prefix("application/").unwrap_or(&typ);
    matches!(typ, "jwt" | "at+jwt")
}
