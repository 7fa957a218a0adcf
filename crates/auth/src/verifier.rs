//! From a bearer token to a [`Caller`].

use protocol::{ErrorCode, Timestamp};

use crate::header::Header;
use crate::object::Object;
use crate::{Caller, KeySet, Refusal, base64url, claims};

/// Bytes a token may have; ours have about 600, Better Auth's with long names a little more.
const LARGEST: usize = 8 * 1024;

/// What a token must say to be for us.
#[derive(Clone, Debug)]
pub struct Policy {
    /// Exact `iss` values; several where previews have their own address.
    pub issuers: Vec<String>,
    /// The exact `aud`.
    pub audience: String,
    /// Seconds by which clocks may differ.
    pub leeway: i64,
    /// Seconds between `iat` and `exp` at the most.
    pub longest_life: i64,
}

impl Policy {
    /// Tokens that a deployment makes for itself: both claims are its origin, as in Better Auth.
    pub fn of_origin(origin: &str) -> Self {
        Self {
            issuers: vec![origin.to_owned()],
            audience: origin.to_owned(),
            leeway: 5,
            longest_life: 3600,
        }
    }
}

/// Checks tokens against keys and a policy.
pub struct Verifier<'a> {
    pub keys: &'a KeySet,
    pub policy: &'a Policy,
}

impl Verifier<'_> {
    /// The checks that need no key, for a refusal before any key is looked up; the name of the
    /// key on success.
    ///
    /// # Errors
    /// The `token.*` code of the first rule the token breaks.
    pub fn key_of(token: &str) -> Result<String, Refusal> {
        let parts = Parts::split(token)?;
        let header = Header::parse(parts.header)?;
        header.kid.ok_or(ErrorCode::TokenUnknownKey)
    }

    /// The caller, or the code of the first rule the token breaks. The signature is checked
    /// before a claim is looked at.
    ///
    /// # Errors
    /// A `token.*` code.
    pub fn verify(&self, token: &str, now: Timestamp) -> Result<Caller, Refusal> {
        let parts = Parts::split(token)?;
        let header = Header::parse(parts.header)?;
        let kid = header.kid.ok_or(ErrorCode::TokenUnknownKey)?;
        let key = self.keys.get(&kid).ok_or(ErrorCode::TokenUnknownKey)?;
        if key.algorithm != header.algorithm {
            return Err(ErrorCode::TokenAlgorithm);
        }
        // Decoded here first, because the library is laxer about the alphabet than we are.
        base64url::decode(parts.signature).ok_or(ErrorCode::TokenMalformed)?;
        let genuine = jsonwebtoken::crypto::verify(
            parts.signature,
            parts.signed.as_bytes(),
            &key.key,
            key.algorithm.of_library(),
        );
        if !genuine.unwrap_or(false) {
            return Err(ErrorCode::TokenSignature);
        }
        let claims = base64url::decode(parts.claims).ok_or(ErrorCode::TokenMalformed)?;
        let Object(claims) = Object::parse(&claims).ok_or(ErrorCode::TokenMalformed)?;
        claims::accept(&claims, self.policy, now)
    }
}

struct Parts<'a> {
    header: &'a str,
    claims: &'a str,
    signature: &'a str,
    signed: &'a str,
}

impl<'a> Parts<'a> {
    fn split(token: &'a str) -> Result<Self, Refusal> {
        if token.is_empty() {
            return Err(ErrorCode::TokenMissing);
        }
        if token.len() > LARGEST {
            return Err(ErrorCode::TokenTooLarge);
        }
        let mut parts = token.split('.');
        let (header, claims, signature) = (parts.next(), parts.next(), parts.next());
        match (header, claims, signature, parts.next()) {
            (Some(header), Some(claims), Some(signature), None) => Ok(Self {
                header,
                claims,
                signature,
                signed: &token[..token.len() - signature.len() - 1],
            }),
            // One segment is a session token, two its signed cookie form; five would be a JWE.
            (_, None, ..) | (_, _, None, _) => Err(ErrorCode::TokenNotAJwt),
            _ => Err(ErrorCode::TokenMalformed),
        }
    }
}

#[cfg(test)]
mod tests;
