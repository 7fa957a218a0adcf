//! What stands between the client and a model server: bounded waiting, and faults with names
//! where the client has none.

use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, LazyLock};
use std::task::{Context, Poll};
use std::time::Duration;

use async_openai::error::OpenAIError;
use async_openai::middleware::HttpRequestFactory;
use futures_util::StreamExt;
use reqwest::Response;
use reqwest::header::{CONTENT_TYPE, HeaderMap, RETRY_AFTER};

use super::ModelError;
use crate::reach::PublicOnly;

/// Longest wait that a server may ask for before we give up instead.
const LONGEST_WAIT: Duration = Duration::from_secs(5);

const ATTEMPTS: u32 = 3;

/// Bytes of a refusal that are read to tell what it is.
const LONGEST_REFUSAL: usize = 16_000;

/// Waiting, in its kinds.
#[derive(Clone, Copy, Debug)]
pub struct Patience {
    /// For the first byte.
    pub first: Duration,
    /// For the next piece of a stream.
    pub silence: Duration,
    /// Before the second attempt; twice as long before the third.
    pub pause: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            first: Duration::from_secs(20),
            silence: Duration::from_secs(30),
            pause: Duration::from_millis(400),
        }
    }
}

#[derive(Clone)]
pub(super) struct Guard {
    pub(super) client: reqwest::Client,
    pub(super) patience: Patience,
}

/// The one client of this process, whose connections are worth keeping.
pub(super) fn network() -> reqwest::Client {
    static CLIENT: LazyLock<reqwest::Client> = LazyLock::new(|| {
        install_cryptography();
        reqwest::Client::new()
    });
    CLIENT.clone()
}

/// One for addresses that people have given us. It follows no redirect and asks no proxy, because
/// either could lead where the address itself may not.
pub(super) fn public_network() -> reqwest::Client {
    static CLIENT: LazyLock<reqwest::Client> = LazyLock::new(|| {
        install_cryptography();
        let client = reqwest::Client::builder()
            .dns_resolver(Arc::new(PublicOnly))
            .redirect(reqwest::redirect::Policy::none())
            .no_proxy()
            .build();
        client.unwrap_or_else(|_| no_network())
    });
    CLIENT.clone()
}

/// A client for requests that are never sent. It trusts nobody, which spares it the reading of
/// the system's certificates, the slowest part of a start.
pub(super) fn no_network() -> reqwest::Client {
    install_cryptography();
    reqwest::Client::builder()
        .tls_certs_only([])
        .build()
        .unwrap_or_else(|_| network())
}

/// The client has no cryptography of its own. A second call finds it installed.
fn install_cryptography() {
    let _ = rustls::crypto::ring::default_provider().install_default();
}

impl tower::Service<HttpRequestFactory> for Guard {
    type Response = Response;
    type Error = OpenAIError;
    type Future = Pin<Box<dyn Future<Output = Result<Response, OpenAIError>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), OpenAIError>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: HttpRequestFactory) -> Self::Future {
        let guard = self.clone();
        Box::pin(async move {
            let mut attempt = 0;
            loop {
                let answer = guard.once(request.build().await?).await;
                attempt += 1;
                let pause = match &answer {
                    Err(error) if attempt < ATTEMPTS => guard.pause(error, attempt),
                    _ => None,
                };
                match pause {
                    Some(pause) => tokio::time::sleep(pause).await,
                    None => return answer.map_err(|error| OpenAIError::Boxed(Box::new(error))),
                }
            }
        })
    }
}

impl Guard {
    /// How long to wait before the next attempt, if another may help. Nothing of the answer has
    /// come yet, so the request may be repeated.
    fn pause(&self, error: &ModelError, attempt: u32) -> Option<Duration> {
        let usual = self.patience.pause * 2_u32.pow(attempt - 1);
        match error {
            ModelError::Unreachable => Some(usual),
            ModelError::RateLimited(None) => Some(usual),
            ModelError::RateLimited(Some(seconds)) => {
                let asked = Duration::from_secs(*seconds);
                (asked <= LONGEST_WAIT).then_some(asked.max(usual))
            }
            ModelError::Refused(status) if *status >= 500 => Some(usual),
            _ => None,
        }
    }

