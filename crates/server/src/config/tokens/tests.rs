//! Which settings of tokens are taken, and what is said of the others.

use serde_json::json;

use super::*;

const OWN: &str = "tI9f3kQ0vB7mZx2LwR8sYc5HdN1pJ6aE";
const OTHER: &str = "Qe4uXo1yKj8bVg5rMz2nLw7tDh0sFa3c";
const ORIGIN: &str = "https://tasks.example.com";
const X: &str = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo";

type Given<'a> = &'a [(&'a str, &'a str)];

fn read(given: Given<'_>) -> Result<Tokens, Vec<Fault>> {
    let variable = |name: &str| {
        let own = ("BETTER_AUTH_SECRET", OWN);
        let mut all = given.iter().chain([&own]);
        all.find(|(known, _)| *known == name)
            .map(|(_, value)| (*value).to_owned())
    };
    let mut faults = Vec::new();
    tokens(&variable, Some(ORIGIN), &mut faults).ok_or(faults)
}

fn key(change: impl FnOnce(&mut serde_json::Value)) -> String {
    let mut key = json!({"kty": "OKP", "crv": "Ed25519", "x": X, "kid": "a"});
    change(&mut key);
    json!({ "keys": [key] }).to_string()
}

#[test]
fn nothing_said_means_our_own_tokens() {
    let tokens = read(&[]).unwrap();

    assert!(!tokens.are_foreign());
    assert_eq!(tokens.policy.issuers, [ORIGIN]);
    assert_eq!(tokens.policy.audiences, [ORIGIN]);
    assert_eq!(
        (tokens.policy.leeway, tokens.policy.longest_life),
        (5, 3600)
    );
    let KeySource::Public { pinned, further } = tokens.keys else {
        panic!("public keys");
    };
    assert!(pinned.is_empty());
    assert_eq!(further, Further::Table);
}

#[test]
fn our_own_keys_may_be_pinned() {
    let tokens = read(&[("AUTH_JWKS", &key(|_| {}))]).unwrap();

    assert!(!tokens.are_foreign());
    assert!(matches!(
        tokens.keys,
        KeySource::Public { pinned, further: Further::Table } if pinned.has("a")
    ));
}

#[test]
fn another_issuer_is_taken_letter_by_letter() {
    let tokens = read(&[
        ("AUTH_ISSUER", "https://t.auth0.com/, https://login.example"),
        (
            "AUTH_AUDIENCE",
            "https://api.example,https://t.auth0.com/userinfo",
        ),
        ("AUTH_AUTHORIZED_PARTIES", "client-1"),
        ("AUTH_JWKS_URL", "https://t.auth0.com/.well-known/jwks.json"),
        ("AUTH_LEEWAY_SECONDS", "30"),
        ("AUTH_LONGEST_LIFE_SECONDS", "7200"),
    ])
    .unwrap();

    assert!(tokens.are_foreign());
    let policy = tokens.policy;
    assert_eq!(
        policy.issuers,
        ["https://t.auth0.com/", "https://login.example"]
    );
    assert_eq!(
        policy.audiences,
        ["https://api.example", "https://t.auth0.com/userinfo"]
    );
    assert_eq!(policy.parties, ["client-1"]);
    assert_eq!((policy.leeway, policy.longest_life), (30, 7200));
    let url = "https://t.auth0.com/.well-known/jwks.json".to_owned();
    assert!(matches!(
        tokens.keys,
        KeySource::Public { further, .. } if further == Further::Remote(url)
    ));
}

#[test]
fn a_secret_is_the_only_way_or_none() {
    let issuer = [("AUTH_ISSUER", "i"), ("AUTH_AUDIENCE", "a")];
    let with = |more: &[(&str, &str)]| read(&[&issuer, more].concat());

    let tokens = with(&[("AUTH_HS256_SECRET", OTHER)]).unwrap();

    assert!(matches!(tokens.keys, KeySource::Secret(_)));
    for beside in [
        ("AUTH_JWKS", key(|_| {})),
        ("AUTH_JWKS_URL", "https://x/y".to_owned()),
    ] {
        let both = with(&[("AUTH_HS256_SECRET", OTHER), (beside.0, &beside.1)]);
        assert_eq!(named(both), ["AUTH_HS256_SECRET"]);
    }
    for weak in [
        "short",
        OWN,
        &format!("{OWN}x"),
        &"ab".repeat(20),
        "your-secret-of-32-characters-123",
    ] {
        let refused = with(&[("AUTH_HS256_SECRET", weak)]);
        assert_eq!(named(refused), ["AUTH_HS256_SECRET"], "{weak}");
    }
}

