//! Failures: always JSON, always with a code, never with a cause.

use axum::body::Body;
use axum::http::{Method, Request, StatusCode};
use server::{Config, Fault, routes, service};

use testing::NOW;
use tower::ServiceExt;

use crate::desk::{Answer, Desk, request};

/// Every address with a method it takes; those after the first four need a token.
pub(crate) const ROUTES: [(&str, &str); 29] = [
    ("GET", "/api/health"),
    ("GET", "/api/ready"),
    ("GET", "/api/auth/ok"),
    ("GET", "/api/auth/jwks"),
    ("GET", "/api/tasks"),
    ("POST", "/api/tasks"),
    ("GET", "/api/tasks/1"),
    ("PATCH", "/api/tasks/1"),
    ("DELETE", "/api/tasks/1"),
    ("POST", "/api/tasks/1/restore"),
    ("GET", "/api/tasks/changes"),
    ("GET", "/api/tasks/activity"),
    ("GET", "/api/tasks/overview"),
    ("POST", "/api/tasks/undo"),
    ("POST", "/api/tasks/move"),
    ("GET", "/api/ann/tasks"),
    ("POST", "/api/ann/tasks"),
    ("GET", "/api/ann/tasks/1"),
    ("PUT", "/api/ann/tasks/1"),
    ("DELETE", "/api/ann/tasks/1"),
    ("PATCH", "/api/ann/tasks/1/complete"),
    ("POST", "/api/chatkit"),
    ("POST", "/api/chat"),
    ("POST", "/api/ann/chat"),
    ("GET", "/api/runs?thread_id=thr_1"),
    ("GET", "/api/runs"),
    ("GET", "/api/runs/run_1/events"),
    ("POST", "/api/runs/run_1/stop"),
    ("GET", "/api/auth/token"),
];

fn assert_problem(answer: &Answer, status: u16, code: &str, place: &str) {
    assert_eq!(answer.status.as_u16(), status, "{place}");
    assert_eq!(answer.header("content-type"), "application/problem+json");
    let body = answer.json();
    assert_eq!(body["code"], code, "{place}");
    assert_eq!(body["status"], status);
    assert!(body["message"].as_str().unwrap().ends_with('.'), "{body}");
    assert_eq!(body["request_id"], answer.header("x-request-id"));
}

/// FR-004, SC-002.
#[tokio::test]
async fn without_a_token_nothing_is_reached() {
    let desk = Desk::new().await;
    for (method, uri) in &ROUTES[4..28] {
        let method: Method = method.parse().unwrap();

        let refused = desk.send(request(None, method, uri, None)).await;

        assert_problem(&refused, 401, "token.missing", uri);
        assert_eq!(
            refused.header("www-authenticate"),
            "Bearer realm=\"latchwork\""
        );
    }
}

/// FR-009.
#[tokio::test]
async fn tokens_that_prove_nothing_are_refused_by_name() {
    let desk = Desk::new().await;
    let ann = desk.person("ann").await;
    let good = ann.token(NOW);
    let old = ann.token(NOW.plus_seconds(-4000));
    // The same claims with the signature of others.
    let claims = good.rsplit_once('.').unwrap().0;
    let signature = old.rsplit_once('.').unwrap().1;
    let forged = format!("{claims}.{signature}");
    for (header, code) in [
        (format!("Bearer {}", ann.session.token), "token.not_a_jwt"),
        ("Bearer a.b.c".to_owned(), "token.malformed"),
        (format!("Bearer {old}"), "token.expired"),
        (format!("Bearer {forged}"), "token.signature"),
        ("Basic YW5uOnB3".to_owned(), "token.missing"),
        (good.clone(), "token.missing"),
        ("Bearer".to_owned(), "token.missing"),
    ] {
        let request = Request::get("/api/tasks")
            .header("authorization", &header)
            .body(Body::empty())
            .unwrap();

        let refused = desk.send(request).await;

        assert_problem(&refused, 401, code, &header);
        let challenge = refused.header("www-authenticate").to_owned();
        if code == "token.missing" {
            assert_eq!(challenge, "Bearer realm=\"latchwork\"");
        } else {
            let message = refused.json()["message"].as_str().unwrap().to_owned();
            assert_eq!(
                challenge,
                format!(
                    "Bearer realm=\"latchwork\", error=\"invalid_token\", \
                     error_description=\"{message}\""
                )
            );
        }
    }
    let twice = Request::get("/api/tasks")
        .header("authorization", format!("Bearer {good}"))
        .header("authorization", "Bearer other")
        .body(Body::empty())
        .unwrap();
    let twice = desk.send(twice).await;
    assert_problem(&twice, 400, "token.repeated", "twice");
    assert!(
        twice
            .header("www-authenticate")
            .contains("error=\"invalid_request\"")
    );
    for uri in [
        format!("/api/tasks?access_token={good}"),
        "/api/tasks?x=1&access%5Ftoken=a".to_owned(),
    ] {
        let in_url = desk
            .send(request(Some(&good), Method::GET, &uri, None))
            .await;
        assert_problem(&in_url, 400, "token.in_url", "in the address");
    }
    let lower = Request::get("/api/tasks")
        .header("authorization", format!("bearer {good}"))
        .body(Body::empty())
        .unwrap();
    assert_eq!(desk.send(lower).await.status, StatusCode::OK);
}