    async fn once(&self, request: reqwest::Request) -> Result<Response, ModelError> {
        let response = tokio::time::timeout(self.patience.first, self.client.execute(request))
            .await
            .map_err(|_| ModelError::Stalled)?
            .map_err(|_| ModelError::Unreachable)?;
        if !response.status().is_success() {
            return Err(self.refusal(response).await);
        }
        let kind = response.headers().get(CONTENT_TYPE);
        let kind = kind.and_then(|kind| kind.to_str().ok()).unwrap_or_default();
        if !kind.contains("text/event-stream") {
            return Err(ModelError::NotAStream);
        }
        Ok(without_mark(response))
    }

    /// What a status and its body say. Servers write them in many forms.
    async fn refusal(&self, response: Response) -> ModelError {
        let status = response.status().as_u16();
        let seconds = wait(response.headers());
        let body = tokio::time::timeout(self.patience.first, beginning(response)).await;
        let body = body.unwrap_or_default().to_lowercase();
        let says = |words: &[&str]| words.iter().any(|word| body.contains(word));
        if says(&[
            "insufficient_quota",
            "exceeded your current quota",
            "billing",
        ]) {
            return ModelError::NoCredit;
        }
        if says(&[
            "context_length_exceeded",
            "maximum context length",
            "context window",
            "prompt is too long",
            "exceed_context_size",
        ]) {
            return ModelError::ContextTooLong;
        }
        match status {
            429 => ModelError::RateLimited(seconds),
            status => ModelError::Refused(status),
        }
    }
}

async fn beginning(response: Response) -> String {
    let mut bytes = response.bytes_stream();
    let mut text = Vec::new();
    while let Some(Ok(piece)) = bytes.next().await {
        text.extend_from_slice(&piece);
        if text.len() > LONGEST_REFUSAL {
            break;
        }
    }
    String::from_utf8_lossy(&text).into_owned()
}

/// The wait that a server asks for, in whole seconds: in milliseconds, in seconds or as a date.
fn wait(headers: &HeaderMap) -> Option<u64> {
    let text = |name: &str| Some(headers.get(name)?.to_str().ok()?.trim().to_owned());
    let number = |text: &str| text.parse::<f64>().ok().filter(|number| *number >= 0.0);
    if let Some(millis) = text("retry-after-ms").and_then(|text| number(&text)) {
        return Some((millis / 1000.0).ceil() as u64);
    }
    let after = text(RETRY_AFTER.as_str())?;
    if let Some(seconds) = number(&after) {
        return Some(seconds.ceil() as u64);
    }
    let until = jiff::fmt::rfc2822::parse(&after).ok()?.timestamp();
    let now = text("date").and_then(|date| jiff::fmt::rfc2822::parse(&date).ok())?;
    u64::try_from(until.as_second() - now.timestamp().as_second()).ok()
}

/// The same without a byte order mark at its beginning, over which the reader of streams stumbles.
fn without_mark(response: Response) -> Response {
    const MARK: &[u8] = "\u{feff}".as_bytes();
    let (status, headers) = (response.status(), response.headers().clone());
    let mut first = true;
    let body = response.bytes_stream().map(move |piece| {
        let begins = std::mem::replace(&mut first, false);
        piece.map(|piece| match begins && piece.starts_with(MARK) {
            true => piece.slice(MARK.len()..),
            false => piece,
        })
    });
    let mut bare = http::Response::new(reqwest::Body::wrap_stream(body));
    *bare.status_mut() = status;
    *bare.headers_mut() = headers;
    bare.into()
}
