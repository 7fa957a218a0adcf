//! What a request becomes on its way to the function, and the answer on its way back.

use http_body_util::BodyExt;
use hyper::{Method, StatusCode};
use serde_json::{Value, json};

use crate::site::{Site, request};

async fn echo(site: &Site, path: &str, headers: &[(&str, &str)]) -> Value {
    let mut request = request(Method::POST, path, "hello");
    for (name, value) in headers {
        let name = hyper::header::HeaderName::from_bytes(name.as_bytes()).unwrap();
        request.headers_mut().insert(name, value.parse().unwrap());
    }
    let body = site.send(request).await.collect().await.unwrap();
    serde_json::from_slice(&body.to_bytes()).unwrap()
}

#[tokio::test]
async fn a_function_sees_the_original_path_and_the_parameters_of_the_rewrite() {
    let site = Site::new();

    let seen = echo(&site, "/api/ann/tasks?z=1", &[]).await;
    let claimed = echo(&site, "/api/ann/tasks?user=bob", &[]).await;

    assert_eq!(seen["uri"], "/api/ann/tasks?z=1&user=ann");
    assert_eq!(seen["method"], "POST");
    assert_eq!(seen["bytes"], 5);
    assert_eq!(claimed["uri"], "/api/ann/tasks?user=bob");
}

#[tokio::test]
async fn headers_about_the_client_are_the_gateways_own() {
    let site = Site::new();

    let seen = echo(
        &site,
        "/api/tasks",
        &[
            ("x-forwarded-for", "6.6.6.6"),
            ("x-forwarded-port", "1"),
            ("x-real-ip", "6.6.6.6"),
            ("x-vercel-internal-request-id", "1"),
            ("x-vercel-oidc-token", "mine"),
            ("authorization", "Bearer token"),
        ],
    )
    .await;

    let headers = &seen["headers"];
    assert_eq!(headers["x-forwarded-for"], "127.0.0.1");
    assert_eq!(headers["x-real-ip"], "127.0.0.1");
    assert_eq!(headers["x-forwarded-host"], "site.example");
    assert_eq!(headers["host"], "site.example");
    assert_eq!(headers["x-forwarded-proto"], "http");
    assert_eq!(headers["authorization"], "Bearer token");
    assert_eq!(headers["x-forwarded-port"], Value::Null);
    assert_eq!(headers["x-vercel-oidc-token"], Value::Null);
    assert_ne!(headers["x-vercel-internal-request-id"], "1");
}

#[tokio::test]
async fn a_function_gets_only_the_environment_it_was_given() {
    let site = Site::with(|options| {
        options.env = vec![("SECRET".to_owned(), "1".to_owned())];
    });

    let seen = echo(&site, "/api/tasks", &[]).await;

    let mut names: Vec<&str> = seen["env"]
        .as_array()
        .unwrap()
        .iter()
        .map(|name| name.as_str().unwrap())
        .collect();
    names.sort_unstable();
    let platform = [
        "LANG",
        "PATH",
        "SECRET",
        "TZ",
        "VERCEL",
        "VERCEL_DEV",
        "VERCEL_DEV_PORT",
        "VERCEL_IPC_PATH",
        "VERCEL_REGION",
    ];
    assert_eq!(names, platform);
}

#[tokio::test]
async fn configured_headers_are_added_and_the_functions_own_stay() {
    let site = Site::new();

    let own = site
        .send(request(Method::GET, "/api/tasks?do=cached", ""))
        .await;
    let plain = site.send(request(Method::GET, "/api/tasks", "")).await;
    let asset = site.send(request(Method::GET, "/assets/app.js", "")).await;

    assert_eq!(own.headers()["x-frame"], "none");
    assert_eq!(own.headers()["cache-control"], "private");
    assert_eq!(
        plain.headers()["cache-control"],
        "public, max-age=0, must-revalidate"
    );
    assert_eq!(asset.headers()["cache-control"], "immutable");
    assert_eq!(
        asset.headers()["content-type"],
        "text/javascript; charset=utf-8"
    );
    assert_ne!(own.headers()["x-vercel-id"], plain.headers()["x-vercel-id"]);
}

#[tokio::test]
async fn pages_are_files_and_what_is_nowhere_is_a_json_failure() {
    let site = Site::new();

    let (found, page) = site.get("/any/page").await;
    let (status, failure) = site.json("/assets/gone.js").await;

    assert_eq!((found, &page[..]), (StatusCode::OK, &b"<p>page</p>"[..]));
    assert_eq!(status, StatusCode::NOT_FOUND);
    assert_eq!(failure["code"], "route.unknown");
    assert_eq!(failure["title"], "Not Found");
    assert!(
        failure["request_id"]
            .as_str()
            .unwrap()
            .starts_with("dev1::")
    );
    assert_eq!(site.gateway.starts(), 0);
}

#[tokio::test]
async fn a_function_is_called_directly() {
    let site = Site::new();
    let call = hyper::Request::get("/somewhere?do=count").body(bytes::Bytes::new());

    let answer = site.gateway.invoke("slow", call.unwrap()).await.unwrap();
    let absent = hyper::Request::get("/").body(bytes::Bytes::new()).unwrap();
    let absent = site.gateway.invoke("gone", absent).await.unwrap_err();

    assert_eq!(answer.body(), &json!(1).to_string());
    assert_eq!(absent.to_string(), "there is no function gone");
}