#[tokio::test]
async fn unknown_addresses_and_methods_are_named() {
    let desk = Desk::new().await;
    for uri in ["/api/nothing", "/api/auth/nothing", "/api/tasks/1/2/3", "/"] {
        let refused = desk.send(request(None, Method::GET, uri, None)).await;
        assert_problem(&refused, 404, "route.unknown", uri);
    }
    for (uri, allowed) in [
        ("/api/health", "GET,HEAD"),
        ("/api/tasks", "GET,HEAD,POST"),
        ("/api/chatkit", "POST"),
    ] {
        let refused = desk.send(request(None, Method::PUT, uri, None)).await;
        assert_problem(&refused, 405, "method.not_allowed", uri);
        assert_eq!(refused.header("allow"), allowed);
    }
}

#[tokio::test]
async fn unreadable_bodies_are_refused_with_their_place() {
    let desk = Desk::new().await;
    let token = desk.person("ann").await.token(NOW);
    let post = async |kind: &str, body: Vec<u8>| {
        let request = Request::post("/api/tasks")
            .header("authorization", format!("Bearer {token}"))
            .header("content-type", kind)
            .body(Body::from(body))
            .unwrap();
        desk.send(request).await
    };
    let json = "application/json; charset=utf-8";

    let broken = post(json, b"{\"title\":\n  oops}".to_vec()).await;
    assert_problem(&broken, 400, "request.malformed", "broken");
    assert!(broken.body.contains("line 2, column 3"), "{}", broken.body);
    let bytes = post(json, b"{\"title\": \"\xff\"}".to_vec()).await;
    assert_problem(&bytes, 400, "request.malformed", "not UTF-8");
    let empty = post(json, Vec::new()).await;
    assert_problem(&empty, 400, "request.malformed", "empty");
    let form = post("text/plain", b"{}".to_vec()).await;
    assert_problem(&form, 415, "request.media_type", "plain");
    let huge = post(json, vec![b' '; 1024 * 1024 + 1]).await;
    assert_problem(&huge, 413, "request.too_large", "huge");
}

/// FR-010.
#[tokio::test]
async fn a_deployment_that_is_not_set_up_names_what_is_missing() {
    let faults: Result<_, Vec<Fault>> = Err(Config::read(&|_| None).err().unwrap());
    let service = service(routes::all(), faults);
    for (method, uri) in ROUTES {
        let request = request(None, method.parse().unwrap(), uri, None);

        let response = service.clone().oneshot(request).await.unwrap();

        assert_eq!(response.status(), StatusCode::SERVICE_UNAVAILABLE, "{uri}");
        let body = axum::body::to_bytes(response.into_body(), 10_000)
            .await
            .unwrap();
        let body: serde_json::Value = serde_json::from_slice(&body).unwrap();
        assert_eq!(body["code"], "config.invalid");
        for variable in ["DATABASE_URL", "BETTER_AUTH_SECRET", "BETTER_AUTH_URL"] {
            assert!(
                body["message"].as_str().unwrap().contains(variable),
                "{body}"
            );
        }
    }
}

