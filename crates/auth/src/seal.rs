//! Encryption under the deployment's secret, in Better Auth's form: XChaCha20-Poly1305 with
//! SHA-256 of the secret as key; nonce, ciphertext and tag written as hexadecimal digits.

use chacha20poly1305::aead::Aead;
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
}
