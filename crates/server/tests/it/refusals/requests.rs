//! Good and bad tokens in every place but the right one, on every route that asks for one.

use axum::body::Body;
use axum::http::{HeaderValue, Method, Request, header};
use protocol::ErrorCode::{
    self, TokenEncrypted, TokenInUrl, TokenMissing, TokenNotAJwt, TokenRepeated, UserMismatch,
};

use super::{code, good, process};

/// Every route that acts for somebody; `ann` is who the good token names.
const ROUTES: [(&str, &str); 16] = [
    ("GET", "/api/tasks"),
    ("POST", "/api/tasks"),
    ("GET", "/api/tasks/3"),
    ("PATCH", "/api/tasks/3"),
    ("DELETE", "/api/tasks/3"),
    ("GET", "/api/tasks/overview"),
    ("GET", "/api/tasks/changes"),
    ("POST", "/api/tasks/undo"),
    ("GET", "/api/ann/tasks"),
    ("POST", "/api/ann/tasks"),
    ("PATCH", "/api/ann/tasks/3/complete"),
    ("POST", "/api/chatkit"),
    ("POST", "/api/chat"),
    ("POST", "/api/ann/chat"),
    ("GET", "/api/runs/run_1/events"),
    ("POST", "/api/runs/run_1/stop"),
];

type Place = fn(&mut Request<Body>, &str);

fn authorize(request: &mut Request<Body>, value: &str) {
    let value = HeaderValue::from_str(value).unwrap();
    request.headers_mut().append(header::AUTHORIZATION, value);
}

fn with_query(request: &mut Request<Body>, query: &str) {
    let uri = format!("{}?{query}", request.uri().path());
    *request.uri_mut() = uri.parse().unwrap();
}

const PLACES: [(&str, Place, ErrorCode); 12] = [
    ("nowhere", |_, _| {}, TokenMissing),
    (
        "another scheme",
        |request, token| authorize(request, &format!("Basic {token}")),
        TokenMissing,
    ),
    (
        "no scheme",
        |request, token| authorize(request, token),
        TokenMissing,
    ),
    (
        "a scheme alone",
        |request, _| authorize(request, "Bearer"),
        TokenMissing,
    ),
    (
        "two headers",
        |request, token| {
            authorize(request, &format!("Bearer {token}"));
            authorize(request, &format!("Bearer {token}"));
        },
        TokenRepeated,
    ),
    (
        "a good and a bad one",
        |request, token| {
            authorize(request, &format!("Bearer {token}"));
            authorize(request, "Basic YW5uOmFubg==");
        },
        TokenRepeated,
    ),
    (
        "two in one header",
        |request, token| {
            authorize(request, &format!("Bearer {token}, Bearer {token}"));
        },
        TokenEncrypted,
    ),
    (
        "the address",
        |request, token| with_query(request, &format!("access_token={token}")),
        TokenInUrl,
    ),
    (
        "the address, escaped",
        |request, token| {
            authorize(request, &format!("Bearer {token}"));
            with_query(request, &format!("a=b&access%5Ftoken={token}"));
        },
        TokenInUrl,
    ),
    (
        "a cookie",
        |request, token| {
            let cookie = format!("better-auth.session_token={token}; token={token}; jwt={token}");
            request
                .headers_mut()
                .insert(header::COOKIE, cookie.parse().unwrap());
        },
        TokenMissing,
    ),
    (
        "headers of other systems",
        |request, token| {
            for name in [
                "x-access-token",
                "x-authorization",
                "proxy-authorization",
                "x-user-id",
            ] {
                request.headers_mut().insert(name, token.parse().unwrap());
            }
        },
        TokenMissing,
    ),
    (
        "a session token",
        |request, _| {
            authorize(request, "Bearer 0123456789abcdefghijklmnopqrstuv");
        },
        TokenNotAJwt,
    ),
];

/// FR-004, FR-013, SC-002.
#[tokio::test]
async fn every_route_refuses_a_token_in_the_wrong_place() {
    let process = process();
    for (method, uri) in ROUTES {
        for (name, place, expected) in PLACES {
            let mut request = Request::builder().method(method).uri(uri);
            request = request.header("content-type", "application/json");
            let mut request = request.body(Body::from("{}")).unwrap();
            place(&mut request, &good());

            let code = code(&process, request).await;

            assert_eq!(code, expected.as_str(), "{method} {uri}: {name}");
        }
    }
}

/// FR-006.
#[tokio::test]
async fn an_address_of_another_person_is_refused_before_the_database() {
    let process = process();
    for (method, uri) in ROUTES {
        let Some(rest) = uri.strip_prefix("/api/ann/") else {
            continue;
        };
        for other in ["bob", "Ann", "ann%00", "ann%20", "%61nnx", "undefined", "0"] {
            let mut request = Request::new(Body::from("{}"));
            *request.method_mut() = Method::from_bytes(method.as_bytes()).unwrap();
            *request.uri_mut() = format!("/api/{other}/{rest}").parse().unwrap();
            authorize(&mut request, &format!("Bearer {}", good()));

            assert_eq!(
                code(&process, request).await,
                UserMismatch.as_str(),
                "{other} {uri}"
            );
        }
    }
}
