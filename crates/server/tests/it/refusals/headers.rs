//! What a header says about itself (RFC 8725, sections 2.1, 2.2, 3.1, 3.9 to 3.11).

use auth::Signer;
use protocol::ErrorCode::{
    TokenAlgorithm, TokenEs512, TokenHeader, TokenKind, TokenSignature, TokenUnknownKey,
};
use serde_json::{Value, json};

use super::{
    Attack, KID, attack, base64url, by_secret, claims, header, parts, pinned, signed, signer, with,
};

pub(super) fn attacks() -> Vec<Attack> {
    let mut attacks = algorithms();
    attacks.extend(confusions());
    attacks.extend(extensions());
    attacks.extend(kinds());
    attacks.extend(key_names());
    attacks.extend(embedded_keys());
    attacks
}

fn headed(name: &str, header: &Value, code: protocol::ErrorCode) -> Attack {
    attack(format!("{name} {header}"), signed(header, &claims()), code)
}

/// CVE-2015-9235 and its many spellings; algorithms of other families; values of other types.
fn algorithms() -> Vec<Attack> {
    let mut attacks = Vec::new();
    let nones = [
        "none", "None", "NONE", "nOnE", "", " ", "none ", "\u{0}", "nul", "null", "plain",
    ];
    let others = [
        "HS1",
        "HS256",
        "hs256",
        "HS384",
        "HS512",
        "RS1",
        "RS256",
        "RS384",
        "RS512",
        "PS256",
        "PS384",
        "PS512",
        "ES256",
        "ES256K",
        "ES384",
        "Ed448",
        "eddsa",
        "EDDSA",
        "EdDSA ",
        "Ed25519ph",
        "dir",
        "A256KW",
        "A256GCM",
        "RSA-OAEP",
        "PBES2-HS256+A128KW",
        "ECDH-ES",
        "ＥｄＤＳＡ",
        "EdDSA\n",
        "MD5",
        "../EdDSA",
    ];
    for alg in nones.into_iter().chain(others) {
        attacks.push(headed(
            "alg",
            &with(&header(), "alg", json!(alg)),
            TokenAlgorithm,
        ));
    }
    for alg in [
        json!(null),
        json!(0),
        json!(true),
        json!(["EdDSA"]),
        json!({"EdDSA": 1}),
    ] {
        attacks.push(headed("alg", &with(&header(), "alg", alg), TokenAlgorithm));
    }
    attacks.push(headed(
        "alg",
        &with(&header(), "alg", json!("ES512")),
        TokenEs512,
    ));
    attacks.push(headed("no alg", &json!({"kid": KID}), TokenAlgorithm));
    for alg in ["none", "None", "NONE"] {
        let [head, body, _] = parts(&signed(&with(&header(), "alg", json!(alg)), &claims()));
        attacks.push(attack(
            format!("{alg} unsigned"),
            format!("{head}.{body}."),
            TokenAlgorithm,
        ));
    }
    attacks
}

/// A public key, in every form it is published in, taken for a secret.
fn confusions() -> Vec<Attack> {
    let jwk = signer().public_jwk();
    let x: Value = serde_json::from_str(&jwk).unwrap();
    let x = x["x"].as_str().unwrap().to_owned();
    let pem = format!("-----BEGIN PUBLIC KEY-----\n{x}\n-----END PUBLIC KEY-----\n");
    let secrets = [
        x,
        jwk,
        pem,
        pinned(),
        KID.to_owned(),
        "secret".to_owned(),
        "null".to_owned(),
    ];
    let mut attacks = Vec::new();
    for secret in &secrets {
        for (alg, code) in [
            ("HS256", TokenAlgorithm),
            ("HS512", TokenAlgorithm),
            // The right name over the wrong kind of signature.
            ("EdDSA", TokenSignature),
        ] {
            let header = with(&header(), "alg", json!(alg));
            attacks.push(attack(
                format!("{alg} by {secret}"),
                by_secret(&header, secret),
                code,
            ));
        }
    }
    attacks
}

