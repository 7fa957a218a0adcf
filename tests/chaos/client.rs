//! A client as it should be: it repeats what was not answered, under the same key, and follows a
//! turn until that has ended.

use std::time::Duration;

use gateway::Gateway;
use reqwest::{Method, RequestBuilder, Response};
use serde_json::{Value, json};

/// Somebody with a client.
pub(crate) struct Client<'a> {
    /// Any of these may answer; `pick` says which is asked next.
    pub(crate) sites: &'a [Gateway],
    pub(crate) token: String,
    pub(crate) http: reqwest::Client,
    asked: usize,
}

/// What a client knows of a turn.
#[derive(Debug, Default)]
pub(crate) struct Seen {
    pub(crate) run: String,
    pub(crate) thread: String,
    /// Every event in order.
    pub(crate) events: Vec<String>,
    /// Streams that ended before the turn did.
    pub(crate) cuts: usize,
}

const PAUSE: Duration = Duration::from_millis(100);

impl<'a> Client<'a> {
    pub(crate) fn new(sites: &'a [Gateway], token: String) -> Self {
        Self {
            sites,
            token,
            http: testing::client(),
            asked: 0,
        }
    }

    pub(crate) fn request(&mut self, method: Method, path: &str) -> RequestBuilder {
        self.asked += 1;
        let site = &self.sites[self.asked % self.sites.len()];
        self.http
            .request(method, format!("{}{path}", site.url()))
            .bearer_auth(&self.token)
    }

    /// Until somebody answers. Faults of the network and of servers are the storm; a refusal is
    /// one of the test.
    async fn insist(&mut self, method: Method, path: &str, key: &str, body: &str) -> Response {
        loop {
            let request = self
                .request(method.clone(), path)
                .header("content-type", "application/json")
                .header("idempotency-key", key)
                .body(body.to_owned());
            if let Ok(response) = request.send().await {
                let status = response.status();
                if status.is_success() {
                    return response;
                }
                assert!(status.is_server_error(), "{path}: {status}");
            }
            tokio::time::sleep(PAUSE).await;
        }
    }

    /// Says something and sees the turn to its end.
    pub(crate) async fn say(&mut self, thread: Option<&str>, text: &str, key: &str) -> Seen {
        let body = message(thread, text).to_string();
        let response = self.insist(Method::POST, "/api/chatkit", key, &body).await;
        let mut seen = Seen {
            run: response.headers()["x-run-id"].to_str().unwrap().to_owned(),
            thread: thread.unwrap_or_default().to_owned(),
            ..Seen::default()
        };
        read(response, &mut seen).await;
        self.follow(&mut seen).await;
        seen
    }

    pub(crate) async fn follow(&mut self, seen: &mut Seen) {
        while !self.is_over(seen).await {
            seen.cuts += 1;
            let (run, after) = (&seen.run, seen.events.len());
            let path = format!("/api/runs/{run}/events?after={after}");
            let response = self.insist(Method::GET, &path, "follow", "").await;
            read(response, seen).await;
        }
    }

    async fn is_over(&mut self, seen: &mut Seen) -> bool {
        if seen.thread.is_empty() {
            return false;
        }
        let path = format!("/api/runs?thread_id={}", seen.thread);
        let response = self.insist(Method::GET, &path, "list", "").await;
        // Cut off in the middle, like any other answer.
        let Ok(text) = response.text().await else {
            return false;
        };
        let Ok(list) = serde_json::from_str::<Value>(&text) else {
            return false;
        };
        let runs = list["runs"].as_array().unwrap();
        let run = runs.iter().find(|run| run["id"] == seen.run.as_str());
        let run = run.unwrap_or_else(|| panic!("{} is gone", seen.run));
        let status = run["status"].as_str().unwrap();
        let over = ["done", "stopped", "failed"].contains(&status);
        over && run["last_event"] == seen.events.len()
    }
}

pub(crate) fn message(thread: Option<&str>, text: &str) -> Value {
    let input = json!({"content": [{"type": "input_text", "text": text}]});
    match thread {
        None => json!({"type": "threads.create", "params": {"input": input}}),
        Some(thread) => json!({
            "type": "threads.add_user_message",
            "params": {"thread_id": thread, "input": input},
        }),
    }
}

/// Takes in the whole frames of a stream until it ends or breaks.
pub(crate) async fn read(mut response: Response, seen: &mut Seen) {
    let mut bytes = Vec::new();
    let mut number = first(&response, seen);
    while let Ok(Some(chunk)) = response.chunk().await {
        bytes.extend_from_slice(&chunk);
        while let Some(end) = bytes.windows(2).position(|pair| pair == b"\n\n") {
            let frame = String::from_utf8(bytes.drain(..end + 2).collect()).unwrap();
            let line = frame
                .lines()
                .find_map(|line| line.strip_prefix("data: "))
                .unwrap_or_else(|| panic!("{frame}"));
            if let Some(id) = frame.lines().find_map(|line| line.strip_prefix("id: ")) {
                assert_eq!(id, number.to_string(), "a gap in {}", seen.run);
            }
            take(seen, number, line);
            number += 1;
        }
    }
}

/// The number of the first event of a stream.
fn first(response: &Response, seen: &Seen) -> usize {
    let after = response.headers().get("x-run-after");
    let after = after.and_then(|after| after.to_str().ok()?.parse().ok());
    after.unwrap_or(seen.events.len()) + 1
}

/// An event that comes again is the same, byte for byte.
fn take(seen: &mut Seen, number: usize, line: &str) {
    match seen.events.get(number - 1) {
        Some(known) => assert_eq!(known, line),
        None => {
            assert_eq!(number, seen.events.len() + 1, "a gap in {}", seen.run);
            seen.events.push(line.to_owned());
        }
    }
    if seen.thread.is_empty() {
        let event: Value = serde_json::from_str(line).unwrap();
        let thread = event["thread"]["id"].as_str();
        seen.thread = thread.unwrap_or_default().to_owned();
    }
}
