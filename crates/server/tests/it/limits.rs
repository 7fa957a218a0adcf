//! What is asked too often is refused, and says when to come back.

use axum::http::{Method, StatusCode};
use serde_json::json;

use crate::desk::{Answer, Desk, from_page, now, pass};

const IN: &str = "/api/auth/sign-in/email";
const ON_VERCEL: (&str, &str) = ("VERCEL", "1");

async fn sign_in(desk: &Desk, address: &str, email: &str, password: &str) -> Answer {
    let body = json!({"email": email, "password": password});
    let mut request = from_page(Method::POST, IN, "", Some(body));
    request
        .headers_mut()
        .insert("x-real-ip", address.parse().unwrap());
    desk.send(request).await
}

fn assert_refused(answer: &Answer, wait: &str) {
    assert_eq!(answer.status, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(answer.code(), "rate.limited");
    assert_eq!(answer.header("retry-after"), wait);
    assert_eq!(answer.header("x-retry-after"), wait);
}

/// FR-012.
#[tokio::test]
async fn one_address_signs_in_three_times_in_ten_seconds() {
    let desk = Desk::with(&[ON_VERCEL]).await;
    let from = async |address: &str, number: u32| {
        sign_in(
            &desk,
            address,
            &format!("nobody{number}@example.com"),
            "wrong pass",
        )
        .await
    };

    for number in 0..3 {
        let answer = from("203.0.113.7", number).await;
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
        let left = 2 - number;
        let expected = format!("\"sign-in\";r={left};t=10, \"sign-in-email\";r=2;t=10");
        assert_eq!(answer.header("ratelimit"), expected);
        let policy = "\"sign-in\";q=3;w=10, \"sign-in-email\";q=3;w=10";
        assert_eq!(answer.header("ratelimit-policy"), policy);
    }
    assert_refused(&from("203.0.113.7", 3).await, "10");
    // The last proxy's word counts, not the client's.
    assert_refused(&from("198.51.100.1, 203.0.113.7", 4).await, "10");
    assert_refused(&from("::ffff:203.0.113.7", 5).await, "10");
    let elsewhere = from("203.0.113.8", 6).await;
    assert_eq!(elsewhere.status, StatusCode::UNAUTHORIZED);
    pass(10);
    let later = from("203.0.113.7", 7).await;
    assert_eq!(later.status, StatusCode::UNAUTHORIZED);
}

/// FR-012.
#[tokio::test]
async fn a_network_of_ipv6_is_one_address() {
    let desk = Desk::with(&[ON_VERCEL]).await;
    let from = async |address: &str| sign_in(&desk, address, address, "wrong pass").await.status;
    for host in 0..3 {
        let email = format!("a{host}@example.com");
        let answer = sign_in(&desk, &format!("2001:db8::{host}"), &email, "wrong pass").await;
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
    }

    let same = sign_in(&desk, "2001:db8::ffff:1", "b@example.com", "wrong pass").await;
    let other = sign_in(&desk, "2001:db8:0:1::1", "c@example.com", "wrong pass").await;

    assert_eq!(same.status, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(other.status, StatusCode::UNAUTHORIZED);
    // What is no e-mail address is told so before anything is counted.
    assert_eq!(from("2001:db8::2").await, StatusCode::BAD_REQUEST);
}

/// FR-012: there is no bucket that a few strangers could fill for everybody.
#[tokio::test]
async fn unknown_addresses_share_no_limit() {
    let desk = Desk::new().await;
    for number in 0..10 {
        let email = format!("nobody{number}@example.com");
        // A header that nobody in front of us sets is not believed.
        let answer = sign_in(&desk, "203.0.113.7", &email, "wrong pass").await;

        assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
        assert_eq!(answer.header("ratelimit"), "\"sign-in-email\";r=2;t=10");
    }
}

/// FR-012.
#[tokio::test]
async fn five_wrong_passwords_lock_an_address_known_or_not() {
    let desk = Desk::with(&[("RATE_LIMIT_SIGN_IN", "off")]).await;
    let up = json!({"name": "Ann", "email": "ann@example.com", "password": "correct horse"});
    desk.send(from_page(
        Method::POST,
        "/api/auth/sign-up/email",
        "",
        Some(up),
    ))
    .await;
    for email in ["ann@example.com", "nobody@example.com"] {
        for _ in 0..5 {
            let wrong = sign_in(&desk, "", email, "incorrect horse").await;
            assert_eq!(wrong.status, StatusCode::UNAUTHORIZED);
        }

        assert_refused(&sign_in(&desk, "", email, "correct horse").await, "30");
    }

    pass(30);
    let right = sign_in(&desk, "", "Ann@example.com", "correct horse").await;
    assert_eq!(right.status, StatusCode::OK);
    // The success has opened the lock: five more are free.
    let wrong = sign_in(&desk, "", "ann@example.com", "incorrect horse").await;
    assert_eq!(wrong.status, StatusCode::UNAUTHORIZED);
}

/// FR-012.
#[tokio::test]
async fn a_person_makes_a_hundred_requests_an_hour() {
    let desk = Desk::new().await;
    let (ann, bob) = (desk.person("ann").await, desk.person("bob").await);
    let list = async || desk.call(&ann, Method::GET, "/api/tasks", None).await;

    let first = list().await;
    assert_eq!(
        first.header("ratelimit-policy"),
        "\"requests\";q=100;w=3600"
    );
    assert_eq!(first.header("ratelimit"), "\"requests\";r=99;t=3600");
    // One that fails is one, too.
    let missing = desk.call(&ann, Method::GET, "/api/tasks/7", None).await;
    assert_eq!(missing.status, StatusCode::NOT_FOUND);
    assert_eq!(missing.header("ratelimit"), "\"requests\";r=98;t=3600");
    pass(600);
    for _ in 0..98 {
        assert_eq!(list().await.status, StatusCode::OK);
    }
    let over = list().await;
    assert_refused(&over, "3000");
    assert_eq!(over.header("ratelimit"), "\"requests\";r=0;t=3000");

    let of_bob = desk.call(&bob, Method::GET, "/api/tasks", None).await;
    assert_eq!(of_bob.status, StatusCode::OK);
    pass(3000);
    let token = ann.token(now());
    let next = crate::desk::request(Some(&token), Method::GET, "/api/tasks", None);
    assert_eq!(desk.send(next).await.status, StatusCode::OK);
}
