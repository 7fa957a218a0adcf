//! A token as it was presented: in good form, and proven by nothing yet.

use protocol::ErrorCode;

use crate::algorithm::Algorithm;
use crate::header::Header;
use crate::{Refusal, base64url};

/// Bytes a token may have; ours have about 600, Better Auth's with long names a little more.
const LARGEST: usize = 8 * 1024;

/// A token whose three parts can be read and whose header we understand. Its claims stay bytes
/// until the signature is checked (OWASP ASVS 5, 9.1.1).
#[derive(Debug)]
pub struct Presented<'a> {
    pub(crate) header: Header,
    pub(crate) claims: Vec<u8>,
    pub(crate) signature: Vec<u8>,
    /// What the signature covers.
    pub(crate) signed: &'a [u8],
}

impl<'a> Presented<'a> {
    /// All checks that need no key, so that nonsense is refused before any key is looked up.
    ///
    /// # Errors
    /// The `token.*` code of the first rule the token breaks.
    pub fn read(token: &'a str) -> Result<Self, Refusal> {
        if token.is_empty() {
            return Err(ErrorCode::TokenMissing);
        }
        if token.len() > LARGEST {
            return Err(ErrorCode::TokenTooLarge);
        }
        let [header, claims, signature] = split(token)?;
        let decoded = |part| base64url::decode(part).ok_or(ErrorCode::TokenMalformed);
        Ok(Self {
            header: Header::parse(&decoded(header)?)?,
            claims: decoded(claims)?,
            signature: decoded(signature)?,
            signed: &token.as_bytes()[..header.len() + 1 + claims.len()],
        })
    }

    /// The name of the public key that is said to have signed.
    ///
    /// # Errors
    /// `token.algorithm` if no public key can have signed, `token.unknown_key` if none is named.
    pub fn kid(&self) -> Result<&str, Refusal> {
        if self.header.algorithm == Algorithm::Hs256 {
            return Err(ErrorCode::TokenAlgorithm);
        }
        let kid = self.header.kid.as_deref();
        kid.ok_or(ErrorCode::TokenUnknownKey)
    }
}

fn split(token: &str) -> Result<[&str; 3], Refusal> {
    let mut parts = token.split('.');
    let mut next = || parts.next();
    match [next(), next(), next(), next(), next(), next()] {
        [Some(header), Some(claims), Some(signature), None, ..] => Ok([header, claims, signature]),
        // One segment is a session token, two its signed cookie form.
        [_, None, ..] | [_, _, None, ..] => Err(ErrorCode::TokenNotAJwt),
        // RFC 7516, section 3.1: an encrypted token, which Auth0 issues when it was asked for
        // none of its audiences.
        [_, _, _, _, Some(_), None] => Err(ErrorCode::TokenEncrypted),
        _ => Err(ErrorCode::TokenMalformed),
    }
}
