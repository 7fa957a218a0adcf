//! The failure lab: each of its failures is a real one, and there is none where it is not asked
//! for.

use std::net::{Ipv4Addr, SocketAddr};

use http_body_util::BodyExt;
use hyper::body::Incoming;
use hyper::{Method, Request, Response, StatusCode};
use serde_json::{Value, json};

use crate::site::{Body, Site, request};
use crate::streams::open_request;

fn with_lab() -> Site {
    Site::with(|options| options.lab = true)
}

fn with_header(mut request: Request<Body>, name: &'static str) -> Request<Body> {
    request.headers_mut().insert(name, "1".parse().unwrap());
    request
}

/// As the bar on the page asks.
fn wish(path: &str) -> Request<Body> {
    with_header(request(Method::POST, path, "{}"), "x-failure-lab")
}

async fn json_of(answer: Response<Incoming>) -> Value {
    assert_eq!(answer.status(), StatusCode::OK);
    let body = answer.into_body().collect().await.unwrap().to_bytes();
    serde_json::from_slice(&body).unwrap()
}

#[tokio::test]
async fn there_is_no_lab_unless_it_is_asked_for_and_the_site_is_this_machines_own() {
    let everywhere = |options: &mut gateway::Options| {
        options.lab = true;
        options.listen = SocketAddr::from((Ipv4Addr::UNSPECIFIED, 0));
    };
    for site in [Site::new(), Site::with(everywhere)] {
        let (_, page) = site.get("/").await;
        let (script, _) = site.get("/_lab/panel.js").await;
        let answer = site.send(wish("/_lab/kill")).await;

        assert_eq!(page, "<p>page</p>");
        assert_eq!(script, StatusCode::NOT_FOUND);
        assert_eq!(answer.status(), StatusCode::METHOD_NOT_ALLOWED);
    }
}

#[tokio::test]
async fn the_bar_is_on_the_page_and_another_site_cannot_use_it() {
    let site = with_lab();
    let page = site.folder.path().join("dist/index.html");
    std::fs::write(page, "<head></head><p>page</p>").unwrap();

    let (_, page) = site.get("/deep/er").await;
    let (script, _) = site.get("/_lab/panel.js").await;
    let strange = request(Method::POST, "/_lab/kill", "{}");
    let answer = site.send(strange).await;

    let page = str::from_utf8(&page).unwrap();
    assert!(page.contains("src=\"/_lab/panel.js\""), "{page}");
    assert_eq!(script, StatusCode::OK);
    assert_eq!(answer.status(), StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn what_serves_a_request_is_killed_and_nothing_else() {
    let site = with_lab();
    site.json("/api/tasks?do=count").await;
    let idle = site.gateway.pids();
    let (sender, request) = open_request("/api/chat?do=mirror");
    let mut answer = site.send(request).await;
    sender.send("one").await.unwrap();
    answer.frame().await.unwrap().unwrap();

    let killed = json_of(site.send(wish("/_lab/kill")).await).await;
    let rest = answer.frame().await.unwrap();
    // The list is brought up to date a moment after the end itself.
    while site.gateway.pids() != idle {}
    let all = json_of(site.send(wish("/_lab/kill")).await).await;

    assert_eq!(killed, json!({"killed": 1}));
    assert!(rest.is_err());
    assert_eq!(all, json!({"killed": 1}));
    while !site.gateway.pids().is_empty() {}
}

#[tokio::test]
async fn an_outage_cuts_what_goes_on_and_lets_nothing_in() {
    let site = with_lab();
    let (sender, request) = open_request("/api/chat?do=mirror");
    let mut answer = site.send(request).await;
    sender.send("one").await.unwrap();
    answer.frame().await.unwrap().unwrap();

    let anything = || site.try_send(crate::site::request(Method::GET, "/", ""));
    {
        let outage = site.send(wish("/_lab/drop?seconds=60"));
        tokio::pin!(outage);
        tokio::select! {
            _ = &mut outage => panic!("it was over at once"),
            rest = answer.frame() => assert!(rest.unwrap().is_err()),
        }
        tokio::select! {
            _ = &mut outage => panic!("it was over at once"),
            answer = anything() => assert!(answer.is_err()),
        }
    }
    // Nobody waits for its end any more, which ends it.
    while anything().await.is_err() {}
}

#[tokio::test]
async fn the_end_of_an_outage_is_told() {
    let site = with_lab();

    let ended = site.send(wish("/_lab/drop?seconds=0")).await;

    assert_eq!(json_of(ended).await, json!({"seconds": 0}));
    let (status, _) = site.get("/").await;
    assert_eq!(status, StatusCode::OK);
}

#[tokio::test]
async fn the_next_change_reaches_its_function_twice() {
    let site = with_lab();
    let doubled = site.send(wish("/_lab/duplicate"));
    let mut changes = 0;
    // Until the wish was heard, a change goes out once.
    let change = async || {
        let change = request(Method::POST, "/api/tasks?do=count", "{}");
        site.send(with_header(change, "idempotency-key")).await
    };
    tokio::pin!(doubled);

    let seen = loop {
        tokio::select! {
            biased;
            seen = &mut doubled => break seen,
            answer = change() => {
                assert_eq!(answer.status(), StatusCode::OK);
                changes += 1;
            }
        }
    };

    let seen = json_of(seen).await;
    assert_eq!(seen, json!({"path": "/api/tasks", "statuses": [200, 200]}));
    let (_, count) = site.json("/api/tasks?do=count").await;
    assert!(count.as_u64().unwrap() >= changes + 2, "{count} {changes}");
}
