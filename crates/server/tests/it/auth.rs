//! Signing up, in and out, and what a session is good for.

use axum::body::Body;
use axum::http::{Method, Request, StatusCode};
use serde_json::{Value, json};
use testing::NOW;

use crate::desk::{Answer, Desk, from_page, request, serve};

const UP: &str = "/api/auth/sign-up/email";
const IN: &str = "/api/auth/sign-in/email";

fn ann() -> Value {
    json!({"name": "Ann", "email": "Ann@Example.com", "password": "correct horse"})
}

async fn post(desk: &Desk, uri: &str, cookie: &str, body: Value) -> Answer {
    desk.send(from_page(Method::POST, uri, cookie, Some(body)))
        .await
}

async fn get(desk: &Desk, uri: &str, cookie: &str) -> Answer {
    desk.send(from_page(Method::GET, uri, cookie, None)).await
}

#[tokio::test]
async fn a_stranger_signs_up_and_is_signed_in() {
    let desk = Desk::new().await;

    let signed_up = post(&desk, UP, "", ann()).await;

    assert_eq!(signed_up.status, StatusCode::OK);
    let user = signed_up.json()["user"].clone();
    assert_eq!(user["email"], "ann@example.com");
    assert_eq!(user["emailVerified"], false);
    let [cookie] = signed_up.cookies()[..] else {
        panic!("one cookie");
    };
    assert!(cookie.starts_with("better-auth.session_token="), "{cookie}");
    assert!(
        cookie.ends_with("; Max-Age=604800; Path=/; HttpOnly; SameSite=Lax"),
        "{cookie}"
    );
    let session = get(&desk, "/api/auth/get-session", &signed_up.cookie()).await;
    assert_eq!(session.json()["user"], user);
    assert_eq!(session.json()["session"]["userId"], user["id"]);
    assert_eq!(session.header("cache-control"), "no-store");
}

#[tokio::test]
async fn the_token_of_a_session_opens_the_other_functions() {
    let desk = Desk::new().await;
    let cookie = post(&desk, UP, "", ann()).await.cookie();

    let token = get(&desk, "/api/auth/token", &cookie).await.json()["token"].clone();
    let tasks = request(token.as_str(), Method::GET, "/api/tasks", None);
    let listed = desk.send(tasks).await;

    assert_eq!(listed.status, StatusCode::OK);
    assert_eq!(listed.json()["tasks"], json!([]));
}

#[tokio::test]
async fn the_right_password_signs_in_and_a_wrong_one_does_not() {
    let desk = Desk::new().await;
    post(&desk, UP, "", ann()).await;
    let sign_in = async |email: &str, password: &str| {
        post(&desk, IN, "", json!({"email": email, "password": password})).await
    };

    let right = sign_in("ANN@example.com", "correct horse").await;
    let wrong = sign_in("ann@example.com", "incorrect horse").await;
    let nobody = sign_in("bob@example.com", "correct horse").await;

    assert_eq!(right.status, StatusCode::OK);
    assert_eq!(right.json()["redirect"], false);
    for refused in [&wrong, &nobody] {
        assert_eq!(refused.status, StatusCode::UNAUTHORIZED);
        assert_eq!(refused.code(), "INVALID_EMAIL_OR_PASSWORD");
        assert!(refused.cookies().is_empty());
    }
    assert_eq!(wrong.json()["message"], nobody.json()["message"]);
}

#[tokio::test]
async fn bad_sign_ups_are_refused_with_the_reason() {
    let desk = Desk::new().await;
    post(&desk, UP, "", ann()).await;
    let changed = |name: &str, value: &str| {
        let mut body = ann();
        body["email"] = json!("new@example.com");
        body[name] = json!(value);
        body
    };
    for (body, status, code) in [
        (ann(), 422, "USER_ALREADY_EXISTS_USE_ANOTHER_EMAIL"),
        (changed("password", "1234567"), 400, "PASSWORD_TOO_SHORT"),
        (
            changed("password", &"a".repeat(129)),
            400,
            "PASSWORD_TOO_LONG",
        ),
        (changed("email", "nobody"), 400, "VALIDATION_ERROR"),
        (json!({"email": "a@b.co"}), 400, "VALIDATION_ERROR"),
        (json!([]), 400, "VALIDATION_ERROR"),
    ] {
        let refused = post(&desk, UP, "", body.clone()).await;

        assert_eq!(refused.status.as_u16(), status, "{body}");
        assert_eq!(refused.code(), code, "{body}");
    }
}

#[tokio::test]
async fn sign_out_ends_the_session_and_its_tokens_at_once() {
    let desk = Desk::new().await;
    let cookie = post(&desk, UP, "", ann()).await.cookie();
    let token = get(&desk, "/api/auth/token", &cookie).await.json()["token"].clone();

    let out = post(&desk, "/api/auth/sign-out", &cookie, json!({})).await;

    assert_eq!(out.json(), json!({"success": true}));
    assert!(out.cookies().iter().all(|line| line.contains("Max-Age=0")));
    let session = get(&desk, "/api/auth/get-session", &cookie).await;
    assert_eq!(session.body, "null");
    let renewed = get(&desk, "/api/auth/token", &cookie).await;
    assert_eq!(renewed.status, StatusCode::UNAUTHORIZED);
    let tasks = request(token.as_str(), Method::GET, "/api/tasks", None);
    assert_eq!(desk.send(tasks).await.code(), "session.ended");
}

