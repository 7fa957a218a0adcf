//! One request and one answer, without any idea of who asks.

use js_sys::{Array, Promise};
use serde::Serialize;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortSignal, Blob, Headers, RequestInit, Response};

use super::failure::Failure;
use crate::browser;
use crate::wire::{self, Read};

/// An answer has to begin within this time; how long it may go on is another matter.
const PATIENCE_MILLIS: i32 = 30_000;

pub(super) struct Call {
    method: &'static str,
    path: String,
    headers: Vec<(&'static str, String)>,
    body: Option<JsValue>,
    pub(super) signal: Option<AbortSignal>,
}

impl Call {
    pub(super) fn new(method: &'static str, path: &str) -> Self {
        Self {
            method,
            path: path.to_owned(),
            headers: Vec::new(),
            body: None,
            signal: None,
        }
    }

    pub(super) fn header(mut self, name: &'static str, value: &str) -> Self {
        self.headers.push((name, value.to_owned()));
        self
    }

    /// Makes a repetition of the call harmless.
    pub(super) fn key(self, key: &str) -> Self {
        self.header("idempotency-key", key)
    }

    /// Sends bytes as they are.
    pub(super) fn bytes(mut self, bytes: &Blob) -> Self {
        self.body = Some(bytes.into());
        self.header("content-type", &bytes.type_())
    }

    pub(super) fn json(mut self, body: &impl Serialize) -> Self {
        self.body = serde_json::to_string(body).ok().map(JsValue::from);
        self.header("content-type", "application/json")
    }
}

/// Sends, and gives back an answer only if it is a success.
pub(super) async fn send(call: &Call, authorization: Option<&str>) -> Result<Response, Failure> {
    let response = fetch(call, authorization).await;
    let Ok(response) = response else {
        let closed = call.signal.as_ref().is_some_and(AbortSignal::aborted);
        return Err(if closed {
            Failure::Closed
        } else {
            Failure::Unreachable
        });
    };
    if response.ok() {
        return Ok(response);
    }
    let wait = |name| response.headers().get(name).ok().flatten()?.parse().ok();
    let retry_after = wait("retry-after").or_else(|| wait("x-retry-after"));
    let body = read_text(&response).await.unwrap_or_default();
    Err(Failure::refused(response.status(), &body, retry_after))
}

/// The body as the promised type.
pub(super) async fn read_json<T: Read>(response: &Response) -> Result<T, Failure> {
    let body = read_text(response).await?;
    wire::parse(&body).ok_or_else(|| Failure::unreadable(response.status()))
}

pub(super) async fn read_text(response: &Response) -> Result<String, Failure> {
    let text = response.text().map_err(|_| Failure::Unreachable)?;
    let text = JsFuture::from(text)
        .await
        .map_err(|_| Failure::Unreachable)?;
    Ok(text.as_string().unwrap_or_default())
}

async fn fetch(call: &Call, authorization: Option<&str>) -> Result<Response, JsValue> {
    let headers = Headers::new()?;
    for (name, value) in &call.headers {
        headers.set(name, value)?;
    }
    if let Some(authorization) = authorization {
        headers.set("authorization", authorization)?;
    }
    let init = RequestInit::new();
    init.set_method(call.method);
    init.set_headers(&headers);
    init.set_signal(call.signal.as_ref());
    if let Some(body) = &call.body {
        init.set_body(body);
    }
    let window = browser::window().ok_or(JsValue::UNDEFINED)?;
    let answer = window.fetch_with_str_and_init(&call.path, &init);
    within(answer, PATIENCE_MILLIS).await?.dyn_into()
}

/// What the promise brings, if it does so in time.
pub(super) async fn within(promise: Promise, millis: i32) -> Result<JsValue, JsValue> {
    let race = Promise::race(&Array::of2(&promise, &browser::timer(millis)));
    JsFuture::from(race).await
}
