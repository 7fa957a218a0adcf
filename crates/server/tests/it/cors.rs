//! Pages of other origins: none, or those that are named. FR-011.

use axum::body::Body;
use axum::http::{Method, Request, StatusCode};
use serde_json::json;
use testing::NOW;

use crate::desk::{Answer, Desk, request};
use crate::errors::ROUTES;

const ELSEWHERE: &str = "https://app.example.com";
const STRANGER: &str = "https://app.example.com.evil.example";
const ALLOWED: (&str, &str) = (
    "CORS_ORIGINS",
    "https://App.example.com/, http://localhost:5173",
);

fn preflight(uri: &str, method: &str, origin: &str) -> Request<Body> {
    Request::options(uri)
        .header("origin", origin)
        .header("access-control-request-method", method)
        .header(
            "access-control-request-headers",
            "authorization, content-type",
        )
        .body(Body::empty())
        .unwrap()
}

fn from(origin: &str, mut request: Request<Body>) -> Request<Body> {
    request
        .headers_mut()
        .insert("origin", origin.parse().unwrap());
    request
}

fn assert_allowed(answer: &Answer, origin: &str, place: &str) {
    let header = |name| answer.header(name);
    assert_eq!(header("access-control-allow-origin"), origin, "{place}");
    assert_eq!(
        header("access-control-allow-credentials"),
        "true",
        "{place}"
    );
    assert!(varies(answer), "{place}");
}

fn assert_closed(answer: &Answer, place: &str) {
    for name in [
        "access-control-allow-origin",
        "access-control-allow-credentials",
        "access-control-allow-headers",
        "access-control-allow-methods",
    ] {
        assert_eq!(answer.header(name), "", "{place}: {name}");
    }
}

fn varies(answer: &Answer) -> bool {
    let mut lines = answer.headers.get_all("vary").iter();
    lines.any(|line| line.to_str().unwrap().eq_ignore_ascii_case("origin"))
}

#[tokio::test]
async fn by_default_no_page_of_another_origin_is_let_in() {
    let desk = Desk::new().await;
    for (method, uri) in ROUTES {
        let asked = desk.send(preflight(uri, method, ELSEWHERE)).await;
        let sent = request(None, method.parse().unwrap(), uri, None);
        let sent = desk.send(from(ELSEWHERE, sent)).await;

        assert_closed(&asked, uri);
        assert_closed(&sent, uri);
    }
}

#[tokio::test]
async fn a_named_origin_is_answered_on_every_route_before_any_token_is_asked_for() {
    let desk = Desk::with(&[ALLOWED]).await;
    let more = [("GET", "/api/there-is-none"), ("POST", "/api/mcp")];
    for (method, uri) in ROUTES.into_iter().chain(more) {
        for origin in [ELSEWHERE, "http://localhost:5173"] {
            let asked = desk.send(preflight(uri, method, origin)).await;

            assert_eq!(asked.status, StatusCode::NO_CONTENT, "{uri}");
            assert_allowed(&asked, origin, uri);
            let methods = asked.header("access-control-allow-methods");
            assert!(methods.split(", ").any(|known| known == method), "{uri}");
            let headers = asked.header("access-control-allow-headers");
            assert!(headers.contains("authorization") && headers.contains("content-type"));
        }
        for origin in [STRANGER, "null", "http://app.example.com", "*"] {
            let asked = desk.send(preflight(uri, method, origin)).await;

            assert_closed(&asked, uri);
            assert!(varies(&asked), "{uri}");
        }
    }
}

#[tokio::test]
async fn refusals_and_failures_can_be_read_by_a_named_origin_as_well() {
    let desk = Desk::with(&[ALLOWED]).await;
    let ann = desk.person("ann").await;
    let token = ann.token(NOW);
    let sent = |token: Option<&str>, method, uri: &str, body| {
        desk.send(from(ELSEWHERE, request(token, method, uri, body)))
    };
    let token = Some(token.as_str());
    let answers = [
        (sent(token, Method::GET, "/api/tasks", None).await, 200),
        (sent(None, Method::GET, "/api/tasks", None).await, 401),
        (sent(token, Method::GET, "/api/tasks/9", None).await, 404),
        (sent(token, Method::GET, "/api/nowhere", None).await, 404),
        (sent(token, Method::DELETE, "/api/tasks", None).await, 405),
        (
            sent(token, Method::POST, "/api/tasks", Some(json!([]))).await,
            422,
        ),
    ];

    for (answer, status) in answers {
        assert_eq!(answer.status.as_u16(), status, "{}", answer.body);
        assert_allowed(&answer, ELSEWHERE, &answer.body);
        let shown = answer.header("access-control-expose-headers");
        assert!(shown.contains("x-request-id"), "{shown}");
    }
    let client = desk.database.client().await;
    let gone = "drop schema public cascade; create schema public";
    client.batch_execute(gone).await.unwrap();
    let failed = sent(token, Method::GET, "/api/tasks", None).await;
    assert_eq!(failed.status, StatusCode::SERVICE_UNAVAILABLE);
    assert_allowed(&failed, ELSEWHERE, "a failure");
    let stranger = request(token, Method::GET, "/api/tasks", None);
    assert_closed(&desk.send(from(STRANGER, stranger)).await, "a stranger");
}

#[tokio::test]
async fn a_named_origin_may_sign_somebody_in_and_no_other_may() {
    let desk = Desk::with(&[ALLOWED, ("RATE_LIMIT_SIGN_UP", "off")]).await;
    let body = json!({"name": "Ann", "email": "ann@example.com", "password": "correct horse"});
    let sign_up = |origin| {
        let uri = "/api/auth/sign-up/email";
        let request = request(None, Method::POST, uri, Some(body.clone()));
        desk.send(from(origin, request))
    };

    let stranger = sign_up(STRANGER).await;
    let named = sign_up(ELSEWHERE).await;

    assert_eq!(stranger.status, StatusCode::FORBIDDEN);
    assert_eq!(stranger.code(), "INVALID_ORIGIN");
    assert_eq!(named.status, StatusCode::OK, "{}", named.body);
    assert_allowed(&named, ELSEWHERE, "sign-up");
}
