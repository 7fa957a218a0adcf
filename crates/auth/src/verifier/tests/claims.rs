//! What a genuine token has to claim.

use super::*;
use crate::Sessions;

#[test]
fn times_are_obeyed_with_five_seconds_of_leeway() {
    let now = NOW.seconds();
    let times = |iat, exp| with(|c| (c["iat"], c["exp"]) = (json!(iat), json!(exp)));

    assert!(times(now - 900, now - 4).is_ok());
    assert_eq!(times(now - 900, now - 5), Err(ErrorCode::TokenExpired));
    assert!(times(now + 5, now + 900).is_ok());
    assert_eq!(times(now + 6, now + 900), Err(ErrorCode::TokenNotYetValid));
    assert_eq!(times(now, now), Err(ErrorCode::TokenClaims));
    assert!(times(now, now + 3600).is_ok());
    assert_eq!(times(now, now + 3601), Err(ErrorCode::TokenLifetime));
    assert_eq!(
        with(|c| c["nbf"] = json!(now + 6)),
        Err(ErrorCode::TokenNotYetValid)
    );
}

#[test]
fn times_must_be_whole_numbers_and_there() {
    for name in ["exp", "iat", "nbf"] {
        for value in [
            json!("1700000900"),
            json!(1_700_000_900.0),
            json!(null),
            json!(-1),
            json!([1_700_000_900]),
            json!(i64::MAX),
            json!(u64::MAX),
        ] {
            assert_eq!(
                with(|c| c[name] = value.clone()),
                Err(ErrorCode::TokenClaims),
                "{name} {value}"
            );
        }
    }
}

#[test]
fn issuer_and_audience_must_be_exactly_ours() {
    for value in [
        json!(null),
        json!(7),
        json!(""),
        json!("https://app.example/"),
        json!("https://app.example.evil"),
        json!([ORIGIN, "https://other.example"]),
    ] {
        assert_eq!(
            with(|c| c["iss"] = value.clone()),
            Err(ErrorCode::TokenIssuer),
            "{value}"
        );
        assert_eq!(
            with(|c| c["aud"] = value.clone()),
            Err(ErrorCode::TokenAudience),
            "{value}"
        );
    }
    assert_eq!(
        with(|c| c["iss"] = json!([ORIGIN])),
        Err(ErrorCode::TokenIssuer)
    );
    assert!(with(|c| c["aud"] = json!([ORIGIN])).is_ok());
}

#[test]
fn two_users_in_one_token_are_refused() {
    assert_eq!(
        with(|c| c["user_id"] = json!("bob")),
        Err(ErrorCode::TokenClaimConflict)
    );
}

/// RFC 8725, sections 2.8 and 3.12.
#[test]
fn tokens_of_other_kinds_are_refused_though_the_same_key_signed_them() {
    for (name, value) in [
        ("updateTo", json!("new@example.com")),
        ("requestType", json!("change-email-verification")),
        ("session", json!({"session": {"id": "s1"}})),
        ("nonce", json!("n-0S6_WzA2Mj")),
        ("nonce", Value::Null),
        ("at_hash", json!("77QmUPtjPfzWtF2AnpK9RQ")),
        ("events", json!({})),
        (
            "cnf",
            json!({"jkt": "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I"}),
        ),
        ("htm", json!("GET")),
        ("token_use", json!("id")),
        ("typ", json!("Refresh")),
        ("typ", json!(1)),
    ] {
        assert_eq!(
            with(|c| c[name] = value.clone()),
            Err(ErrorCode::TokenKind),
            "{name} {value}"
        );
    }
    assert!(with(|c| c["token_use"] = json!("access")).is_ok());
    assert!(with(|c| c["typ"] = json!("Bearer")).is_ok());
    assert!(with(|c| c["act"] = json!({"sub": "support"})).is_ok());
}

#[test]
fn a_session_that_is_no_id_is_refused() {
    for sid in [
        json!(null),
        json!(7),
        json!(""),
        json!("a b"),
        json!(["s1"]),
    ] {
        assert_eq!(
            with(|c| c["sid"] = sid.clone()),
            Err(ErrorCode::TokenClaims),
            "{sid}"
        );
    }
}

fn foreign(audiences: &[&str], parties: &[&str]) -> Policy {
    let owned = |list: &[&str]| list.iter().map(|text| (*text).to_owned()).collect();
    Policy {
        audiences: owned(audiences),
        parties: owned(parties),
        sessions: Sessions::Foreign,
        ..Policy::of_origin(ORIGIN)
    }
}

