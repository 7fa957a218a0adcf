//! How a person lets a program in, step by step.

mod attacks;
mod pages;
mod tokens;

use auth::{base64url, secret};
use axum::body::Body;
use axum::http::{Method, Request};
use serde_json::{Value, json};
use testing::{ORIGIN, Person};

use crate::desk::{Answer, Desk, SECRET, request};

const CALLBACK: &str = "https://client.example.com/callback";
const VERIFIER: &str = "a-verifier-of-at-least-forty-three-letters-0123";

/// The cookie of somebody who signed in.
fn cookie(person: &Person) -> String {
    let signed = auth::cookie::sign(&person.session.token, SECRET);
    format!(
        "better-auth.session_token={}",
        auth::cookie::encode(&signed)
    )
}

fn challenge() -> String {
    base64url::encode(secret::digest(VERIFIER))
}

fn form(path: &str, fields: &[(&str, &str)]) -> Request<Body> {
    let body = form_urlencoded::Serializer::new(String::new())
        .extend_pairs(fields)
        .finish();
    Request::post(path)
        .header("content-type", "application/x-www-form-urlencoded")
        .body(Body::from(body))
        .unwrap()
}

/// A client that registered, in a deployment of its own, with a person in front of it.
struct Stage {
    desk: Desk,
    ann: Person,
    client: String,
}

impl Stage {
    async fn new() -> Self {
        let desk = Desk::new().await;
        let ann = desk.person("ann").await;
        let client = register(&desk, CALLBACK).await;
        Self { desk, ann, client }
    }

    /// What a good client asks for.
    fn asking(&self) -> Vec<(&str, String)> {
        vec![
            ("response_type", "code".to_owned()),
            ("client_id", self.client.clone()),
            ("redirect_uri", CALLBACK.to_owned()),
            ("code_challenge", challenge()),
            ("code_challenge_method", "S256".to_owned()),
            ("state", "st at&e".to_owned()),
            ("scope", "tasks:read tasks:write offline_access".to_owned()),
            ("resource", format!("{ORIGIN}/api/mcp")),
            ("prompt", "consent".to_owned()),
        ]
    }

    /// The same with one parameter changed, or taken out by an empty one.
    fn asking_with(&self, name: &str, value: &str) -> String {
        let mut fields = self.asking();
        fields.retain(|(known, _)| *known != name);
        if !value.is_empty() {
            fields.push((name, value.to_owned()));
        }
        query(&fields)
    }

    async fn authorize(&self, query: &str, cookie: &str) -> Answer {
        let mut request = Request::get(format!("/api/auth/oauth2/authorize?{query}"));
        if !cookie.is_empty() {
            request = request.header("cookie", cookie);
        }
        self.desk.send(request.body(Body::empty()).unwrap()).await
    }

    async fn decide(&self, query: &str, fields: &[(&str, &str)]) -> Answer {
        let mut all = vec![("request", query)];
        all.extend(fields);
        let mut request = form("/api/auth/oauth2/consent", &all);
        let headers = request.headers_mut();
        headers.insert("origin", ORIGIN.parse().unwrap());
        headers.insert("cookie", cookie(&self.ann).parse().unwrap());
        self.desk.send(request).await
    }

    /// A code, once the person has agreed.
    async fn code(&self) -> String {
        let allowed = [("decision", "allow"), ("write", "on")];
        let answer = self.decide(&query(&self.asking()), &allowed).await;
        assert_eq!(answer.status, 303, "{}", answer.body);
        param(answer.header("location"), "code")
    }

    async fn exchange(&self, code: &str, change: &[(&str, &str)]) -> Answer {
        let mut fields = vec![
            ("grant_type", "authorization_code"),
            ("code", code),
            ("client_id", &self.client),
            ("redirect_uri", CALLBACK),
            ("code_verifier", VERIFIER),
        ];
        for (name, value) in change {
            fields.retain(|(known, _)| known != name);
            fields.push((name, value));
        }
        self.desk
            .send(form("/api/auth/oauth2/token", &fields))
            .await
    }

    async fn refresh(&self, token: &str) -> Answer {
        let fields = [
            ("grant_type", "refresh_token"),
            ("refresh_token", token),
            ("client_id", &self.client),
        ];
        self.desk
            .send(form("/api/auth/oauth2/token", &fields))
            .await
    }

    /// What comes of the refresh token among these.
    async fn refreshed(&self, tokens: &Value) -> Answer {
        self.refresh(tokens["refresh_token"].as_str().unwrap())
            .await
    }

    /// The programs that the person is told of.
    async fn grants(&self) -> Value {
        let list = (self.desk)
            .call(&self.ann, Method::GET, "/api/auth/grants", None)
            .await;
        list.json()["grants"].clone()
    }

    /// Everything up to the tokens.
    async fn tokens(&self) -> Value {
        let answer = self.exchange(&self.code().await, &[]).await;
        assert_eq!(answer.status, 200, "{}", answer.body);
        answer.json()
    }

