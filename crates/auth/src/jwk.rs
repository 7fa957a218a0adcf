//! Public keys: a JSON Web Key Set (RFC 7517) read strictly.

use jsonwebtoken::DecodingKey;
use serde::Deserialize;

use crate::base64url;

/// The algorithms we verify. `ES512` is missing from the `jsonwebtoken` library, so keys of that
/// kind are passed over; `none` and the rest do not exist for us.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Algorithm {
    EdDsa,
    Es256,
    Rs256,
    Ps256,
}

impl Algorithm {
    /// The name of RFC 7518 and RFC 8037, in exactly that spelling.
    pub fn named(name: &str) -> Option<Self> {
        match name {
            "EdDSA" => Some(Self::EdDsa),
            "ES256" => Some(Self::Es256),
            "RS256" => Some(Self::Rs256),
            "PS256" => Some(Self::Ps256),
            _ => None,
        }
    }

    pub(crate) const fn of_library(self) -> jsonwebtoken::Algorithm {
        match self {
            Self::EdDsa => jsonwebtoken::Algorithm::EdDSA,
            Self::Es256 => jsonwebtoken::Algorithm::ES256,
            Self::Rs256 => jsonwebtoken::Algorithm::RS256,
            Self::Ps256 => jsonwebtoken::Algorithm::PS256,
        }
    }
}

/// One key, bound to the one algorithm it may be used with (RFC 8725, section 3.1).
pub struct PublicKey {
    pub(crate) kid: String,
    pub(crate) algorithm: Algorithm,
    pub(crate) key: DecodingKey,
}

/// The keys that may sign for us.
#[derive(Default)]
pub struct KeySet(Vec<PublicKey>);

/// Why a set is not used.
#[derive(Debug, PartialEq, Eq)]
pub enum KeySetError {
    NotAKeySet,
    /// Two keys of one name: which of them signed could not be told.
    DuplicateKid,
}

impl KeySet {
    /// Reads `{"keys": […]}`. A key that is unusable (a foreign kind, a secret, a weak point, a
    /// short modulus, made for encryption) is left out; the others stay usable.
    ///
    /// # Errors
    /// If the text is no key set, or names two keys alike.
    pub fn parse(json: &str) -> Result<Self, KeySetError> {
        #[derive(Deserialize)]
        struct Set {
            keys: Vec<serde_json::Value>,
        }
        let set: Set = serde_json::from_str(json).map_err(|_| KeySetError::NotAKeySet)?;
        let mut keys = Self::default();
        for key in set.keys {
            let Some(key) = serde_json::from_value(key).ok().and_then(Jwk::usable) else {
                continue;
            };
            keys.insert(key)?;
        }
        Ok(keys)
    }

    /// Adds the public key of one row of Better Auth's `jwks` table, whose id is its name.
    ///
    /// # Errors
    /// If the set has a key of that name.
    pub fn add_row(&mut self, id: &str, public_key: &str) -> Result<(), KeySetError> {
        let usable = serde_json::from_str::<Jwk>(public_key)
            .ok()
            .map(|jwk| jwk.with_kid(id))
            .and_then(Jwk::usable);
        usable.map_or(Ok(()), |key| self.insert(key))
    }

    fn insert(&mut self, key: PublicKey) -> Result<(), KeySetError> {
        if self.get(&key.kid).is_some() {
            return Err(KeySetError::DuplicateKid);
        }
        self.0.push(key);
        Ok(())
    }

