//! A JSON Web Key (RFC 7517), read strictly.

use serde::Deserialize;

use crate::algorithm::Algorithm;
use crate::base64url;
use crate::header::LONGEST_KID;
use crate::key::Key;

#[derive(Deserialize)]
pub(crate) struct Jwk {
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

/// Why a key is left out of a set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unusable {
    /// A kind, curve or algorithm that we do not verify.
    Unsupported,
    /// P-521 or ES512, which our libraries lack.
    Es512,
    /// An RSA key that does not say whether it is for RS256 or PS256.
    NoAlgorithm,
    /// Made for encryption or for signing.
    OtherUse,
    /// It has the private part. Whoever published it must make a new one.
    Private,
    /// Not a key, or a weak one: a point of small order, a modulus below 2048 bits.
    Unsound,
    /// No name, or one of more than 128 bytes.
    NoKid,
}

impl Jwk {
    /// Names the key as the row of Better Auth's `jwks` table that holds it, and for RSA keys
    /// takes the algorithm from there.
    pub(crate) fn of_row(mut self, id: &str, alg: Option<&str>) -> Self {
        self.kid = Some(id.to_owned());
        self.alg = self.alg.or_else(|| alg.map(str::to_owned));
        self
    }

    pub(crate) fn usable(self) -> Result<(String, Key), Unusable> {
        let is_for_verifying = |ops: &Vec<String>| ops.iter().any(|op| op == "verify");
        if self.d.is_some() {
            return Err(Unusable::Private);
        }
        if self.usage.as_deref().is_some_and(|usage| usage != "sig")
            || !self.key_ops.as_ref().is_none_or(is_for_verifying)
        {
            return Err(Unusable::OtherUse);
        }
        let key = match (self.kty.as_str(), self.crv.as_deref()) {
            ("OKP", Some("Ed25519")) => self.ed25519(),
            ("EC", Some("P-256")) => self.p256(),
            ("EC", Some("P-521")) => Err(Unusable::Es512),
            ("RSA", _) => self.rsa(),
            _ => Err(Unusable::Unsupported),
        }?;
        match self.kid {
            Some(kid) if (1..=LONGEST_KID).contains(&kid.len()) => Ok((kid, key)),
            _ => Err(Unusable::NoKid),
        }
    }

    /// What the key says it is for, which may be nothing (RFC 7517, section 4.4).
    fn algorithm(&self) -> Result<Option<Algorithm>, Unusable> {
        let alg = self.alg.as_deref().map(Algorithm::named).transpose();
        alg.map_err(|refusal| match refusal {
            crate::Refusal::TokenEs512 => Unusable::Es512,
            _ => Unusable::Unsupported,
        })
    }

    /// For a curve with which there is only one thing to do.
    fn must_be(&self, only: Algorithm) -> Result<(), Unusable> {
        match self.algorithm()? {
            Some(other) if other != only => Err(Unusable::Unsupported),
            _ => Ok(()),
        }
    }

    /// RFC 8037, section 2.
    fn ed25519(&self) -> Result<Key, Unusable> {
        self.must_be(Algorithm::EdDsa)?;
        let point = coordinate(self.x.as_deref())?;
        Key::ed25519(&point).ok_or(Unusable::Unsound)
    }

    /// RFC 7518, section 6.2.
    fn p256(&self) -> Result<Key, Unusable> {
        self.must_be(Algorithm::Es256)?;
        let (x, y) = (self.x.as_deref(), self.y.as_deref());
        Ok(Key::p256(&coordinate(x)?, &coordinate(y)?))
    }

    /// RFC 7518, section 3.3: 2048 bits at least; above 8192 a check costs too much. The
    /// exponent is the one that everybody has. An RSA key must say its algorithm, because
    /// nothing else tells RS256 and PS256 apart.
    fn rsa(&self) -> Result<Key, Unusable> {
        let algorithm = match self.algorithm()? {
            Some(algorithm @ (Algorithm::Rs256 | Algorithm::Ps256)) => algorithm,
            Some(_) => return Err(Unusable::Unsupported),
            None => return Err(Unusable::NoAlgorithm),
        };
        let number = |text: Option<&str>| text.and_then(base64url::decode).unwrap_or_default();
        let (modulus, exponent) = (number(self.n.as_deref()), number(self.e.as_deref()));
        let [highest, .., lowest] = modulus[..] else {
            return Err(Unusable::Unsound);
        };
        // With the highest bit set, so many bytes are exactly eight times as many bits.
        let is_sized = (256..=1024).contains(&modulus.len()) && highest >= 0x80;
        if !is_sized || lowest.is_multiple_of(2) || exponent != [1, 0, 1] {
            return Err(Unusable::Unsound);
        }
        Ok(Key::rsa(algorithm, &modulus, &exponent))
    }
}

fn coordinate(text: Option<&str>) -> Result<[u8; 32], Unusable> {
    text.and_then(base64url::decode)
        .and_then(|bytes| bytes.try_into().ok())
        .ok_or(Unusable::Unsound)
}
