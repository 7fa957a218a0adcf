//! Links that are mailed: a new password, and whose an address is.

use axum::http::{Method, StatusCode};
use serde_json::{Value, json};
use testing::Mailbox;

use crate::desk::{Answer, Desk, from_page, pass, request};

const HOUR: i64 = 3600;

async fn desk(mailbox: &Mailbox, verification: &str) -> Desk {
    Desk::with(&[
        ("MAIL_WEBHOOK_URL", mailbox.url.as_str()),
        ("EMAIL_VERIFICATION", verification),
        ("RATE_LIMIT_MAIL", "off"),
        ("RATE_LIMIT_SIGN_IN", "off"),
    ])
    .await
}

async fn post(desk: &Desk, path: &str, cookie: &str, body: Value) -> Answer {
    let uri = format!("/api/auth/{path}");
    desk.send(from_page(Method::POST, &uri, cookie, Some(body)))
        .await
}

async fn get(desk: &Desk, uri: &str, cookie: &str) -> Answer {
    desk.send(from_page(Method::GET, uri, cookie, None)).await
}

async fn sign_up(desk: &Desk, name: &str) -> Answer {
    let body = json!({
        "name": name,
        "email": format!("{name}@example.com"),
        "password": "correct horse",
    });
    post(desk, "sign-up/email", "", body).await
}

async fn sign_in(desk: &Desk, email: &str, password: &str) -> Answer {
    let body = json!({"email": email, "password": password});
    post(desk, "sign-in/email", "", body).await
}

/// The link of the next letter, without the origin.
async fn link(mailbox: &Mailbox, kind: &str, to: &str) -> String {
    let letter = mailbox.next().await;
    assert_eq!(letter["kind"], kind);
    assert_eq!(letter["to"], to);
    let link = letter["link"].as_str().unwrap();
    assert!(letter["text"].as_str().unwrap().contains(link));
    link.strip_prefix(testing::ORIGIN).unwrap().to_owned()
}

/// The next letter wants nothing: it has no link that does anything, and names no address.
async fn told(mailbox: &Mailbox, kind: &str, to: &str) {
    let letter = mailbox.next().await;
    assert_eq!((&letter["kind"], &letter["to"]), (&json!(kind), &json!(to)));
    assert_eq!(letter["link"], testing::ORIGIN);
    assert!(!letter["text"].as_str().unwrap().contains('@'));
}

#[tokio::test]
async fn whoever_owns_an_account_is_told_of_a_new_password() {
    let mailbox = Mailbox::open().await;
    let desk = desk(&mailbox, "optional").await;
    let cookie = sign_up(&desk, "ann").await.cookie();
    link(&mailbox, "verify-email", "ann@example.com").await;
    let change = |present: &str| {
        let body = json!({"currentPassword": present, "newPassword": "battery staple"});
        post(&desk, "change-password", &cookie, body)
    };

    let refused = change("wrong horse").await;
    let changed = change("correct horse").await;

    assert_eq!(refused.code(), "INVALID_PASSWORD");
    assert_eq!(changed.status, StatusCode::OK);
    told(&mailbox, "password-changed", "ann@example.com").await;
    assert!(mailbox.is_empty().await);
}

/// FR-008.
#[tokio::test]
async fn a_mailed_link_gives_one_new_password_and_ends_every_session() {
    let mailbox = Mailbox::open().await;
    let desk = desk(&mailbox, "optional").await;
    let cookie = sign_up(&desk, "ann").await.cookie();
    link(&mailbox, "verify-email", "ann@example.com").await;
    let token = get(&desk, "/api/auth/token", &cookie).await.json()["token"].clone();

    let ask = json!({"email": "Ann@example.com", "redirectTo": "/reset-password"});
    post(&desk, "request-password-reset", "", ask).await;
    let link = link(&mailbox, "reset-password", "ann@example.com").await;
    let page = get(&desk, &link, "").await;
    assert_eq!(page.status, StatusCode::FOUND);
    let place = page.header("location");
    let expected = format!("{}/reset-password?token=", testing::ORIGIN);
    let reset = place.strip_prefix(&expected).unwrap().to_owned();
    let new = json!({"newPassword": "battery staple", "token": reset});
    let short = json!({"newPassword": "short", "token": reset});
    assert_eq!(
        post(&desk, "reset-password", "", short).await.code(),
        "PASSWORD_TOO_SHORT"
    );
    assert_eq!(
        post(&desk, "reset-password", "", new.clone()).await.json(),
        json!({"status": true})
    );
    told(&mailbox, "password-changed", "ann@example.com").await;

    assert_eq!(
        post(&desk, "reset-password", "", new).await.code(),
        "INVALID_TOKEN"
    );
    assert_eq!(
        get(&desk, "/api/auth/get-session", &cookie).await.body,
        "null"
    );
    let tasks = request(token.as_str(), Method::GET, "/api/tasks", None);
    assert_eq!(desk.send(tasks).await.code(), "session.ended");
    assert_eq!(
        sign_in(&desk, "ann@example.com", "correct horse")
            .await
            .status,
        401
    );
    assert_eq!(
        sign_in(&desk, "ann@example.com", "battery staple")
            .await
            .status,
        200
    );
}