    pub fn get(&self, kid: &str) -> Option<&PublicKey> {
        self.0.iter().find(|key| key.kid == kid)
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

#[derive(Deserialize)]
struct Jwk {
    kty: String,
    kid: Option<String>,
    alg: Option<String>,
    crv: Option<String>,
    #[serde(rename = "use")]
    usage: Option<String>,
    key_ops: Option<Vec<String>>,
    x: Option<String>,
    y: Option<String>,
    n: Option<String>,
    e: Option<String>,
    /// Present only in private keys, which no set may publish.
    d: Option<serde_json::Value>,
}

impl Jwk {
    fn with_kid(mut self, kid: &str) -> Self {
        self.kid = Some(kid.to_owned());
        self
    }

    fn usable(self) -> Option<PublicKey> {
        let for_signatures = self.usage.as_deref().is_none_or(|usage| usage == "sig")
            && self
                .key_ops
                .as_ref()
                .is_none_or(|ops| ops.iter().any(|op| op == "verify"));
        if self.d.is_some() || !for_signatures {
            return None;
        }
        let (natural, key) = match self.kty.as_str() {
            "OKP" => self.ed25519()?,
            "EC" => self.p256()?,
            "RSA" => self.rsa()?,
            _ => return None,
        };
        let algorithm = match self.alg.as_deref().map(Algorithm::named) {
            None => natural?,
            Some(Some(named)) if fits(named, &self.kty) => named,
            Some(_) => return None,
        };
        let kid = self.kid.filter(|kid| !kid.is_empty() && kid.len() <= 128)?;
        Some(PublicKey {
            kid,
            algorithm,
            key,
        })
    }

    /// RFC 8037. The length is checked here because the library would panic on a short `x` and
    /// cut a long one.
    fn ed25519(&self) -> Option<(Option<Algorithm>, DecodingKey)> {
        if self.crv.as_deref() != Some("Ed25519") {
            return None;
        }
        let point: [u8; 32] = base64url::decode(self.x.as_ref()?)?.try_into().ok()?;
        let point = ed25519_dalek::VerifyingKey::from_bytes(&point).ok()?;
        if point.is_weak() {
            return None;
        }
        let key = DecodingKey::from_ed_der(point.as_bytes());
        Some((Some(Algorithm::EdDsa), key))
    }

    /// RFC 7518, section 6.2.
    fn p256(&self) -> Option<(Option<Algorithm>, DecodingKey)> {
        if self.crv.as_deref() != Some("P-256") {
            return None;
        }
        let (x, y) = (self.x.as_ref()?, self.y.as_ref()?);
        let has_32_bytes =
            |text: &String| base64url::decode(text).is_some_and(|bytes| bytes.len() == 32);
        if !has_32_bytes(x) || !has_32_bytes(y) {
            return None;
        }
        let key = DecodingKey::from_ec_components(x, y).ok()?;
        Some((Some(Algorithm::Es256), key))
    }

    /// RFC 7518, section 3.3: 2048 bits at least; above 8192 a check costs too much. An RSA key
    /// must say its algorithm, because nothing else tells RS256 and PS256 apart.
    fn rsa(&self) -> Option<(Option<Algorithm>, DecodingKey)> {
        let (modulus, exponent) = (
            base64url::decode(self.n.as_ref()?)?,
            base64url::decode(self.e.as_ref()?)?,
        );
        let leading_zero = modulus.first().is_none_or(|byte| *byte == 0);
        let sound_exponent = matches!(exponent.as_slice(), [3] | [1, 0, 1]);
        if leading_zero || !(256..=1024).contains(&modulus.len()) || !sound_exponent {
            return None;
        }
        Some((
            None,
            DecodingKey::from_rsa_raw_components(&modulus, &exponent),
        ))
    }
}

fn fits(algorithm: Algorithm, kty: &str) -> bool {
    match algorithm {
        Algorithm::EdDsa => kty == "OKP",
        Algorithm::Es256 => kty == "EC",
        Algorithm::Rs256 | Algorithm::Ps256 => kty == "RSA",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const X: &str = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo";

    fn set(keys: &serde_json::Value) -> KeySet {
        KeySet::parse(&serde_json::json!({ "keys": keys }).to_string()).unwrap()
    }

    #[test]
    fn a_key_without_alg_gets_the_one_its_curve_has() {
        let keys = set(&serde_json::json!([
            {"kty": "OKP", "crv": "Ed25519", "x": X, "kid": "a"}
        ]));

        assert_eq!(keys.get("a").unwrap().algorithm, Algorithm::EdDsa);
    }

    #[test]
    fn unusable_keys_are_left_out() {
        let keys = set(&serde_json::json!([
            {"kty": "OKP", "crv": "Ed25519", "x": &X[..40], "kid": "short"},
            {"kty": "OKP", "crv": "Ed25519", "x": "AQ".repeat(40), "kid": "long"},
            {"kty": "OKP", "crv": "Ed448", "x": X, "kid": "curve"},
            {"kty": "OKP", "crv": "Ed25519", "x": "AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "kid": "weak"},
            {"kty": "OKP", "crv": "Ed25519", "x": X, "d": X, "kid": "private"},
            {"kty": "OKP", "crv": "Ed25519", "x": X, "use": "enc", "kid": "encryption"},
            {"kty": "OKP", "crv": "Ed25519", "x": X, "key_ops": ["sign"], "kid": "signing"},
            {"kty": "OKP", "crv": "Ed25519", "x": X, "alg": "ES256", "kid": "wrong alg"},
            {"kty": "OKP", "crv": "Ed25519", "x": X, "alg": "none", "kid": "none"},
            {"kty": "OKP", "crv": "Ed25519", "x": X},
            {"kty": "oct", "k": "AQ", "alg": "HS256", "kid": "secret"},
            {"kty": "RSA", "n": "AQAB", "e": "AQAB", "alg": "RS256", "kid": "short modulus"},
            "not a key",
        ]));

        assert!(keys.is_empty());
    }

    #[test]
    fn two_keys_of_one_name_spoil_the_set() {
        let key = serde_json::json!({"kty": "OKP", "crv": "Ed25519", "x": X, "kid": "a"});

        let twice = KeySet::parse(&serde_json::json!({ "keys": [key, key] }).to_string());

        assert_eq!(twice.err(), Some(KeySetError::DuplicateKid));
    }
}
