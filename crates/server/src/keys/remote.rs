//! A key set at another address: `AUTH_JWKS_URL`.

use std::sync::{Arc, OnceLock};
use std::time::Duration;

use auth::KeySet;
use protocol::ErrorCode;
use reqwest::{Client, StatusCode, header, redirect};
use rustls::{ClientConfig, RootCertStore};

use crate::Error;

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
        let mut response = request.send().await.map_err(said)?;
        if response.status() != StatusCode::OK {
            return Err(format!("it answered {}", response.status().as_u16()));
        }
        let mut body = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(said)? {
            if body.len() + chunk.len() > KeySet::LARGEST {
                return Err("it sent more than 64 KiB".to_owned());
            }
            body.extend_from_slice(&chunk);
        }
        let text = String::from_utf8(body).map_err(|_| "it sent no text".to_owned())?;
        KeySet::parse(&text).map_err(|error| format!("it sent no key set: {error:?}"))
    }

    fn client(&self) -> Result<Client, String> {
        if let Some(client) = self.client.get() {
            return Ok(client.clone());
        }
        let client = client().map_err(|error| chain(&*error))?;
        Ok(self.client.get_or_init(|| client).clone())
    }
}

/// Follows no redirect, because the address is what is trusted; asks no proxy, because the
/// environment is read elsewhere; keeps no connection, because a frozen process would come back
/// to a dead one.
fn client() -> Result<Client, Box<dyn std::error::Error>> {
    let roots: RootCertStore = webpki_roots::TLS_SERVER_ROOTS.iter().cloned().collect();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let tls = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()?
        .with_root_certificates(roots)
        .with_no_client_auth();
    let client = Client::builder()
        .tls_backend_preconfigured(tls)
        .redirect(redirect::Policy::none())
        .no_proxy()
        .referer(false)
        .pool_max_idle_per_host(0)
        .user_agent("latchwork")
        .build()?;
    Ok(client)
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
