//! What a token claims, in every wrong type and at every wrong time.

use protocol::ErrorCode::{
    self, TokenAudience, TokenClaimConflict, TokenClaims, TokenExpired, TokenIssuer, TokenKind,
    TokenLifetime, TokenNoSubject, TokenNotYetValid,
};
use serde_json::{Value, json};
use testing::{NOW, ORIGIN};

use super::{Attack, attack, claims, header, signed, with};

pub(super) fn attacks() -> Vec<Attack> {
    let mut attacks = times();
    attacks.extend(addresses());
    attacks.extend(subjects());
    attacks.extend(sessions());
    attacks.extend(kinds());
    attacks.extend(absences());
    attacks
}

fn claimed(claims: &Value, code: ErrorCode) -> Attack {
    attack(claims.to_string(), signed(&header(), claims), code)
}

fn one(name: &str, value: Value, code: ErrorCode) -> Attack {
    claimed(&with(&claims(), name, value), code)
}

/// Values that are no moment, whatever the claim.
fn no_moments() -> Vec<Value> {
    let now = NOW.seconds();
    vec![
        json!(null),
        json!(true),
        json!(""),
        json!("never"),
        json!(now.to_string()),
        json!(-1),
        json!(1.5),
        json!(1e300),
        json!(i64::MAX),
        json!(u64::MAX),
        json!(253_402_300_800_i64),
        json!([now]),
        json!({"$date": now}),
    ]
}

fn times() -> Vec<Attack> {
    let now = NOW.seconds();
    let mut attacks = Vec::new();
    for name in ["exp", "iat", "nbf"] {
        for value in no_moments() {
            attacks.push(one(name, value, TokenClaims));
        }
    }
    let spans = [
        // Five seconds of leeway, and not one more.
        (-905, -5, TokenExpired),
        (-906, -6, TokenExpired),
        (-3600, -1800, TokenExpired),
        (-86_400 * 365, -86_400 * 365 + 900, TokenExpired),
        (6, 906, TokenNotYetValid),
        (3600, 4500, TokenNotYetValid),
        (0, 3601, TokenLifetime),
        (0, 86_400 * 3650, TokenLifetime),
        (-86_400, 900, TokenLifetime),
        (0, 0, TokenClaims),
        (900, 0, TokenClaims),
    ];
    for (issued, expires, code) in spans {
        let claims = with(&claims(), "iat", json!(now + issued));
        attacks.push(claimed(&with(&claims, "exp", json!(now + expires)), code));
    }
    for later in [6, 60, 899, 86_400] {
        attacks.push(one("nbf", json!(now + later), TokenNotYetValid));
    }
    attacks
}

/// Look-alikes of our own address, which stands in both claims.
fn addresses() -> Vec<Attack> {
    let host = ORIGIN.split("://").nth(1).unwrap();
    let alike = [
        format!("{ORIGIN}/"),
        format!("{ORIGIN}."),
        format!("{ORIGIN}:443"),
        format!("{ORIGIN}#"),
        format!("{ORIGIN}?"),
        format!(" {ORIGIN}"),
        format!("{ORIGIN} "),
        format!("{ORIGIN}\u{0}"),
        format!("{ORIGIN}.evil.example"),
        format!("https://evil.example/{ORIGIN}"),
        format!("https://{host}@evil.example"),
        format!("ftp://{host}"),
        host.to_owned(),
        ORIGIN.to_uppercase(),
        "https://evil.example".to_owned(),
        String::new(),
        "*".to_owned(),
        "null".to_owned(),
    ];
    let others = [
        json!(null),
        json!(1),
        json!(true),
        json!({ORIGIN: true}),
        json!([[ORIGIN]]),
    ];
    let mut attacks = Vec::new();
    for (name, code) in [("iss", TokenIssuer), ("aud", TokenAudience)] {
        for value in alike.iter().map(|text| json!(text)).chain(others.clone()) {
            attacks.push(one(name, value, code));
        }
    }
    attacks.push(one("iss", json!([ORIGIN]), TokenIssuer));
    let lists = [
        json!([]),
        json!([ORIGIN, "https://evil.example"]),
        json!(["https://evil.example", ORIGIN]),
        json!([ORIGIN, null]),
        json!([ORIGIN, 1]),
    ];
    attacks.extend(lists.map(|list| one("aud", list, TokenAudience)));
    attacks
}

