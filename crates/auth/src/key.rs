//! One key, bound to one algorithm.

use ed25519_dalek::{Signature, VerifyingKey};
use jsonwebtoken::DecodingKey;

use crate::algorithm::Algorithm;
use crate::backend;

/// A key that may have signed, and how (RFC 8725, section 3.1).
pub(crate) struct Key {
    pub(crate) algorithm: Algorithm,
    material: Material,
}

enum Material {
    Ed25519(VerifyingKey),
    /// Of a kind that `jsonwebtoken` checks.
    Library(DecodingKey),
}

impl Key {
    /// `None` for what is no point, for a small-order one, under which everybody can sign, and
    /// for a second spelling of a point (RFC 8032, section 5.1.3, step 1).
    ///
    /// The length is a type here: the library would panic on a short key and cut a long one.
    pub(crate) fn ed25519(x: &[u8; 32]) -> Option<Self> {
        let point = VerifyingKey::from_bytes(x).ok()?;
        (is_reduced(x) && !point.is_weak()).then_some(Self {
            algorithm: Algorithm::EdDsa,
            material: Material::Ed25519(point),
        })
    }

    /// `x` and `y` in 32 bytes each (RFC 7518, section 6.2.1.2).
    pub(crate) fn p256(x: &[u8; 32], y: &[u8; 32]) -> Self {
        let point = [[4].as_slice(), x, y].concat();
        Self {
            algorithm: Algorithm::Es256,
            material: Material::Library(DecodingKey::from_ec_der(&point)),
        }
    }

    /// For RS256 or PS256, never for both.
    pub(crate) fn rsa(algorithm: Algorithm, modulus: &[u8], exponent: &[u8]) -> Self {
        Self {
            algorithm,
            material: Material::Library(DecodingKey::from_rsa_raw_components(modulus, exponent)),
        }
    }

    pub(crate) fn secret(secret: &[u8]) -> Self {
        Self {
            algorithm: Algorithm::Hs256,
            material: Material::Library(DecodingKey::from_secret(secret)),
        }
    }

    pub(crate) fn verifies(&self, signed: &[u8], signature: &[u8]) -> bool {
        match &self.material {
            // `jsonwebtoken` would take the point apart each time, and check by the laxer rule,
            // which lets a small-order R through. This one also demands S < L and the one
            // spelling of R (RFC 8032, section 5.1.7).
            Material::Ed25519(point) => Signature::from_slice(signature)
                .is_ok_and(|signature| point.verify_strict(signed, &signature).is_ok()),
            Material::Library(key) => {
                backend::verifies(self.algorithm.of_library(), key, signed, signature)
            }
        }
    }
}

/// Whether `y` is below the field's prime 2²⁵⁵ − 19; the top bit is the sign of `x`.
fn is_reduced(point: &[u8; 32]) -> bool {
    let [lowest, middle @ .., highest] = point;
    highest & 0x7f != 0x7f || *lowest < 0xed || middle.iter().any(|byte| *byte != 0xff)
}