#[tokio::test]
async fn a_database_that_is_away_is_said_to_be_and_nothing_more() {
    let service = crate::desk::serve("postgres://ann:hunter2@127.0.0.1:1/nowhere");
    let ask = async |uri: &str| {
        let request = request(None, Method::GET, uri, None);
        let response = service.clone().oneshot(request).await.unwrap();
        let status = response.status();
        let body = axum::body::to_bytes(response.into_body(), 10_000)
            .await
            .unwrap();
        (status.as_u16(), String::from_utf8(body.to_vec()).unwrap())
    };

    let (status, body) = ask("/api/ready").await;
    assert_eq!(status, 503);
    assert!(body.contains("database.unavailable"), "{body}");
    assert!(!body.contains("hunter2") && !body.contains("127.0.0.1"));
    assert_eq!(ask("/api/health").await.0, 200);
    // Nonsense is refused without asking the database.
    assert_eq!(ask("/api/tasks").await.0, 401);
}

#[tokio::test]
async fn a_database_without_tables_is_said_to_be_behind() {
    let desk = Desk::new().await;
    let client = desk.database.client().await;
    client
        .batch_execute("drop schema public cascade; create schema public")
        .await
        .unwrap();

    let ready = desk
        .send(request(None, Method::GET, "/api/ready", None))
        .await;
    let keys = desk
        .send(request(None, Method::GET, "/api/auth/jwks", None))
        .await;

    assert_eq!(ready.status, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(ready.json()["schema"], "behind");
    assert_problem(&keys, 503, "database.schema", "keys");
}

/// A newer build has migrated: what it added is in nobody's way, and what it took away is missed
/// by the code that says so.
#[tokio::test]
async fn a_newer_schema_serves_this_build_until_it_lacks_something() {
    let desk = Desk::new().await;
    let client = desk.database.client().await;
    client
        .batch_execute(
            "insert into latchwork_migrations values (9999, '9999_future', 'x');
            alter table tasks add column colour text",
        )
        .await
        .unwrap();
    let ask = async |path: &str| desk.send(request(None, Method::GET, path, None)).await;

    let ready = ask("/api/ready").await;
    let keys = ask("/api/auth/jwks").await;
    client
        .batch_execute("alter table jwks rename to keys")
        .await
        .unwrap();
    // Another process, which remembers no key.
    let contracted = crate::desk::serve(&desk.database.url)
        .oneshot(request(None, Method::GET, "/api/auth/jwks", None))
        .await
        .unwrap();
    let status = contracted.status();
    let body = axum::body::to_bytes(contracted.into_body(), 10_000).await;

    assert_eq!(ready.status, StatusCode::OK);
    assert_eq!(ready.json()["schema"], "ahead");
    assert_eq!(keys.status, StatusCode::OK);
    assert_eq!(status, StatusCode::SERVICE_UNAVAILABLE);
    let body = String::from_utf8(body.unwrap().to_vec()).unwrap();
    assert!(body.contains("database.schema"), "{body}");
}

/// SC-006.
#[tokio::test]
async fn a_wall_that_stands_open_is_told_of() {
    let desk = Desk::new().await;
    let ready = async |url: &str| {
        let request = request(None, Method::GET, "/api/ready", None);
        let response = crate::desk::serve(url).oneshot(request).await.unwrap();
        let body = axum::body::to_bytes(response.into_body(), 10_000).await;
        serde_json::from_slice::<serde_json::Value>(&body.unwrap()).unwrap()
    };

    let functions = ready(&desk.database.url).await;
    let owner = ready(&desk.database.owner_url).await;

    assert_eq!(functions.get("warnings"), None, "{functions}");
    let warning = owner["warnings"][0].as_str().unwrap();
    assert!(warning.starts_with("Row-level security stands open"));
    assert!(!warning.contains("postgres"), "{warning}");
    assert_eq!(owner["schema"], "current");
}
