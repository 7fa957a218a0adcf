//! Texts that are no JWT, or are one only to a lenient reader.

use protocol::ErrorCode::{
    self, TokenEncrypted, TokenMalformed, TokenMissing, TokenNotAJwt, TokenTooLarge,
};
use testing::ORIGIN;

use super::{Attack, attack, base64url, claims, good, header, parts, signer};

pub(super) fn attacks() -> Vec<Attack> {
    let mut attacks = shapes();
    attacks.extend(encodings());
    attacks.extend(json());
    attacks
}

fn shapes() -> Vec<Attack> {
    let good = good();
    let [head, body, signature] = parts(&good);
    let opaque = auth::cookie::sign(&"t".repeat(32), "secret of somebody else, quite long");
    let flattened =
        format!(r#"{{"protected":"{head}","payload":"{body}","signature":"{signature}"}}"#);
    let shapes: Vec<(&str, String, ErrorCode)> = vec![
        ("nothing", String::new(), TokenMissing),
        ("a session token", "t".repeat(32), TokenNotAJwt),
        ("a cookie's value", opaque, TokenNotAJwt),
        ("a word", "undefined".to_owned(), TokenNotAJwt),
        ("a header alone", head.clone(), TokenNotAJwt),
        ("two parts", format!("{head}.{body}"), TokenNotAJwt),
        ("one dot", ".".to_owned(), TokenNotAJwt),
        ("two dots", "..".to_owned(), TokenMalformed),
        ("three dots", "...".to_owned(), TokenMalformed),
        ("a dot before", format!(".{good}"), TokenMalformed),
        ("a dot after", format!("{good}."), TokenMalformed),
        (
            "five parts",
            format!("{good}.{body}.{signature}"),
            TokenEncrypted,
        ),
        ("six parts", format!("{good}.{good}"), TokenMalformed),
        ("many dots", ".".repeat(4000), TokenMalformed),
        ("no header", format!(".{body}.{signature}"), TokenMalformed),
        (
            "parts swapped",
            format!("{body}.{head}.{signature}"),
            ErrorCode::TokenAlgorithm,
        ),
        ("flattened JSON", flattened, TokenNotAJwt),
        ("quoted", format!("\"{good}\""), TokenMalformed),
        ("a word before", format!("Bearer {good}"), TokenMalformed),
        ("two tokens", format!("{good},{good}"), TokenEncrypted),
        ("a parameter", format!("{good}; path=/"), TokenMalformed),
        ("too large", "a.".repeat(5000), TokenTooLarge),
        ("just too large", "a".repeat(8193), TokenTooLarge),
    ];
    shapes
        .into_iter()
        .map(|(name, token, code)| attack(name, token, code))
        .collect()
}

/// Two texts must never be one token: whoever keeps a list of refused ones relies on it.
fn encodings() -> Vec<Attack> {
    let parts = parts(&good());
    let mut attacks = Vec::new();
    for place in 0..3 {
        for change in [
            |part: &str| format!("{part}="),
            |part: &str| format!("{part}=="),
            |part: &str| format!("{part}%3D"),
            |part: &str| format!("{part}\t"),
            |part: &str| format!(" {part} "),
            |part: &str| format!("{part}!"),
            |part: &str| format!("{part}+"),
            |part: &str| format!("{part}/"),
            |part: &str| format!("{}~{}", &part[..2], &part[2..]),
            |part: &str| part[..part.len() - part.len() % 4 - 3].to_owned(),
        ] {
            let mut changed = parts.clone();
            changed[place] = change(&parts[place]);
            let token = changed.join(".");
            // A space before the token belongs to the header field, not to the token.
            if token.starts_with(' ') {
                continue;
            }
            attacks.push(attack(
                format!("encoding of {token}"),
                token,
                TokenMalformed,
            ));
        }
    }
    // The last letter of a signature has four bits that stand for nothing.
    let [head, body, signature] = parts;
    let (most, last) = signature.split_at(signature.len() - 1);
    let alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let place = alphabet.find(last).unwrap();
    for bits in 1..16 {
        let letter = &alphabet[place + bits..=place + bits];
        let token = format!("{head}.{body}.{most}{letter}");
        attacks.push(attack(format!("unused bits {bits}"), token, TokenMalformed));
    }
    attacks
}

/// JSON that parsers read differently (RFC 8725, section 2.6; RFC 7493).
fn json() -> Vec<Attack> {
    let (head, body) = (header().to_string(), claims().to_string());
    let inside = |text: &str| text[1..text.len() - 1].to_owned();
    let mut attacks = Vec::new();
    let changes: Vec<(&str, Vec<u8>)> = vec![
        ("empty", Vec::new()),
        ("null", b"null".to_vec()),
        ("a text", b"\"ann\"".to_vec()),
        ("a number", b"7".to_vec()),
        ("a list", b"[]".to_vec()),
        ("a lone surrogate", br#"{"sub":"\ud800"}"#.to_vec()),
        ("NaN", br#"{"exp":NaN}"#.to_vec()),
        (
            "deep",
            [b"{\"a\":".repeat(300), b"1".to_vec(), b"}".repeat(300)].concat(),
        ),
    ];
    let no_text = raw(b"{\"alg\":\"\xff\"}", body.as_bytes());
    attacks.push(attack("header: not UTF-8", no_text, TokenMalformed));
    for (name, bytes) in changes {
        let token = raw(head.as_bytes(), &bytes);
        attacks.push(attack(format!("claims: {name}"), token, TokenMalformed));
        let token = raw(&bytes, body.as_bytes());
        attacks.push(attack(format!("header: {name}"), token, TokenMalformed));
    }
    for (name, text) in [("header", &head), ("claims", &body)] {
        let inner = inside(text);
        for (how, changed) in [
            ("cut", text[..text.len() - 1].to_owned()),
            ("a comma at the end", format!("{{{inner},}}")),
            ("a comment", format!("{{/**/{inner}}}")),
            ("single quotes", text.replace('"', "'")),
            ("something after it", format!("{text}{text}")),
            ("a mark before it", format!("\u{feff}{text}")),
            ("a control character", text.replace("\":\"", "\":\"\n")),
        ] {
            let bytes = changed.as_bytes();
            let token = match name {
                "header" => raw(bytes, body.as_bytes()),
                _ => raw(head.as_bytes(), bytes),
            };
            attacks.push(attack(format!("{name}: {how}"), token, TokenMalformed));
        }
    }
    attacks.extend(repetitions(&inside(&head), &inside(&body)));
    attacks
}

/// The first or the last? Each parser has its own answer, so there may be only one.
fn repetitions(head: &str, body: &str) -> Vec<Attack> {
    let headers = [
        r#""alg":"EdDSA""#,
        r#""alg":"none""#,
        r#""kid":"other""#,
        r#""\u0061lg":"none""#,
        r#""\u006bid":"pinned""#,
    ];
    let claims = [
        r#""sub":"bob""#.to_owned(),
        r#""sub":"ann""#.to_owned(),
        r#""s\u0075b":"bob""#.to_owned(),
        r#""exp":9999999999"#.to_owned(),
        r#""\u0065xp":9999999999"#.to_owned(),
        r#""sid":"s2""#.to_owned(),
        format!(r#""iss":"{ORIGIN}""#),
        format!(r#""aud":"{ORIGIN}""#),
    ];
    let mut attacks = Vec::new();
    for member in headers {
        let token = signer().sign(&format!("{{{head},{member}}}"), &format!("{{{body}}}"));
        attacks.push(attack(format!("again {member}"), token, TokenMalformed));
    }
    for member in &claims {
        for text in [
            format!("{{{body},{member}}}"),
            format!("{{{member},{body}}}"),
        ] {
            let token = signer().sign(&format!("{{{head}}}"), &text);
            attacks.push(attack(format!("again {text}"), token, TokenMalformed));
        }
    }
    attacks
}

/// A token of bytes. Those that are no text cannot be signed, so the signature is another one's.
fn raw(head: &[u8], body: &[u8]) -> String {
    match (std::str::from_utf8(head), std::str::from_utf8(body)) {
        (Ok(head), Ok(body)) => signer().sign(head, body),
        _ => {
            let [_, _, signature] = parts(&good());
            let (head, body) = (base64url::encode(head), base64url::encode(body));
            format!("{head}.{body}.{signature}")
        }
    }
}