#[test]
fn an_audience_beside_ours_must_be_a_known_one() {
    let by = |policy: &Policy, aud: Value| {
        let mut claims = claims();
        claims["aud"] = aud;
        let token = signed(&json!({"alg": "EdDSA", "kid": "key-1"}), &claims);
        verify_by(&token, &keys(), policy).map(|_| ())
    };
    let policy = foreign(&["api", "userinfo"], &[]);
    let refused = Err(ErrorCode::TokenAudience);

    assert_eq!(by(&policy, json!("api")), Ok(()));
    assert_eq!(by(&policy, json!(["api"])), Ok(()));
    assert_eq!(by(&policy, json!(["userinfo", "api"])), Ok(()));
    assert_eq!(by(&policy, json!("userinfo")), refused);
    assert_eq!(by(&policy, json!(["userinfo"])), refused);
    assert_eq!(by(&policy, json!(["api", "other"])), refused);
    assert_eq!(by(&policy, json!(["api", null])), refused);
    assert_eq!(by(&policy, json!([["api"]])), refused);
    assert_eq!(by(&policy, json!([])), refused);
    assert_eq!(by(&policy, json!({"api": true})), refused);
}

#[test]
fn the_party_decides_where_there_is_no_audience() {
    let by = |policy: &Policy, aud: Option<&str>, azp: Option<&str>| {
        let mut claims = claims();
        claims.as_object_mut().unwrap().remove("aud");
        for (name, value) in [("aud", aud), ("azp", azp)] {
            if let Some(value) = value {
                claims[name] = json!(value);
            }
        }
        let token = signed(&json!({"alg": "EdDSA", "kid": "key-1"}), &claims);
        verify_by(&token, &keys(), policy).map(|_| ())
    };
    let refused = Err(ErrorCode::TokenAudience);
    let clerk = foreign(&[], &[ORIGIN]);
    let both = foreign(&["api"], &[ORIGIN]);

    assert_eq!(by(&clerk, None, Some(ORIGIN)), Ok(()));
    assert_eq!(by(&clerk, None, Some("https://evil.example")), refused);
    assert_eq!(by(&clerk, None, None), refused);
    assert_eq!(by(&clerk, Some("other"), Some(ORIGIN)), refused);
    assert_eq!(by(&both, Some("api"), Some(ORIGIN)), Ok(()));
    assert_eq!(by(&both, Some("api"), None), refused);
    assert_eq!(by(&both, None, Some(ORIGIN)), refused);
    assert_eq!(by(&foreign(&[], &[]), None, Some(ORIGIN)), refused);
}

#[test]
fn a_foreign_session_is_not_taken_for_one_of_ours() {
    let token = signed(&json!({"alg": "EdDSA", "kid": "key-1"}), &claims());

    let caller = verify_by(&token, &keys(), &foreign(&[ORIGIN], &[])).unwrap();

    assert_eq!(caller.user(), &UserId::new("ann"));
    assert_eq!(caller.session(), None);
}

fn of_grant(resource: &str, scopes: Scopes) -> String {
    signer().grant_token(&GrantClaims {
        issuer: "https://app.example/api/auth",
        resource,
        subject: &UserId::new("ann"),
        grant: &SessionId::new("grant_1"),
        client: "client_1",
        scopes,
        id: "once",
        issued_at: NOW,
        lifetime: 900,
    })
}

/// RFC 8707, section 2: a token for a program opens what it was made for, and nothing else.
#[test]
fn a_token_for_a_program_is_bound_to_its_resource() {
    let resource = "https://app.example/api/mcp";
    let policy = Policy::of_resource("https://app.example/api/auth", resource);
    let at_resource = |token: &str| verify_by(token, &keys(), &policy);

    let caller = at_resource(&of_grant(resource, Scopes::READ)).unwrap();

    assert_eq!(caller.session(), Some(&SessionId::new("grant_1")));
    assert_eq!(caller.scopes(), Scopes::READ);
    assert_eq!(
        verify(&of_grant(resource, Scopes::ALL)),
        Err(ErrorCode::TokenIssuer)
    );
    let elsewhere = of_grant("https://app.example/api/other", Scopes::ALL);
    assert_eq!(at_resource(&elsewhere), Err(ErrorCode::TokenAudience));
    let of_page = signed(&json!({"alg": "EdDSA", "kid": "key-1"}), &claims());
    assert_eq!(at_resource(&of_page), Err(ErrorCode::TokenIssuer));
    let mut unscoped = claims();
    unscoped["iss"] = json!("https://app.example/api/auth");
    unscoped["aud"] = json!(resource);
    let unscoped = signed(&json!({"alg": "EdDSA", "kid": "key-1"}), &unscoped);
    assert_eq!(at_resource(&unscoped), Err(ErrorCode::TokenClaims));
}