#[tokio::test]
async fn a_forged_or_foreign_cookie_is_nobody() {
    let desk = Desk::new().await;
    let cookie = post(&desk, UP, "", ann()).await.cookie();
    let (name, value) = cookie.split_once('=').unwrap();
    for forged in [
        format!("{name}="),
        format!("{name}={}", value.split('.').next().unwrap()),
        format!("{name}=x{value}"),
        format!("__Secure-{cookie}"),
        format!("{name}=%zz"),
    ] {
        let session = get(&desk, "/api/auth/get-session", &forged).await;
        assert_eq!(session.body, "null", "{forged}");
    }
}

#[tokio::test]
async fn another_site_cannot_act_with_our_cookie() {
    let desk = Desk::new().await;
    let cookie = post(&desk, UP, "", ann()).await.cookie();
    let from = |origin: Option<&str>, name: &'static str, value: &str| {
        let mut request = from_page(Method::POST, "/api/auth/sign-out", &cookie, None);
        let headers = request.headers_mut();
        headers.remove("origin");
        if let Some(origin) = origin {
            headers.insert("origin", origin.parse().unwrap());
        }
        headers.insert(name, value.parse().unwrap());
        request
    };
    for (request, code) in [
        (
            from(Some("https://evil.example"), "x-a", "b"),
            "INVALID_ORIGIN",
        ),
        (from(Some("null"), "x-a", "b"), "MISSING_OR_NULL_ORIGIN"),
        (from(None, "x-a", "b"), "MISSING_OR_NULL_ORIGIN"),
        (
            from(None, "referer", "https://evil.example/x"),
            "INVALID_ORIGIN",
        ),
    ] {
        let refused = desk.send(request).await;

        assert_eq!(refused.status, StatusCode::FORBIDDEN);
        assert_eq!(refused.code(), code);
    }
    let session = get(&desk, "/api/auth/get-session", &cookie).await;
    assert_ne!(session.body, "null");
}

#[tokio::test]
async fn a_plain_form_signs_in_without_a_program() {
    let desk = Desk::new().await;
    post(&desk, UP, "", ann()).await;
    let submit = async |password: &str| {
        let body = format!("email=ann%40example.com&password={password}&rememberMe=on");
        let request = Request::post(IN)
            .header("origin", testing::ORIGIN)
            .header("sec-fetch-site", "same-origin")
            .header("sec-fetch-mode", "navigate")
            .header("content-type", "application/x-www-form-urlencoded")
            .body(Body::from(body))
            .unwrap();
        desk.send(request).await
    };

    let right = submit("correct+horse").await;
    let wrong = submit("no").await;

    assert_eq!(right.status, StatusCode::SEE_OTHER);
    assert_eq!(right.header("location"), "/");
    assert_eq!(right.cookies().len(), 1);
    assert_eq!(wrong.status, StatusCode::SEE_OTHER);
    assert_eq!(
        wrong.header("location"),
        "/sign-in?error=INVALID_EMAIL_OR_PASSWORD"
    );
}

#[tokio::test]
async fn the_keys_are_published_without_their_secrets() {
    let desk = Desk::new().await;

    let keys = get(&desk, "/api/auth/jwks", "").await.json();

    let key = &keys["keys"][0];
    assert_eq!(key["kid"], "test-key");
    assert_eq!(key["alg"], "EdDSA");
    assert_eq!(key.get("d"), None);
}

#[tokio::test]
async fn the_first_key_is_made_once_by_many_processes() {
    let database = testing::Database::new().await;
    let ask = async || {
        use tower::ServiceExt;
        let service = serve(&database.url);
        let request = request(None, Method::GET, "/api/auth/jwks", None);
        service.oneshot(request).await.unwrap().status()
    };

    let answers = futures_util::future::join_all((0..8).map(|_| ask())).await;

    assert!(answers.iter().all(|status| *status == StatusCode::OK));
    let keys = store::keys::all(&database.db).await.unwrap();
    assert_eq!(keys.len(), 1);
}

#[tokio::test]
async fn a_session_lives_a_day_without_use_and_a_week_at_most() {
    let desk = Desk::new().await;
    let cookie = post(&desk, UP, "", ann()).await.cookie();
    let client = desk.database.client().await;
    let age = async |created: i64, expires: i64| {
        let sql = r#"update "session" set "createdAt" = to_timestamp($1::bigint),
            "expiresAt" = to_timestamp($2::bigint)"#;
        let (created, expires) = (NOW.seconds() - created, NOW.seconds() + expires);
        client.execute(sql, &[&created, &expires]).await.unwrap();
        get(&desk, "/api/auth/get-session", &cookie).await
    };
    let day = 24 * 3600;

    let used = age(3600, day - 3600).await.json();
    let expected = NOW.plus_seconds(day).to_string();
    assert_eq!(used["session"]["expiresAt"], expected);

    // Too little life is left to be worth a write.
    let old = age(7 * day - 60, 30).await.json();
    let expected = NOW.plus_seconds(30).to_string();
    assert_eq!(old["session"]["expiresAt"], expected);

    assert_eq!(age(3600, -1).await.body, "null");
    assert_eq!(age(7 * day, day).await.body, "null");
}
