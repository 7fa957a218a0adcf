//! What stands between the client and a model server: bounded waiting, and faults with names
//! where the client has none.

use std::future::Future;
use std::pin::Pin;
use std::sync::LazyLock;
use std::task::{Context, Poll};
use std::time::Duration;

use async_openai::error::OpenAIError;
use async_openai::middleware::HttpRequestFactory;
use reqwest::Response;
use reqwest::header::{CONTENT_TYPE, RETRY_AFTER};

use super::ModelError;

/// Longest wait for the first byte.
const PATIENCE: Duration = Duration::from_secs(20);

/// Longest wait that a server may ask for before we give up instead.
const LONGEST_WAIT: u64 = 5;

const ATTEMPTS: u32 = 3;

#[derive(Clone)]
pub(super) struct Guard(pub(super) reqwest::Client);

/// The one client of this process, whose connections are worth keeping.
pub(super) fn network() -> reqwest::Client {
    static CLIENT: LazyLock<reqwest::Client> = LazyLock::new(|| {
        install_cryptography();
        reqwest::Client::new()
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
        let client = self.0.clone();
        Box::pin(async move {
            let mut attempt = 1;
            loop {
                match once(&client, request.build().await?).await {
                    Err(error) if attempt < ATTEMPTS && is_passing(&error) => {
                        tokio::time::sleep(pause(&error, attempt)).await;
                        attempt += 1;
                    }
                    answer => return answer.map_err(|error| OpenAIError::Boxed(Box::new(error))),
                }
            }
        })
    }
}

/// Nothing of the answer has come yet, so the request may be repeated.
fn is_passing(error: &ModelError) -> bool {
    match error {
        ModelError::Unreachable => true,
        ModelError::RateLimited(seconds) => seconds.is_none_or(|seconds| seconds <= LONGEST_WAIT),
        ModelError::Refused(status) => *status >= 500,
        _ => false,
    }
}

fn pause(error: &ModelError, attempt: u32) -> Duration {
    match error {
        ModelError::RateLimited(Some(seconds)) => Duration::from_secs(*seconds),
        _ => Duration::from_millis(200) * 2_u32.pow(attempt),
    }
}

async fn once(client: &reqwest::Client, request: reqwest::Request) -> Result<Response, ModelError> {
    let response = tokio::time::timeout(PATIENCE, client.execute(request))
        .await
        .map_err(|_| ModelError::Stalled)?
        .map_err(|_| ModelError::Unreachable)?;
    let header = |name| {
        response
            .headers()
            .get(name)
            .and_then(|value| value.to_str().ok())
    };
    let status = response.status();
    if status.as_u16() == 429 {
        let seconds = header(RETRY_AFTER).and_then(|value| value.trim().parse().ok());
        return Err(ModelError::RateLimited(seconds));
    }
    if !status.is_success() {
        return Err(ModelError::Refused(status.as_u16()));
    }
    let streams = header(CONTENT_TYPE).is_some_and(|kind| kind.contains("text/event-stream"));
    if !streams {
        return Err(ModelError::NotAStream);
    }
    Ok(response)
}
