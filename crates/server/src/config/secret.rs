//! Whether a secret can be guessed.

use super::{Environment, Fault};

/// Texts that stand in examples and documentations, and so in the lists of attackers.
const KNOWN: [&str; 9] = [
    "better-auth-secret",
    "change-me",
    "changeme",
    "your-secret",
    "default-secret",
    "supersecret",
    "super-secret",
    "secret-key",
    "your-256-bit",
];

/// RFC 7518, section 3.2: a key for HS256 is at least as long as what it makes.
const SHORTEST: usize = 32;

/// Bits that somebody who tries out secrets has to be wrong about.
/// 16 random bytes as hexadecimal digits have about 117 by the measure below.
const LEAST_ENTROPY: f64 = 96.0;

pub(super) fn own(variable: Environment<'_>) -> Result<String, Fault> {
    const NAME: &str = "BETTER_AUTH_SECRET";
    let secret = variable(NAME)
        .ok_or_else(|| Fault::new(NAME, "is not set; make one with `openssl rand -base64 32`"))?;
    check(&secret).map_err(|problem| Fault::new(NAME, problem))?;
    Ok(secret)
}

/// What is wrong with a secret, if anything is.
pub(super) fn check(secret: &str) -> Result<(), &'static str> {
    if secret.len() < SHORTEST {
        return Err("is shorter than 32 characters");
    }
    let lower = secret.to_lowercase();
    if KNOWN.iter().any(|known| lower.contains(known)) {
        return Err("is a text from an example; make one of your own");
    }
    if is_repetition(secret) || is_sequence(secret) || entropy(secret) < LEAST_ENTROPY {
        return Err("is too easy to guess; make a random one");
    }
    Ok(())
}

/// `abcabcabc`: only the first of them counts.
fn is_repetition(secret: &str) -> bool {
    let bytes = secret.as_bytes();
    (1..=bytes.len() / 2).any(|period| bytes[period..] == bytes[..bytes.len() - period])
}

/// `aaabbb`, `abcdef`, `98765`: each letter follows from the one before.
fn is_sequence(secret: &str) -> bool {
    let steps = secret.as_bytes().windows(2);
    let small = steps.filter(|pair| pair[0].abs_diff(pair[1]) <= 1).count();
    small * 2 > secret.len()
}

/// Shannon's measure over the letters; too kind to texts of a language, fair to random ones.
fn entropy(secret: &str) -> f64 {
    let mut counts = [0_u32; 256];
    for byte in secret.bytes() {
        counts[usize::from(byte)] += 1;
    }
    let length = secret.len() as f64;
    let of_one = |count: &u32| {
        let share = f64::from(*count) / length;
        -f64::from(*count) * share.log2()
    };
    counts.iter().filter(|count| **count > 0).map(of_one).sum()
}