    /// What `/api/mcp` says to a token: `ok`, or a code.
    async fn call(&self, token: &Value) -> String {
        let ping = json!({"jsonrpc": "2.0", "id": 1, "method": "tools/list"});
        let mut request = request(token.as_str(), Method::POST, "/api/mcp", Some(ping));
        let headers = request.headers_mut();
        let accept = "application/json, text/event-stream";
        headers.insert("accept", accept.parse().unwrap());
        headers.insert("host", "localhost:4000".parse().unwrap());
        let answer = self.desk.send(request).await;
        match answer.status.as_u16() {
            200 => "ok".to_owned(),
            _ => answer.code(),
        }
    }
}

async fn register(desk: &Desk, callback: &str) -> String {
    let body = json!({"redirect_uris": [callback], "client_name": "Test <client>"});
    let answer = desk
        .send(request(
            None,
            Method::POST,
            "/api/auth/oauth2/register",
            Some(body),
        ))
        .await;
    assert_eq!(answer.status, 201, "{}", answer.body);
    answer.json()["client_id"].as_str().unwrap().to_owned()
}

fn query(fields: &[(&str, String)]) -> String {
    form_urlencoded::Serializer::new(String::new())
        .extend_pairs(fields)
        .finish()
}

fn param(place: &str, name: &str) -> String {
    let (_, query) = place.split_once('?').unwrap_or_default();
    let found = form_urlencoded::parse(query.as_bytes()).find(|(known, _)| known == name);
    found
        .map(|(_, value)| value.into_owned())
        .unwrap_or_default()
}

/// FR-127.
#[tokio::test]
async fn a_program_finds_out_asks_and_comes_in() {
    let stage = Stage::new().await;
    let place = "/api/auth/.well-known/openid-configuration";
    let told = stage
        .desk
        .send(request(None, Method::GET, place, None))
        .await
        .json();
    assert_eq!(told["issuer"], format!("{ORIGIN}/api/auth"));
    assert_eq!(told["code_challenge_methods_supported"], json!(["S256"]));

    let page = stage
        .authorize(&query(&stage.asking()), &cookie(&stage.ann))
        .await;
    assert_eq!(page.status, 200, "{}", page.body);
    let allowed = [("decision", "allow"), ("write", "on")];
    let answer = stage.decide(&query(&stage.asking()), &allowed).await;
    let place = answer.header("location");
    assert!(place.starts_with(&format!("{CALLBACK}?code=")), "{place}");
    assert_eq!(param(place, "state"), "st at&e");
    assert_eq!(param(place, "iss"), format!("{ORIGIN}/api/auth"));
    let tokens = stage.exchange(&param(place, "code"), &[]).await;

    assert_eq!(tokens.header("cache-control"), "no-store");
    let tokens = tokens.json();
    assert_eq!(tokens["token_type"], "Bearer");
    assert_eq!(tokens["scope"], "tasks:read tasks:write");
    assert_eq!(stage.call(&tokens["access_token"]).await, "ok");
    let list = stage
        .desk
        .call(&stage.ann, Method::GET, "/api/auth/grants", None)
        .await
        .json();
    assert_eq!(list["grants"][0]["name"], "Test <client>");
    assert_eq!(list["grants"][0]["client_id"], stage.client.as_str());
}

#[tokio::test]
async fn a_person_who_says_no_lets_nobody_in() {
    let stage = Stage::new().await;

    let answer = stage
        .decide(&query(&stage.asking()), &[("decision", "deny")])
        .await;

    let place = answer.header("location");
    assert_eq!(param(place, "error"), "access_denied");
    assert_eq!(param(place, "state"), "st at&e");
    assert_eq!(param(place, "code"), "");
    let list = stage
        .desk
        .call(&stage.ann, Method::GET, "/api/auth/grants", None)
        .await;
    assert_eq!(list.json()["grants"], json!([]));
}

#[tokio::test]
async fn a_person_may_give_less_than_was_asked_for() {
    let stage = Stage::new().await;

    let answer = stage
        .decide(&query(&stage.asking()), &[("decision", "allow")])
        .await;
    let code = param(answer.header("location"), "code");
    let tokens = stage.exchange(&code, &[]).await.json();

    assert_eq!(tokens["scope"], "tasks:read");
}

/// The log of changes and the list of programs: the grant is gone, and with it every token.
#[tokio::test]
async fn a_client_that_was_shut_out_is_refused_at_its_next_call() {
    let stage = Stage::new().await;
    let tokens = stage.tokens().await;
    let list = stage
        .desk
        .call(&stage.ann, Method::GET, "/api/auth/grants", None)
        .await
        .json();
    let id = list["grants"][0]["id"].as_str().unwrap();

    let place = format!("/api/auth/grants/{id}");
    stage
        .desk
        .call(&stage.ann, Method::DELETE, &place, None)
        .await;

    assert_eq!(stage.call(&tokens["access_token"]).await, "session.ended");
    let refreshed = stage
        .refresh(tokens["refresh_token"].as_str().unwrap())
        .await;
    assert_eq!(refreshed.json()["error"], "invalid_grant");
}
