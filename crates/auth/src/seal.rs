//! Encryption under the deployment's secret, in Better Auth's form: XChaCha20-Poly1305 with
//! SHA-256 of the secret as key; nonce, ciphertext and tag written as hexadecimal digits.

use chacha20poly1305::aead::{Aead, Payload};
use chacha20poly1305::{KeyInit, XChaCha20Poly1305, XNonce};
use hmac::{Hmac, Mac};
use sha2::{Digest, Sha256};

fn cipher(secret: &str) -> XChaCha20Poly1305 {
    XChaCha20Poly1305::new(&Sha256::digest(secret.as_bytes()))
}

/// `nonce` must be fresh chance for every call.
pub fn seal(text: &str, secret: &str, nonce: [u8; 24]) -> String {
    let sealed = cipher(secret)
        .encrypt(XNonce::from_slice(&nonce), text.as_bytes())
        // It fails only for texts of more than 256 GiB.
        .unwrap_or_default();
    hex(&nonce) + &hex(&sealed)
}

/// The text, if it was sealed under this secret and nobody changed it.
pub fn open(sealed: &str, secret: &str) -> Option<String> {
    let bytes = unhex(sealed)?;
    let (nonce, sealed) = bytes.split_at_checked(24)?;
    let text = cipher(secret)
        .decrypt(XNonce::from_slice(nonce), sealed)
        .ok()?;
    String::from_utf8(text).ok()
}

/// The `privateKey` column of Better Auth's `jwks` table: a JSON string of the sealed text.
pub(crate) fn seal_column(text: &str, secret: &str, nonce: [u8; 24]) -> String {
    format!("\"{}\"", seal(text, secret, nonce))
}

pub(crate) fn open_column(column: &str, secret: &str) -> Option<String> {
    let sealed: String = serde_json::from_str(column).ok()?;
    open(&sealed, secret)
}

/// A secret for one purpose, from which neither the deployment's nor that of another purpose can
/// be worked out (HMAC-SHA256 as a key derivation, NIST SP 800-108).
pub fn derived(secret: &str, purpose: &str) -> String {
    let mac = <Hmac<Sha256> as Mac>::new_from_slice(secret.as_bytes());
    mac.map(|mac| hex(&mac.chain_update(purpose).finalize().into_bytes()))
        .unwrap_or_default()
}

/// Keeps what people entrust to us, under a key for this purpose alone. What was sealed opens only
/// together with what it was bound to: a row that was moved or changed stays shut.
#[derive(Clone)]
pub struct Vault {
    cipher: XChaCha20Poly1305,
}

impl Vault {
    pub fn new(secret: &str, purpose: &str) -> Self {
        let key = hkdf(secret.as_bytes(), purpose.as_bytes());
        Self {
            cipher: XChaCha20Poly1305::new(&key.into()),
        }
    }

    /// `nonce` must be fresh chance for every call.
    pub fn seal(&self, text: &str, bound: &str, nonce: [u8; 24]) -> Vec<u8> {
        let payload = Payload {
            msg: text.as_bytes(),
            aad: bound.as_bytes(),
        };
        let sealed = self.cipher.encrypt(XNonce::from_slice(&nonce), payload);
        // It fails only for texts of more than 256 GiB.
        [nonce.as_slice(), &sealed.unwrap_or_default()].concat()
    }

    pub fn open(&self, sealed: &[u8], bound: &str) -> Option<String> {
        let (nonce, sealed) = sealed.split_at_checked(24)?;
        let payload = Payload {
            msg: sealed,
            aad: bound.as_bytes(),
        };
        let text = self.cipher.decrypt(XNonce::from_slice(nonce), payload);
        String::from_utf8(text.ok()?).ok()
    }
}

/// One block of HKDF-SHA256 without a salt (RFC 5869).
fn hkdf(secret: &[u8], purpose: &[u8]) -> [u8; 32] {
    let mac = |key: &[u8], text: &[&[u8]]| -> [u8; 32] {
        let mac = <Hmac<Sha256> as Mac>::new_from_slice(key);
        // A key of HMAC may have any length.
        mac.map_or([0; 32], |mac| {
            let mac = text.iter().fold(mac, |mac, text| mac.chain_update(text));
            mac.finalize().into_bytes().into()
        })
    };
    let extracted = mac(&[0; 32], &[secret]);
    mac(&extracted, &[purpose, &[1]])
}

pub fn hex(bytes: &[u8]) -> String {
    let digit = |half: u8| char::from_digit(half.into(), 16).unwrap_or('0');
    bytes
        .iter()
        .flat_map(|byte| [digit(byte >> 4), digit(byte & 15)])
        .collect()
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    let digit = |byte: u8| char::from(byte).to_digit(16);
    if !text.len().is_multiple_of(2) {
        return None;
    }
    text.as_bytes()
        .chunks(2)
        .map(|pair| u8::try_from(digit(pair[0])? << 4 | digit(pair[1])?).ok())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn opens_what_it_sealed_and_nothing_else() {
        let sealed = seal("a key", "secret", [1; 24]);

        assert_eq!(open(&sealed, "secret").as_deref(), Some("a key"));
        assert_eq!(open(&sealed, "another"), None);
        assert_eq!(open(&sealed.replace('a', "b"), "secret"), None);
        assert_eq!(open("", "secret"), None);
        assert_eq!(open("zz", "secret"), None);
    }

    /// RFC 5869, appendix A.3.
    #[test]
    fn keys_are_derived_as_the_standard_says() {
        let key = hkdf(&[0x0b; 22], b"");

        assert_eq!(
            hex(&key),
            "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d"
        );
    }

    /// FR-146.
    #[test]
    fn a_vault_opens_for_its_purpose_and_its_owner_only() {
        let vault = Vault::new("secret", "model keys");
        let sealed = vault.seal("sk-1", "ann", [7; 24]);

        assert_eq!(vault.open(&sealed, "ann").as_deref(), Some("sk-1"));
        assert_eq!(vault.open(&sealed, "bob"), None);
        assert_eq!(Vault::new("secret", "else").open(&sealed, "ann"), None);
        assert_eq!(Vault::new("other", "model keys").open(&sealed, "ann"), None);
        for at in 0..sealed.len() {
            let mut changed = sealed.clone();
            changed[at] ^= 1;
            assert_eq!(vault.open(&changed, "ann"), None, "{at}");
        }
        assert_eq!(vault.open(&sealed[..20], "ann"), None);
    }
}
