//! A letter as JSON to an address of the operator's, who sends it by whatever service they have.

use std::sync::Arc;
use std::time::Duration;

use reqwest::{Client, redirect};
use rustls::{ClientConfig, RootCertStore};
use serde_json::json;

use crate::{Error, Letter};

/// An address that takes letters.
#[derive(Clone)]
pub struct Webhook {
    url: String,
    /// Sent as a bearer, so that nobody else can have letters sent.
    secret: Option<String>,
}

impl Webhook {
    pub fn new(url: &str, secret: Option<String>) -> Self {
        Self {
            url: url.to_owned(),
            secret,
        }
    }

    pub(crate) async fn send(&self, letter: &Letter) -> Result<(), Error> {
        let body = json!({
            "kind": letter.kind,
            "to": letter.to,
            "subject": letter.subject,
            "text": letter.text,
            "link": letter.link,
        });
        let mut request = client()?
            .post(&self.url)
            .header("content-type", "application/json")
            .body(body.to_string());
        if let Some(secret) = &self.secret {
            request = request.bearer_auth(secret);
        }
        let response = request.send().await.map_err(|_| Error::Unreachable)?;
        let status = response.status();
        if status.is_success() {
            Ok(())
        } else {
            Err(Error::Webhook(status.as_u16()))
        }
    }
}

/// One for each letter: letters are few, and a frozen process would come back to dead
/// connections. It follows no redirect, because the address is what is trusted.
fn client() -> Result<Client, Error> {
    let roots: RootCertStore = webpki_roots::TLS_SERVER_ROOTS.iter().cloned().collect();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let tls = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|_| Error::Unreachable)?
        .with_root_certificates(roots)
        .with_no_client_auth();
    Client::builder()
        .tls_backend_preconfigured(tls)
        .timeout(Duration::from_secs(10))
        .redirect(redirect::Policy::none())
        .no_proxy()
        .user_agent("latchwork")
        .build()
        .map_err(|_| Error::Unreachable)
}
