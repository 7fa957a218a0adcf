//! Requests of ours to others.

use std::sync::Arc;

use reqwest::{ClientBuilder, redirect};
use rustls::{ClientConfig, RootCertStore};

/// A client that follows no redirect, because the address is what is trusted; asks no proxy,
/// because the environment is read elsewhere; keeps no connection, because a frozen process would
/// come back to a dead one.
pub(crate) fn client() -> Result<ClientBuilder, rustls::Error> {
    let roots: RootCertStore = webpki_roots::TLS_SERVER_ROOTS.iter().cloned().collect();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let tls = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()?
        .with_root_certificates(roots)
        .with_no_client_auth();
    let client = reqwest::Client::builder()
        .tls_backend_preconfigured(tls)
        .redirect(redirect::Policy::none())
        .no_proxy()
        .referer(false)
        .pool_max_idle_per_host(0)
        .user_agent("latchwork");
    Ok(client)
}

/// A body of at most so many bytes.
pub(crate) async fn body(mut response: reqwest::Response, most: usize) -> Result<Vec<u8>, TooLong> {
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await? {
        if body.len() + chunk.len() > most {
            return Err(TooLong::Long);
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}

/// Why there is no body.
#[derive(Debug, thiserror::Error)]
pub(crate) enum TooLong {
    #[error("it sent too much")]
    Long,
    #[error(transparent)]
    Failed(#[from] reqwest::Error),
}