#[tokio::test]
async fn no_answer_tells_whether_an_address_is_known() {
    let mailbox = Mailbox::open().await;
    let desk = desk(&mailbox, "required").await;
    let first = sign_up(&desk, "ann").await;
    link(&mailbox, "verify-email", "ann@example.com").await;

    let again = sign_up(&desk, "ann").await;
    assert_eq!(first.status, again.status);
    let shape = |answer: &Answer| {
        let mut body = answer.json();
        body["user"]["id"] = Value::Null;
        (body, answer.cookies().len())
    };
    assert_eq!(shape(&first), shape(&again));
    for path in ["request-password-reset", "send-verification-email"] {
        let known = post(&desk, path, "", json!({"email": "ann@example.com"})).await;
        let unknown = post(&desk, path, "", json!({"email": "bob@example.com"})).await;
        assert_eq!(known.status, StatusCode::OK);
        assert_eq!(known.body, unknown.body);
        let letter = mailbox.next().await;
        assert_eq!(letter["to"], "ann@example.com");
    }
    assert!(mailbox.is_empty().await);
}

#[tokio::test]
async fn an_address_is_verified_before_its_first_sign_in_where_that_is_wanted() {
    let mailbox = Mailbox::open().await;
    let desk = desk(&mailbox, "required").await;
    let signed_up = sign_up(&desk, "ann").await;
    assert_eq!(signed_up.json()["token"], Value::Null);
    assert!(signed_up.cookies().is_empty());
    let link = link(&mailbox, "verify-email", "ann@example.com").await;

    let before = sign_in(&desk, "ann@example.com", "correct horse").await;
    let wrong = sign_in(&desk, "ann@example.com", "wrong horse").await;
    let opened = get(&desk, &link, "").await;
    let after = sign_in(&desk, "ann@example.com", "correct horse").await;

    assert_eq!(before.status, StatusCode::FORBIDDEN);
    assert_eq!(before.code(), "EMAIL_NOT_VERIFIED");
    assert_eq!(wrong.code(), "INVALID_EMAIL_OR_PASSWORD");
    assert_eq!(
        (opened.status, opened.header("location")),
        (StatusCode::FOUND, "/")
    );
    assert_eq!(after.json()["user"]["emailVerified"], true);
    let again = get(&desk, &link, "").await;
    assert!(again.header("location").ends_with("/?error=INVALID_TOKEN"));
}

#[tokio::test]
async fn a_new_address_counts_from_the_moment_its_letter_is_opened() {
    let mailbox = Mailbox::open().await;
    let desk = desk(&mailbox, "optional").await;
    let cookie = sign_up(&desk, "ann").await.cookie();
    let old = link(&mailbox, "verify-email", "ann@example.com").await;

    let body = json!({"newEmail": "new@example.com"});
    let changed = post(&desk, "change-email", &cookie, body).await;
    assert_eq!(changed.json(), json!({"status": true}));
    let new = link(&mailbox, "change-email", "new@example.com").await;
    let session = get(&desk, "/api/auth/get-session", &cookie).await.json();
    assert_eq!(session["user"]["email"], "ann@example.com");

    get(&desk, &new, "").await;
    told(&mailbox, "email-changed", "ann@example.com").await;
    // The first letter speaks of an address that is not the account's any more.
    let stale = get(&desk, &old, "").await;
    assert!(stale.header("location").contains("error=INVALID_TOKEN"));
    let session = get(&desk, "/api/auth/get-session", &cookie).await.json();
    assert_eq!(session["user"]["email"], "new@example.com");
    assert_eq!(session["user"]["emailVerified"], true);
}

#[tokio::test]
async fn a_link_is_good_for_an_hour() {
    let mailbox = Mailbox::open().await;
    let desk = desk(&mailbox, "optional").await;
    sign_up(&desk, "ann").await;
    link(&mailbox, "verify-email", "ann@example.com").await;
    let ask = json!({"email": "ann@example.com", "redirectTo": "/reset"});
    post(&desk, "request-password-reset", "", ask).await;
    let link = link(&mailbox, "reset-password", "ann@example.com").await;

    pass(HOUR);

    let late = get(&desk, &link, "").await;
    assert!(
        late.header("location")
            .ends_with("/reset?error=INVALID_TOKEN")
    );
}

#[tokio::test]
async fn a_link_leads_to_no_other_site() {
    let mailbox = Mailbox::open().await;
    let desk = desk(&mailbox, "optional").await;
    for place in [
        "https://evil.example",
        "//evil.example",
        "/\\evil.example",
        "/%5Cevil.example",
        "/%2fevil.example",
        "http://localhost:4000.evil.example",
        "http://localhost:4000@evil.example",
        "javascript:alert(1)",
    ] {
        let ask = json!({"email": "ann@example.com", "redirectTo": place});
        let asked = post(&desk, "request-password-reset", "", ask).await;
        assert_eq!(asked.code(), "INVALID_REDIRECT_URL", "{place}");
        let place: String = form_urlencoded::byte_serialize(place.as_bytes()).collect();
        for path in ["reset-password/x?", "verify-email?token=x&"] {
            let uri = format!("/api/auth/{path}callbackURL={place}");
            assert_eq!(
                get(&desk, &uri, "").await.code(),
                "INVALID_CALLBACK_URL",
                "{uri}"
            );
        }
    }
}

#[tokio::test]
async fn without_a_sender_nothing_is_promised() {
    let desk = Desk::new().await;

    let reset = post(
        &desk,
        "request-password-reset",
        "",
        json!({"email": "a@b.co"}),
    )
    .await;
    let verify = post(
        &desk,
        "send-verification-email",
        "",
        json!({"email": "a@b.co"}),
    )
    .await;

    assert_eq!(reset.code(), "RESET_PASSWORD_DISABLED");
    assert_eq!(verify.code(), "VERIFICATION_EMAIL_NOT_ENABLED");
}
