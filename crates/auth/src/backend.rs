//! The cryptography behind `jsonwebtoken`, for everything but Ed25519.
//!
//! Its own `rust_crypto` backend takes five to eight times as long as ring, which is in the
//! functions anyway for TLS, and brings the `rsa` crate with an advisory that has no fix
//! (RUSTSEC-2023-0071). The provider is handed over at each call and never installed: the
//! process-wide one could be set by any crate.

use jsonwebtoken::crypto::{CryptoProvider, JwtSigner, JwtVerifier, KeyUtils};
use jsonwebtoken::errors::{Error, ErrorKind};
use jsonwebtoken::signature::{self, Verifier};
use jsonwebtoken::{Algorithm, DecodingKey, DecodingKeyKind, EncodingKey};
use ring::hmac;
use ring::signature::{
    ECDSA_P256_SHA256_FIXED, RSA_PKCS1_2048_8192_SHA256, RSA_PSS_2048_8192_SHA256, RsaParameters,
    RsaPublicKeyComponents, UnparsedPublicKey,
};

static RING: CryptoProvider = CryptoProvider {
    signer_factory: no_signer,
    verifier_factory: verifier,
    key_utils: KeyUtils::new_unimplemented(),
};

/// Whether this key made this signature; no for every fault of key or signature.
pub(crate) fn verifies(
    algorithm: Algorithm,
    key: &DecodingKey,
    signed: &[u8],
    signature: &[u8],
) -> bool {
    let verifier = (RING.verifier_factory)(&algorithm, key);
    verifier.is_ok_and(|verifier| verifier.verify(signed, &signature.to_vec()).is_ok())
}

fn verifier(algorithm: &Algorithm, key: &DecodingKey) -> Result<Box<dyn JwtVerifier>, Error> {
    if !algorithm_fits(*algorithm, key) {
        return Err(ErrorKind::InvalidAlgorithm.into());
    }
    Ok(Box::new(Ring {
        algorithm: *algorithm,
        key: key.clone(),
    }))
}

fn algorithm_fits(algorithm: Algorithm, key: &DecodingKey) -> bool {
    key.family().algorithms().contains(&algorithm)
}

/// Tokens are signed elsewhere: [`Signer`](crate::Signer) knows Ed25519 only.
fn no_signer(_: &Algorithm, _: &EncodingKey) -> Result<Box<dyn JwtSigner>, Error> {
    Err(ErrorKind::InvalidAlgorithm.into())
}

struct Ring {
    algorithm: Algorithm,
    key: DecodingKey,
}

impl JwtVerifier for Ring {
    fn algorithm(&self) -> Algorithm {
        self.algorithm
    }
}

impl Verifier<Vec<u8>> for Ring {
    fn verify(&self, signed: &[u8], signature: &Vec<u8>) -> Result<(), signature::Error> {
        let genuine = match (self.algorithm, self.key.kind()) {
            (Algorithm::ES256, DecodingKeyKind::SecretOrDer(point)) => {
                // Looks, too, whether the point is on the curve.
                UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, point).verify(signed, signature)
            }
            (Algorithm::RS256, DecodingKeyKind::RsaModulusExponent { n, e }) => {
                rsa(&RSA_PKCS1_2048_8192_SHA256, n, e, signed, signature)
            }
            (Algorithm::PS256, DecodingKeyKind::RsaModulusExponent { n, e }) => {
                rsa(&RSA_PSS_2048_8192_SHA256, n, e, signed, signature)
            }
            (Algorithm::HS256, DecodingKeyKind::SecretOrDer(secret)) => {
                let key = hmac::Key::new(hmac::HMAC_SHA256, secret);
                hmac::verify(&key, signed, signature)
            }
            _ => return Err(signature::Error::new()),
        };
        genuine.map_err(|_| signature::Error::new())
    }
}

fn rsa(
    padding: &RsaParameters,
    n: &[u8],
    e: &[u8],
    signed: &[u8],
    signature: &[u8],
) -> Result<(), ring::error::Unspecified> {
    RsaPublicKeyComponents { n, e }.verify(padding, signed, signature)
}
