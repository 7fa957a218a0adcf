//! A deployment to send requests to.

use std::cell::Cell;

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Method, Request, StatusCode};
use http_body_util::BodyExt;
use protocol::Timestamp;
use serde_json::Value;
use server::{App, Config, Times, routes, service};
use store::keys::{self, KeyRow};
use testing::{Database, NOW, ORIGIN, Person, signer};
use tower::ServiceExt;

pub(crate) const SECRET: &str = "tI9f3kQ0vB7mZx2LwR8sYc5HdN1pJ6aE";

pub(crate) struct Desk {
    pub(crate) database: Database,
    service: Router,
}

pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: String,
}

impl Answer {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.body))
    }

    pub(crate) fn code(&self) -> String {
        self.json()["code"].as_str().unwrap_or_default().to_owned()
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .map_or("", |value| value.to_str().unwrap())
    }

    pub(crate) fn cookies(&self) -> Vec<&str> {
        let lines = self.headers.get_all("set-cookie").iter();
        lines.map(|line| line.to_str().unwrap()).collect()
    }

    /// The `Cookie` header that a browser would send next.
    pub(crate) fn cookie(&self) -> String {
        let pairs = self.cookies().into_iter().map(|line| {
            let (pair, _) = line.split_once(';').unwrap();
            pair.to_owned()
        });
        pairs.collect::<Vec<_>>().join("; ")
    }
}

thread_local! {
    /// Seconds since `NOW` on the clock of a test; each has a thread to itself.
    static PASSED: Cell<i64> = const { Cell::new(0) };
}

/// Lets time pass for the deployment.
pub(crate) fn pass(seconds: i64) {
    PASSED.set(PASSED.get() + seconds);
}

pub(crate) fn now() -> Timestamp {
    NOW.plus_seconds(PASSED.get())
}

impl Desk {
    pub(crate) async fn new() -> Self {
        Self::with(&[]).await
    }

    /// A deployment with further variables.
    pub(crate) async fn with(variables: &[(&str, &str)]) -> Self {
        let database = Database::new().await;
        // The key that signs the tokens of tests, as if this deployment had made it.
        let row = KeyRow {
            id: "test-key".to_owned(),
            public_key: signer().public_jwk(),
            private_key: signer().private_column(SECRET, [0; 24]),
        };
        keys::insert_first(&database.db, &row, NOW).await.unwrap();
        let url = database.url.clone();
        Self {
            service: serve_with(&url, variables),
            database,
        }
    }

    /// The same deployment with other settings.
    pub(crate) fn set(&mut self, variables: &[(&str, &str)]) {
        self.service = serve_with(&self.database.url, variables);
    }

    /// The same deployment in other times.
    pub(crate) fn within(&mut self, times: Times) {
        self.service = serve_within(&self.database.url, &[], times);
    }

    pub(crate) async fn person(&self, name: &str) -> Person {
        Person::sign_up(&self.database.db, name).await
    }

    pub(crate) async fn send(&self, request: Request<Body>) -> Answer {
        let response = self.service.clone().oneshot(request).await.unwrap();
        let (head, body) = response.into_parts();
        let bytes = body.collect().await.unwrap().to_bytes();
        Answer {
            status: head.status,
            headers: head.headers,
            body: String::from_utf8(bytes.to_vec()).unwrap(),
        }
    }

    /// The same deployment at an address, for as long as the runtime of the test lives.
    pub(crate) async fn listen(&self) -> String {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let service = self.service.clone();
        tokio::spawn(async move { axum::serve(listener, service).await });
        format!("http://{address}")
    }

    /// The body of an answer that is no text.
    pub(crate) async fn bytes(&self, request: Request<Body>) -> Vec<u8> {
        let response = self.service.clone().oneshot(request).await.unwrap();
        let body = response.into_body().collect().await.unwrap();
        body.to_bytes().to_vec()
    }

    /// A request with a token and, perhaps, a JSON body.
    pub(crate) async fn call(
        &self,
        person: &Person,
        method: Method,
        uri: &str,
        body: Option<Value>,
    ) -> Answer {
        self.send(request(Some(&person.token(NOW)), method, uri, body))
            .await
    }
}

/// A fresh process: nothing is remembered from requests before.
pub(crate) fn serve(database_url: &str) -> Router {
    serve_with(database_url, &[])
}

/// The same, with further settings.
pub(crate) fn serve_with(database_url: &str, variables: &[(&str, &str)]) -> Router {
    serve_within(database_url, variables, Times::default())
}

fn serve_within(database_url: &str, variables: &[(&str, &str)], times: Times) -> Router {
    let standard = [
        ("DATABASE_URL", database_url),
        ("BETTER_AUTH_SECRET", SECRET),
        ("BETTER_AUTH_URL", ORIGIN),
    ];
    let config = Config::read(&|name| {
        let mut all = variables.iter().chain(&standard);
        let found = all.find(|(known, _)| *known == name);
        found.map(|(_, value)| (*value).to_owned())
    });
    service(
        routes::all(),
        config.and_then(|config| Ok(App::new(config, now)?.within(times))),
    )
}

pub(crate) fn request(
    token: Option<&str>,
    method: Method,
    uri: &str,
    body: Option<Value>,
) -> Request<Body> {
    let mut request = Request::builder().method(method).uri(uri);
    if let Some(token) = token {
        request = request.header("authorization", format!("Bearer {token}"));
    }
    let body = match body {
        Some(body) => {
            request = request.header("content-type", "application/json");
            Body::from(body.to_string())
        }
        None => Body::empty(),
    };
    request.body(body).unwrap()
}

/// A request of the page itself, with a cookie.
pub(crate) fn from_page(
    method: Method,
    uri: &str,
    cookie: &str,
    body: Option<Value>,
) -> Request<Body> {
    let mut request = request(None, method, uri, body);
    let headers = request.headers_mut();
    headers.insert("origin", ORIGIN.parse().unwrap());
    if !cookie.is_empty() {
        headers.insert("cookie", cookie.parse().unwrap());
    }
    request
}