/// RFC 7515, section 4.1.11; RFC 7797; RFC 7516.
fn extensions() -> Vec<Attack> {
    let values = [
        ("crit", json!([])),
        ("crit", json!(["exp"])),
        ("crit", json!(["b64"])),
        ("crit", json!("exp")),
        ("crit", json!(null)),
        ("b64", json!(false)),
        ("b64", json!(true)),
        ("zip", json!("DEF")),
        ("zip", json!(null)),
        ("enc", json!("A256GCM")),
        ("enc", json!(1)),
    ];
    values
        .into_iter()
        .map(|(name, value)| headed(name, &with(&header(), name, value), TokenHeader))
        .collect()
}

/// RFC 8725, section 3.11: types of other protocols, signed by the same key.
fn kinds() -> Vec<Attack> {
    let types = [
        "dpop+jwt",
        "logout+jwt",
        "secevent+jwt",
        "id_token+jwt",
        "rt+jwt",
        "oauth-authz-req+jwt",
        "JOSE",
        "JWE",
        "jwt+json",
        "",
        "application/",
        "application/application/jwt",
        "text/jwt",
        "at+jwt ",
        "JWT;charset=utf-8",
    ];
    let mut attacks: Vec<Attack> = types
        .into_iter()
        .map(|typ| headed("typ", &with(&header(), "typ", json!(typ)), TokenKind))
        .collect();
    for typ in [json!(null), json!(1), json!(["JWT"]), json!({})] {
        attacks.push(headed("typ", &with(&header(), "typ", typ), TokenKind));
    }
    for cty in [json!("JWT"), json!(null), json!("json")] {
        attacks.push(headed("cty", &with(&header(), "cty", cty), TokenKind));
    }
    attacks
}

/// Names that would mean something to a file system, a database or a shell.
fn key_names() -> Vec<Attack> {
    let mut attacks = Vec::new();
    let long = "k".repeat(128);
    for kid in [
        "../../../dev/null",
        "/dev/null",
        "' or '1'='1",
        "pinned' --",
        "pinned\u{0}",
        "PINNED",
        " pinned",
        "pinned ",
        "pinned.",
        "*",
        "%70inned",
        "$(id)",
        "|id",
        "https://evil.example/k",
        "__proto__",
        "constructor",
        "0",
        "ｐinned",
        &long,
    ] {
        attacks.push(headed(
            "kid",
            &with(&header(), "kid", json!(kid)),
            TokenUnknownKey,
        ));
    }
    attacks.push(headed("no kid", &json!({"alg": "EdDSA"}), TokenUnknownKey));
    let longer = json!("k".repeat(129));
    for kid in [
        json!(null),
        json!(1),
        json!([KID]),
        json!({"kid": KID}),
        json!(""),
        longer,
    ] {
        attacks.push(headed("kid", &with(&header(), "kid", kid), TokenHeader));
    }
    attacks
}

/// CVE-2018-0114: a token that brings the key it is to be checked with.
fn embedded_keys() -> Vec<Attack> {
    let own = Signer::from_seed(KID, &[66; 32]);
    let key: Value = serde_json::from_str(&own.public_jwk()).unwrap();
    let set = json!({"keys": [with(&key, "kid", json!(KID))]});
    let inline = format!(
        "data:application/json;base64,{}",
        base64url::encode(set.to_string())
    );
    let members = [
        ("jwk", key.clone()),
        ("jwks", set),
        ("jku", json!("https://evil.example/jwks")),
        ("jku", json!(inline)),
        ("x5u", json!("https://evil.example/cert")),
        ("x5c", json!(["MIIB"])),
        ("x5t", json!("AAAA")),
        ("x5t#S256", json!("AAAA")),
    ];
    members
        .into_iter()
        .map(|(name, value)| {
            let header = with(&header(), name, value);
            let token = own.sign(&header.to_string(), &claims().to_string());
            attack(format!("embedded {header}"), token, TokenSignature)
        })
        .collect()
}
