//! Functions that give no answer, and sites that cannot be served.

use std::fs;

use bytes::Bytes;
use gateway::{Gateway, Level, Options};
use http_body_util::{BodyExt, Full};
use hyper::{Method, Request, StatusCode};
use serde_json::json;

use crate::site::{Site, request};
use crate::streams::open_request;

async fn failure(site: &Site, path: &str) -> (StatusCode, String) {
    let response = site.send(request(Method::GET, path, "")).await;
    let status = response.status();
    let name = response.headers()["x-vercel-error"].to_str().unwrap();
    let name = name.to_owned();
    assert_eq!(
        response.headers()["content-type"],
        "application/problem+json"
    );
    let body = response.collect().await.unwrap().to_bytes();
    let body: serde_json::Value = serde_json::from_slice(&body).unwrap();
    assert_eq!(body["status"], status.as_u16());
    assert_eq!(body["code"], "internal");
    (status, name)
}

#[tokio::test]
async fn a_function_that_dies_is_a_bad_gateway_and_is_started_again() {
    let site = Site::new();

    let died = failure(&site, "/api/tasks?do=die").await;
    let (_, count) = site.json("/api/tasks?do=count").await;

    let expected = "FUNCTION_INVOCATION_FAILED".to_owned();
    assert_eq!(died, (StatusCode::BAD_GATEWAY, expected));
    assert_eq!(count, json!(1));
}

#[tokio::test]
async fn a_panic_costs_its_own_request_only() {
    let site = Site::new();
    site.json("/api/tasks?do=count").await;

    let (status, _) = failure(&site, "/api/tasks?do=panic").await;
    let (_, count) = site.json("/api/tasks?do=count").await;

    assert_eq!(status, StatusCode::BAD_GATEWAY);
    assert_eq!(count, json!(2));
}

#[tokio::test]
async fn a_function_over_its_time_is_killed() {
    let site = Site::new();

    let slow = failure(&site, "/api/slow?do=hang").await;

    let expected = "FUNCTION_INVOCATION_TIMEOUT".to_owned();
    assert_eq!(slow, (StatusCode::GATEWAY_TIMEOUT, expected));
    let said = site.logged(|line| line.level == Level::Gateway);
    assert!(said.text.contains("maxDuration"), "{}", said.text);
}

#[tokio::test]
async fn a_function_that_cannot_start_tells_why() {
    let site = Site::with(|options| {
        options.env = vec![("FAIL_AT_START".to_owned(), "1".to_owned())];
    });

    let (status, _) = failure(&site, "/api/tasks").await;

    assert_eq!(status, StatusCode::BAD_GATEWAY);
    let mut said = [site.logged(|_| true).text, site.logged(|_| true).text];
    said.sort_unstable();
    assert_eq!(
        said,
        [
            "FAIL_AT_START is set",
            "it ended before it listened (exit status: 3)"
        ]
    );
}

#[tokio::test]
async fn a_binary_that_was_not_built_is_named() {
    let site = Site::new();

    let (status, _) = failure(&site, "/api/unbuilt").await;

    assert_eq!(status, StatusCode::BAD_GATEWAY);
    let said = site.logged(|line| line.function == "unbuilt").text;
    assert!(said.contains("no-such-binary; `cargo build`"), "{said}");
}

#[tokio::test]
async fn too_much_is_refused_before_the_function_has_it() {
    let site = Site::new();
    let body = Full::new(Bytes::from(vec![0; 5_000_000]));
    let (head, _) = request(Method::POST, "/api/tasks", "").into_parts();
    let body = body.map_err(|never| match never {}).boxed();

    let response = site.send(Request::from_parts(head, body)).await;

    assert_eq!(response.status(), StatusCode::PAYLOAD_TOO_LARGE);
    assert_eq!(site.gateway.starts(), 0);
}

#[tokio::test]
async fn too_much_is_refused_when_it_was_not_announced() {
    let site = Site::new();
    let (sender, request) = open_request("/api/tasks");
    let quarter: &str = "a".repeat(4_718_592 / 4).leak();

    let (response, ()) = tokio::join!(site.send(request), async {
        for text in [quarter, quarter, quarter, quarter, "b"] {
            sender.send(text).await.unwrap();
        }
    });

    assert_eq!(response.status(), StatusCode::PAYLOAD_TOO_LARGE);
}

#[test]
fn a_port_in_use_is_named() {
    let site = Site::new();
    let mut options = Options::new(site.folder.path(), "");
    options.listen = site.gateway.address();

    let error = Gateway::start(options).err().unwrap();

    let port = site.gateway.address().port();
    assert_eq!(error.to_string(), format!("the port {port} is in use"));
}

#[test]
fn a_project_that_would_be_served_otherwise_than_deployed_is_refused() {
    for (file, text, reason) in [
        ("vercel.json", "{", "EOF"),
        (
            "vercel.json",
            r#"{"outputDirectory": "o", "redirects": []}"#,
            "unknown field `redirects`",
        ),
        (
            "vercel.json",
            r#"{"outputDirectory": "o", "rewrites": [{"source": "/(", "destination": "/"}]}"#,
            "the source /(: a `(` is not closed",
        ),
        ("api/[id].rs", "", "use a rewrite"),
    ] {
        let site = Site::new();
        fs::write(site.folder.path().join(file), text).unwrap();

        let error = Gateway::start(Options::new(site.folder.path(), ""))
            .err()
            .unwrap();

        let error = error.to_string();
        assert!(error.contains(reason), "{error}");
    }
}
