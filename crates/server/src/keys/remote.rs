//! A key set at another address: `AUTH_JWKS_URL`.

use std::sync::OnceLock;
use std::time::Duration;

use auth::KeySet;
use protocol::ErrorCode;
use reqwest::{Client, StatusCode, header};

use crate::{Error, outbound};

/// From the first packet to the last byte. A person waits for it.
const LIMIT: Duration = Duration::from_secs(2);

pub(super) struct Remote {
    url: String,
    /// Made when it is first needed: most processes have the keys pinned, or their own.
    client: OnceLock<Client>,
}

impl Remote {
    pub(super) fn new(url: &str) -> Self {
        Self {
            url: url.to_owned(),
            client: OnceLock::new(),
        }
    }

    /// Whatever goes wrong is the issuer's fault or the network's, so it is never the token's.
    pub(super) async fn fetch(&self) -> Result<KeySet, Error> {
        let fetched = tokio::time::timeout(LIMIT, self.try_fetch()).await;
        let keys = fetched.unwrap_or_else(|_| Err("it took too long".to_owned()));
        keys.map_err(|cause| Error::caused(ErrorCode::KeysUnavailable, cause))
    }

    async fn try_fetch(&self) -> Result<KeySet, String> {
        let said = |error: reqwest::Error| chain(&error.without_url());
        let request = self.client()?.get(&self.url);
        let request = request.header(header::ACCEPT, "application/jwk-set+json, application/json");
        let response = request.send().await.map_err(said)?;
        if response.status() != StatusCode::OK {
            return Err(format!("it answered {}", response.status().as_u16()));
        }
        let body = outbound::body(response, KeySet::LARGEST).await;
        let body = body.map_err(|error| chain(&error))?;
        let text = String::from_utf8(body).map_err(|_| "it sent no text".to_owned())?;
        KeySet::parse(&text).map_err(|error| format!("it sent no key set: {error:?}"))
    }

    fn client(&self) -> Result<Client, String> {
        if let Some(client) = self.client.get() {
            return Ok(client.clone());
        }
        let client = outbound::client().map_err(|error| error.to_string())?;
        let client = client.build().map_err(|error| chain(&error))?;
        Ok(self.client.get_or_init(|| client).clone())
    }
}

/// What went wrong, down to the cause; the outermost says little more than "error sending".
fn chain(error: &dyn std::error::Error) -> String {
    let mut told = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        told = format!("{told}: {error}");
        cause = error.source();
    }
    told
}
