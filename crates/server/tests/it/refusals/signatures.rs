//! Signatures that are not the one that was made.

use auth::Signer;
use protocol::ErrorCode::TokenSignature;
use serde_json::json;

use super::{Attack, KID, attack, base64url, claims, good, header, parts, with};

/// The order of Ed25519's group, little-endian (RFC 8032, section 5.1).
const ORDER: [u8; 32] = [
    0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58, 0xd6, 0x9c, 0xf7, 0xa2, 0xde, 0xf9, 0xde, 0x14,
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x10,
];

pub(super) fn attacks() -> Vec<Attack> {
    let token = good();
    let [head, body, signature] = parts(&token);
    let bytes = base64url::decode(&signature).unwrap();
    let mut attacks = Vec::new();
    let mut signed_by = |name: &str, bytes: &[u8]| {
        let token = format!("{head}.{body}.{}", base64url::encode(bytes));
        attacks.push(attack(name, token, TokenSignature));
    };
    for place in 0..bytes.len() {
        let mut flipped = bytes.clone();
        flipped[place] ^= 1 << (place % 8);
        signed_by(&format!("bit {place} flipped"), &flipped);
    }
    for length in [0, 1, 31, 32, 33, 63] {
        signed_by(&format!("{length} bytes"), &bytes[..length]);
    }
    signed_by("a byte too many", &[&bytes[..], &[0]].concat());
    signed_by("twice", &[&bytes[..], &bytes[..]].concat());
    signed_by("zeros", &[0; 64]);
    signed_by("ones", &[0xff; 64]);
    signed_by("halves swapped", &[&bytes[32..], &bytes[..32]].concat());
    signed_by(
        "malleable",
        &[&bytes[..32], &plus_order(&bytes[32..])].concat(),
    );
    // A point of small order, which signs everything where nobody looks (Wycheproof).
    let mut identity = [0; 64];
    identity[0] = 1;
    signed_by("identity", &identity);
    attacks.extend(others(&head, &body));
    attacks
}

/// The same signature to whoever does not compare S with the order of the group.
fn plus_order(s: &[u8]) -> Vec<u8> {
    let mut carry = 0;
    let sums = s.iter().zip(ORDER).map(|(s, order)| {
        carry += u16::from(*s) + u16::from(order);
        let [low, high] = carry.to_le_bytes();
        carry = u16::from(high);
        low
    });
    sums.collect()
}

fn others(head: &str, body: &str) -> Vec<Attack> {
    let mut attacks = Vec::new();
    for seed in 0..8 {
        let other = Signer::from_seed(KID, &[seed; 32]);
        let token = other.sign(&header().to_string(), &claims().to_string());
        attacks.push(attack(
            format!("another key, {seed}"),
            token,
            TokenSignature,
        ));
    }
    // A signature of ours over something else.
    for claim in ["sub", "sid", "exp", "iss", "aud", "admin"] {
        let other = with(&claims(), claim, json!("bob"));
        let [_, _, signature] = parts(&good());
        let body = base64url::encode(other.to_string());
        let token = format!("{head}.{body}.{signature}");
        attacks.push(attack(format!("{claim} exchanged"), token, TokenSignature));
    }
    let [_, _, signature] = parts(&good());
    let spaced = base64url::encode(format!("{} ", header()));
    let token = format!("{spaced}.{body}.{signature}");
    attacks.push(attack("header exchanged", token, TokenSignature));
    attacks
}
