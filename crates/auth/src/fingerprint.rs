//! Names for what must be recognised and not be read.

use hmac::{Hmac, Mac};
use sha2::Sha256;

use crate::seal::hex;

/// The same text gives the same 32 digits under the same secret, and nobody without the secret
/// can tell what text it was. No cookie and no token is signed with a text that begins like this.
pub fn fingerprint(secret: &str, text: &str) -> String {
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(secret.as_bytes()) else {
        return String::new();
    };
    mac.update(b"latchwork fingerprint\n");
    mac.update(text.as_bytes());
    hex(&mac.finalize().into_bytes()[..16])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fingerprint_depends_on_text_and_secret() {
        let one = fingerprint("secret", "ann@example.com");

        assert_eq!(one, fingerprint("secret", "ann@example.com"));
        assert_ne!(one, fingerprint("secret", "bob@example.com"));
        assert_ne!(one, fingerprint("another", "ann@example.com"));
        assert_eq!(one.len(), 32);
    }
}
