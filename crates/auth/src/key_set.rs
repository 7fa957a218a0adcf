//! The keys that may sign for us: a JSON Web Key Set (RFC 7517, section 5), or one secret.

use protocol::ErrorCode;
use serde::Deserialize;

use crate::Refusal;
use crate::jwk::{Jwk, Unusable};
use crate::key::Key;
use crate::presented::Presented;

/// Either public keys with their names or one shared secret, as the configuration says. A token
/// cannot choose: the wrong kind of algorithm is refused before any key is looked at, so a
/// public key is never taken for a secret (CVE-2016-10555).
pub struct KeySet(Keys);

enum Keys {
    Public(Vec<(String, Key)>),
    Shared(Key),
}

/// Why a set is not used.
#[derive(Debug, PartialEq, Eq)]
pub enum KeySetError {
    NotAKeySet,
    TooLarge,
    /// Two keys of one name: which of them signed could not be told.
    DuplicateKid,
}

impl Default for KeySet {
    fn default() -> Self {
        Self(Keys::Public(Vec::new()))
    }
}

impl KeySet {
    /// Bytes that a set may have; Auth0's and Google's have 3 KiB.
    pub const LARGEST: usize = 64 * 1024;

    /// One secret for HS256, and nothing else.
    pub fn shared(secret: &str) -> Self {
        Self(Keys::Shared(Key::secret(secret.as_bytes())))
    }

    /// Reads `{"keys": […]}`. An unusable key is left out; the others stay usable.
    ///
    /// # Errors
    /// If the text is no key set, or names two keys alike.
    pub fn parse(json: &str) -> Result<Self, KeySetError> {
        Self::parse_telling(json, |_| {})
    }

    /// As [`KeySet::parse`], and says why keys were left out.
    ///
    /// # Errors
    /// If the text is no key set, or names two keys alike.
    pub fn parse_telling(
        json: &str,
        mut left_out: impl FnMut(Unusable),
    ) -> Result<Self, KeySetError> {
        #[derive(Deserialize)]
        struct Set {
            keys: Vec<serde_json::Value>,
        }
        if json.len() > Self::LARGEST {
            return Err(KeySetError::TooLarge);
        }
        let set: Set = serde_json::from_str(json).map_err(|_| KeySetError::NotAKeySet)?;
        let mut keys = Self::default();
        for key in set.keys {
            let jwk = serde_json::from_value(key).map_err(|_| Unusable::Unsupported);
            match jwk.and_then(Jwk::usable) {
                Ok((kid, key)) => keys.insert(kid, key)?,
                Err(reason) => left_out(reason),
            }
        }
        Ok(keys)
    }

    /// Adds the public key of one row of Better Auth's `jwks` table, whose id is its name. The
    /// algorithm stands in a column of its own there, or nowhere.
    ///
    /// # Errors
    /// If the set has a key of that name.
    pub fn add_row(
        &mut self,
        id: &str,
        public_key: &str,
        alg: Option<&str>,
    ) -> Result<(), KeySetError> {
        let jwk = serde_json::from_str::<Jwk>(public_key).map_err(|_| Unusable::Unsupported);
        match jwk.and_then(|jwk| jwk.of_row(id, alg).usable()) {
            Ok((kid, key)) => self.insert(kid, key),
            Err(_) => Ok(()),
        }
    }

    fn insert(&mut self, kid: String, key: Key) -> Result<(), KeySetError> {
        match &mut self.0 {
            Keys::Public(keys) if keys.iter().all(|(known, _)| *known != kid) => {
                keys.push((kid, key));
                Ok(())
            }
            Keys::Public(_) | Keys::Shared(_) => Err(KeySetError::DuplicateKid),
        }
    }

    /// Whether there is a public key of that name.
    pub fn has(&self, kid: &str) -> bool {
        matches!(&self.0, Keys::Public(keys) if keys.iter().any(|(known, _)| known == kid))
    }

    pub fn is_empty(&self) -> bool {
        matches!(&self.0, Keys::Public(keys) if keys.is_empty())
    }

    /// Whether the one key that can have signed the token did.
    ///
    /// # Errors
    /// `token.algorithm`, `token.unknown_key` or `token.signature`.
    pub fn check(&self, token: &Presented<'_>) -> Result<(), Refusal> {
        let key = match &self.0 {
            Keys::Shared(key) => key,
            Keys::Public(keys) => {
                let kid = token.kid()?;
                let found = keys.iter().find(|(known, _)| known == kid);
                &found.ok_or(ErrorCode::TokenUnknownKey)?.1
            }
        };
        if key.algorithm != token.header.algorithm {
            return Err(ErrorCode::TokenAlgorithm);
        }
        if !key.verifies(token.signed, &token.signature) {
            return Err(ErrorCode::TokenSignature);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;
