//! A deployment on this machine, and somebody who uses it.

#[path = "../shared/site.rs"]
mod shared;

use gateway::Options;
use reqwest::{Method, RequestBuilder, StatusCode};
use serde_json::{Value, json};
pub(crate) use shared::{SECRET, Site, options};
use testing::Database;

impl Site {
    /// Every request gets a process of its own.
    pub(crate) fn cold(database_url: &str) -> Self {
        Self::start(database_url, true)
    }

    pub(crate) fn start(database_url: &str, cold: bool) -> Self {
        Self::start_with(database_url, |options| Options {
            cold: cold || options.cold,
            ..options
        })
    }

    pub(crate) fn request(&self, method: Method, path: &str) -> RequestBuilder {
        testing::client().request(method, format!("{}{path}", self.url))
    }

    pub(crate) async fn get(&self, path: &str) -> (StatusCode, Value) {
        answer(self.request(Method::GET, path)).await
    }

    pub(crate) async fn sign_up(&self, name: &str) -> Person<'_> {
        let body = json!({
            "name": name,
            "email": format!("{name}@example.com"),
            "password": "correct horse",
        });
        self.enter("/api/auth/sign-up/email", &body).await
    }

    pub(crate) async fn sign_in(&self, name: &str) -> Person<'_> {
        let body = json!({"email": format!("{name}@example.com"), "password": "correct horse"});
        self.enter("/api/auth/sign-in/email", &body).await
    }

    async fn enter(&self, path: &str, body: &Value) -> Person<'_> {
        let response = with(self.request(Method::POST, path), body)
            .header("origin", &self.url)
            .send()
            .await
            .unwrap();
        assert_eq!(response.status(), StatusCode::OK);
        let cookie = response.headers()["set-cookie"].to_str().unwrap();
        let cookie = cookie.split(';').next().unwrap();
        let token = self
            .request(Method::GET, "/api/auth/token")
            .header("cookie", cookie);
        let (_, body) = answer(token).await;
        Person {
            site: self,
            token: body["token"].as_str().unwrap().to_owned(),
        }
    }
}

pub(crate) fn with(request: RequestBuilder, body: &Value) -> RequestBuilder {
    request
        .header("content-type", "application/json")
        .body(body.to_string())
}

pub(crate) async fn answer(request: RequestBuilder) -> (StatusCode, Value) {
    let response = request.send().await.unwrap();
    let status = response.status();
    let text = response.text().await.unwrap();
    let body = serde_json::from_str(&text).unwrap_or_else(|error| panic!("{error}: {text}"));
    (status, body)
}

/// Somebody who is signed in.
pub(crate) struct Person<'a> {
    pub(crate) site: &'a Site,
    pub(crate) token: String,
}

impl Person<'_> {
    pub(crate) fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.site.request(method, path).bearer_auth(&self.token)
    }

    pub(crate) async fn get(&self, path: &str) -> Value {
        answer(self.request(Method::GET, path)).await.1
    }

    pub(crate) async fn post(&self, path: &str, body: &Value) -> (StatusCode, Value) {
        answer(with(self.request(Method::POST, path), body)).await
    }

    /// One question by the contract's simple form.
    pub(crate) async fn ask(&self, conversation: &mut Value, message: &str) -> String {
        let body = json!({"conversation_id": conversation, "message": message});
        let (status, answer) = self.post("/api/chat", &body).await;
        assert_eq!(status, StatusCode::OK, "{answer}");
        *conversation = answer["conversation_id"].clone();
        answer["response"].as_str().unwrap().to_owned()
    }

    /// Titles of the tasks of a status.
    pub(crate) async fn titles(&self, status: &str) -> Vec<String> {
        let list = self.get(&format!("/api/tasks?status={status}")).await;
        let tasks = list["tasks"].as_array().unwrap().iter();
        tasks
            .map(|task| task["title"].as_str().unwrap().to_owned())
            .collect()
    }
}

/// A deployment with a database of its own.
pub(crate) async fn cold() -> (Database, Site) {
    let database = Database::new().await;
    let site = Site::cold(&database.url);
    (database, site)
}
