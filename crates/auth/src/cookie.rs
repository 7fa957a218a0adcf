//! The signed session cookie: `token.signature`, percent-encoded, as Better Auth writes it.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, Mac};
use sha2::Sha256;

fn mac(secret: &str, value: &str) -> Option<Hmac<Sha256>> {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).ok()?;
    mac.update(value.as_bytes());
    Some(mac)
}

/// `value.signature` with HMAC-SHA256 in standard base64; what the `set-auth-token` header shows.
pub fn sign(value: &str, secret: &str) -> String {
    let signature = mac(secret, value).map(|mac| STANDARD.encode(mac.finalize().into_bytes()));
    format!("{value}.{}", signature.unwrap_or_default())
}

/// The value, if the signature is ours. Compared in constant time.
pub fn verify<'a>(signed: &'a str, secret: &str) -> Option<&'a str> {
    let (value, signature) = signed.rsplit_once('.')?;
    let signature = STANDARD.decode(signature).ok()?;
    mac(secret, value)?.verify_slice(&signature).ok()?;
    Some(value)
}

/// What stands in the `Set-Cookie` line: only `+`, `/` and `=` of a signed token need escaping.
pub fn encode(signed: &str) -> String {
    signed
        .replace('%', "%25")
        .replace('+', "%2B")
        .replace('/', "%2F")
        .replace('=', "%3D")
}

/// The inverse, for any percent-encoding; `None` if it is broken or not UTF-8.
pub fn decode(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte != b'%' {
            bytes.push(byte);
            continue;
        }
        let mut digit = || char::from(rest.next()?).to_digit(16);
        let value = digit()? << 4 | digit()?;
        bytes.push(u8::try_from(value).ok()?);
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_our_signature_opens_a_cookie() {
        let signed = sign("token", "secret");

        assert_eq!(verify(&signed, "secret"), Some("token"));
        assert_eq!(verify(&signed, "other"), None);
        assert_eq!(verify("token", "secret"), None);
        assert_eq!(verify("token.", "secret"), None);
        assert_eq!(verify(&signed.replace("token", "tokem"), "secret"), None);
        assert_eq!(decode(&encode(&signed)).as_deref(), Some(signed.as_str()));
    }

    #[test]
    fn broken_percent_encoding_is_refused() {
        for text in ["%", "%4", "%zz", "%ff", "a%"] {
            assert_eq!(decode(text), None, "{text}");
        }
    }
}
