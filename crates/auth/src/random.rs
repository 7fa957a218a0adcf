//! Chance, taken from the caller.

/// Fills a buffer with unpredictable bytes.
pub type Fill<'a> = &'a mut dyn FnMut(&mut [u8]);

pub fn bytes<const N: usize>(fill: Fill<'_>) -> [u8; N] {
    let mut bytes = [0; N];
    fill(&mut bytes);
    bytes
}

/// `length` characters of `[A-Za-z0-9]`, each equally likely: the form of Better Auth's ids and
/// session tokens. 32 of them hold 190 bits.
pub fn alphanumeric(length: usize, fill: Fill<'_>) -> String {
    const ALPHABET: &[u8; 62] = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    let mut text = String::with_capacity(length);
    while text.len() < length {
        for byte in bytes::<64>(fill) {
            // Four of 256 values are dropped: with them, some letters would come up more often.
            if byte < 248 && text.len() < length {
                text.push(char::from(ALPHABET[usize::from(byte % 62)]));
            }
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_letter_is_equally_likely() {
        let mut next = 0_u8;
        let text = alphanumeric(248, &mut |buffer| {
            for byte in buffer {
                *byte = next;
                next = next.wrapping_add(1);
            }
        });

        for letter in "azAZ09".chars() {
            assert_eq!(text.matches(letter).count(), 4, "{letter}");
        }
    }
}
