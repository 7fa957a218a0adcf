//! The JOSE header, read by us before any library sees the token.

use protocol::ErrorCode;
use serde_json::Value;

use crate::jwk::Algorithm;
use crate::object::Object;
use crate::{Refusal, base64url};

pub(crate) struct Header {
    pub(crate) algorithm: Algorithm,
    pub(crate) kid: Option<String>,
}

impl Header {
    /// `jwk`, `jku`, `x5u` and `x5c` are never looked at: keys come from configured sources only
    /// (RFC 8725, section 3.10).
    pub(crate) fn parse(segment: &str) -> Result<Self, Refusal> {
        let bytes = base64url::decode(segment).ok_or(ErrorCode::TokenMalformed)?;
        let Object(members) = Object::parse(&bytes).ok_or(ErrorCode::TokenMalformed)?;
        let algorithm = members
            .get("alg")
            .and_then(Value::as_str)
            .and_then(Algorithm::named)
            .ok_or(ErrorCode::TokenAlgorithm)?;
        // We understand no critical extension, so there may be none (RFC 7515, section 4.1.11);
        // the others would change how the rest of the token is to be read.
        if ["crit", "b64", "zip", "enc"]
            .iter()
            .any(|name| members.contains_key(*name))
        {
            return Err(ErrorCode::TokenHeader);
        }
        if !members.get("typ").is_none_or(is_access_token) {
            return Err(ErrorCode::TokenHeader);
        }
        let kid = match members.get("kid") {
            None => None,
            Some(Value::String(kid)) if (1..=128).contains(&kid.len()) => Some(kid.clone()),
            Some(_) => return Err(ErrorCode::TokenHeader),
        };
        Ok(Self { algorithm, kid })
    }
}

/// Explicit types other than these belong to other protocols (RFC 8725, section 3.11;
/// RFC 9068, section 4).
fn is_access_token(typ: &Value) -> bool {
    let Some(typ) = typ.as_str() else {
        return false;
    };
    ["JWT", "at+jwt", "application/at+jwt"]
        .iter()
        .any(|known| typ.eq_ignore_ascii_case(known))
}
