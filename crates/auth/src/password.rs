//! Password hashes in Better Auth's format: `salt:key` in hexadecimal digits, scrypt with
//! N = 16384, r = 16, p = 1 over the NFKC form of the password. One takes 32 MiB and about
//! 0.15 s, so callers run them off the async threads, few at a time.

use scrypt::Params;
use unicode_normalization::UnicodeNormalization;

use crate::seal::hex;

/// UTF-16 code units, as Better Auth counts them.
pub const SHORTEST: usize = 8;
pub const LONGEST: usize = 128;

pub fn length(password: &str) -> usize {
    password.encode_utf16().count()
}

pub fn hash(password: &str, salt: [u8; 16]) -> String {
    let salt = hex(&salt);
    let key = derive(password, &salt).unwrap_or_default();
    format!("{salt}:{key}")
}

/// Whether the password fits the hash. Without a hash the same work is done and the answer is
/// no, so that the time taken does not tell whether an address is known.
pub fn verify(password: &str, hash: Option<&str>) -> bool {
    let nobody = format!("{}:{}", "0".repeat(32), "0".repeat(128));
    let (salt, key) = hash
        .and_then(|hash| hash.split_once(':'))
        .unwrap_or_else(|| nobody.split_at(32));
    let derived = derive(password, salt);
    hash.is_some() && derived.is_some_and(|derived| same(&derived, key))
}

/// The salt goes in as the text of its digits, not as the bytes they stand for.
fn derive(password: &str, salt: &str) -> Option<String> {
    let password: String = password.nfkc().collect();
    let params = Params::new(14, 16, 1, 64).ok()?;
    let mut key = [0; 64];
    scrypt::scrypt(password.as_bytes(), salt.as_bytes(), &params, &mut key).ok()?;
    Some(hex(&key))
}

/// Equality whose time does not depend on where the first difference is.
fn same(a: &str, b: &str) -> bool {
    a.len() == b.len()
        && a.bytes()
            .zip(b.bytes())
            .fold(0, |differences, (a, b)| differences | (a ^ b))
            == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_right_password_fits_its_hash_and_no_other() {
        let hash = hash("correct horse", [3; 16]);

        assert!(verify("correct horse", Some(&hash)));
        assert!(!verify("correct horsf", Some(&hash)));
        assert!(!verify("correct horse", None));
        assert!(!verify("correct horse", Some("nonsense")));
        assert!(!verify("", Some("")));
    }

    #[test]
    fn compatible_characters_are_the_same_password() {
        let hash = hash("ﬁne-Å", [3; 16]);

        assert!(verify("fine-Å", Some(&hash)));
    }
}