fn named(read: Result<Tokens, Vec<Fault>>) -> Vec<&'static str> {
    let faults = read.err().unwrap_or_default();
    faults.iter().map(|fault| fault.variable).collect()
}

#[test]
fn what_contradicts_itself_is_named() {
    let issuer = ("AUTH_ISSUER", "https://i.example");
    let audience = ("AUTH_AUDIENCE", "a");
    let url = ("AUTH_JWKS_URL", "https://i.example/jwks");
    let jwks = key(|_| {});
    let given: [(Given<'_>, &[&str]); 9] = [
        (&[url], &["AUTH_ISSUER"]),
        (&[audience], &["AUTH_ISSUER"]),
        (&[("AUTH_HS256_SECRET", OTHER)], &["AUTH_ISSUER"]),
        (
            &[("AUTH_AUTHORIZED_PARTIES", "p"), ("AUTH_JWKS", &jwks)],
            &["AUTH_ISSUER"],
        ),
        (&[issuer], &["AUTH_JWKS_URL", "AUTH_AUDIENCE"]),
        (&[issuer, audience], &["AUTH_JWKS_URL"]),
        (&[issuer, url], &["AUTH_AUDIENCE"]),
        (&[issuer, url, ("AUTH_AUDIENCE", " , ")], &[]),
        (&[issuer, audience, url, ("AUTH_JWKS", &jwks)], &[]),
    ];
    for (variables, faults) in given {
        assert_eq!(named(read(variables)), faults, "{variables:?}");
    }
}

#[test]
fn unusable_key_sets_are_named_with_their_reason() {
    let with = |name: &str, value: &str| key(|key| key[name] = json!(value));
    for (jwks, told) in [
        ("{".to_owned(), "no JSON Web Key Set"),
        (r#"{"keys":[]}"#.to_owned(), "no key that can be used"),
        (with("d", "AQ"), "private key"),
        (with("x", "AQ"), "no key that can be used"),
        (with("alg", "ES512"), "ES512"),
        (with("kid", ""), "`kid`"),
        (" ".repeat(KeySet::LARGEST + 1) + "{}", "64 KiB"),
    ] {
        let faults = read(&[("AUTH_JWKS", &jwks)]).err().unwrap();

        assert_eq!(faults.len(), 1);
        assert_eq!(faults[0].variable, "AUTH_JWKS");
        assert!(faults[0].problem.contains(told), "{faults:?}");
    }
}

#[test]
fn keys_are_fetched_over_encrypted_connections_only() {
    let with = |url: &str| {
        read(&[
            ("AUTH_ISSUER", "i"),
            ("AUTH_AUDIENCE", "a"),
            ("AUTH_JWKS_URL", url),
        ])
    };
    for url in [
        "https://i.example/jwks",
        "https://i.example:8443/jwks?x=1",
        "http://localhost:3000/api/auth/jwks",
        "http://127.0.0.1/jwks",
        "http://[::1]:80/jwks",
    ] {
        assert!(with(url).is_ok(), "{url}");
    }
    for url in [
        "http://i.example/jwks",
        "http://localhost.evil.example/jwks",
        "http://127.0.0.1@evil.example/jwks",
        "https://user:pass@i.example/jwks",
        "ftp://i.example/jwks",
        "file:///etc/jwks.json",
        "/jwks",
        "i.example",
        "https://",
        "https://i example/",
    ] {
        assert_eq!(named(with(url)), ["AUTH_JWKS_URL"], "{url}");
    }
}

#[test]
fn seconds_have_bounds() {
    for (name, value) in [
        ("AUTH_LEEWAY_SECONDS", "-1"),
        ("AUTH_LEEWAY_SECONDS", "61"),
        ("AUTH_LEEWAY_SECONDS", "5s"),
        ("AUTH_LONGEST_LIFE_SECONDS", "59"),
        ("AUTH_LONGEST_LIFE_SECONDS", "86401"),
    ] {
        assert_eq!(named(read(&[(name, value)])), [name], "{value}");
    }
    assert_eq!(
        read(&[("AUTH_LEEWAY_SECONDS", "0")]).unwrap().policy.leeway,
        0
    );
}