fn subjects() -> Vec<Attack> {
    let long = "a".repeat(256);
    let nobody = [
        json!(null),
        json!(""),
        json!(" "),
        json!("undefined"),
        json!("null"),
        json!("NULL"),
        json!("NaN"),
        json!("none"),
        json!("nil"),
        json!("0"),
        json!("-1"),
        json!(0),
        json!(-1),
        json!(1.5),
        json!(9_007_199_254_740_992_i64),
        json!(true),
        json!(["ann"]),
        json!({"id": "ann"}),
        json!("ann\u{0}"),
        json!("ann\n"),
        json!("ann bob"),
        json!("a'b"),
        json!("../ann"),
        json!("änn"),
        json!("ann\u{202e}"),
        json!("<ann>"),
        json!(long),
    ];
    let mut attacks: Vec<Attack> = nobody
        .iter()
        .map(|value| one("sub", value.clone(), TokenNoSubject))
        .collect();
    // Beside a good name, a bad one is no better.
    for name in ["user_id", "userId", "id"] {
        for value in [
            json!(null),
            json!(""),
            json!("undefined"),
            json!(0),
            json!(["ann"]),
        ] {
            attacks.push(one(name, value, TokenNoSubject));
        }
        for value in [json!("bob"), json!("Ann"), json!("ann."), json!(1)] {
            attacks.push(one(name, value, TokenClaimConflict));
        }
    }
    let without = with(&claims(), "sub", json!(7));
    for other in [json!("8"), json!("07"), json!("7.0"), json!(8)] {
        attacks.push(claimed(
            &with(&without, "user_id", other),
            TokenClaimConflict,
        ));
    }
    attacks
}

fn sessions() -> Vec<Attack> {
    let values = [
        json!(null),
        json!(7),
        json!(""),
        json!("a b"),
        json!(["s1"]),
        json!({}),
        json!(true),
        json!("undefined"),
        json!("s1\u{0}"),
        json!("s".repeat(256)),
    ];
    values.map(|value| one("sid", value, TokenClaims)).into()
}

/// What the same key signs besides access tokens.
fn kinds() -> Vec<Attack> {
    let marks = [
        ("updateTo", json!("new@example.com")),
        ("requestType", json!("change-email-verification")),
        ("session", json!({"session": {"id": "s1"}})),
        ("nonce", json!("n")),
        ("at_hash", json!("h")),
        ("c_hash", json!("h")),
        ("s_hash", json!("h")),
        ("events", json!({})),
        ("cnf", json!({"jkt": "k"})),
        ("htm", json!("GET")),
        ("htu", json!(ORIGIN)),
        ("token_use", json!("id")),
        ("token_use", json!(null)),
        ("typ", json!("Refresh")),
        ("typ", json!("ID")),
        ("typ", json!("Offline")),
    ];
    marks
        .into_iter()
        .map(|(name, value)| one(name, value, TokenKind))
        .collect()
}

fn absences() -> Vec<Attack> {
    let absent = [
        ("exp", TokenClaims),
        ("iat", TokenClaims),
        ("iss", TokenIssuer),
        ("aud", TokenAudience),
        ("sub", TokenNoSubject),
    ];
    let mut attacks: Vec<Attack> = absent
        .into_iter()
        .map(|(name, code)| {
            let mut claims = claims();
            claims.as_object_mut().unwrap().remove(name);
            claimed(&claims, code)
        })
        .collect();
    attacks.push(claimed(&json!({}), TokenClaims));
    attacks
}
