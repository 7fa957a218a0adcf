//! A client's own description, fetched from the address that is its id
//! (draft-ietf-oauth-client-id-metadata-document).
//!
//! **Invariant:** anybody can make us fetch, so nothing is asked of an address that is not public,
//! and the one that was looked at is the one that is connected to.

use std::net::SocketAddr;
use std::time::Duration;

use protocol::Timestamp;
use reqwest::{StatusCode, Url, header};
use serde::Deserialize;
use store::oauth::Client;

use super::client::{checked_redirects, shown_name};
use crate::outbound;

/// From the first packet to the last byte.
const LIMIT: Duration = Duration::from_secs(5);

/// Bytes.
const LARGEST: usize = 5 * 1024;

/// Seconds for which a description is believed.
const FRESH: i64 = 24 * 3600;

/// Goes on after "the program's own description".
type Reason = String;

pub(super) async fn fetch(id: &str, now: Timestamp) -> Result<Client, Reason> {
    let url = address(id)?;
    let fetched = tokio::time::timeout(LIMIT, download(&url)).await;
    let body = fetched.map_err(|_| "takes too long to fetch".to_owned())??;
    read(id, &body, now)
}

/// Its address, in one form only: what is compared letter by letter later must not have two.
fn address(id: &str) -> Result<Url, Reason> {
    let url = Url::parse(id).map_err(|_| "has no address".to_owned())?;
    let is_plain = url.as_str() == id
        && url.scheme() == "https"
        && url.path() != "/"
        && url.query().is_none()
        && url.fragment().is_none()
        && url.username().is_empty()
        && url.password().is_none()
        && url.port().is_none()
        && !id.contains('%');
    let is_name = url
        .domain()
        .is_some_and(|host| host.contains('.') && !host.ends_with('.'));
    if is_plain && is_name && id.len() <= 512 {
        Ok(url)
    } else {
        Err("has an address that is not allowed".to_owned())
    }
}

async fn download(url: &Url) -> Result<Vec<u8>, Reason> {
    let gone = || "cannot be fetched".to_owned();
    let host = url.domain().unwrap_or_default();
    let found = tokio::net::lookup_host((host, 443))
        .await
        .map_err(|_| gone())?;
    let addresses: Vec<SocketAddr> = found.collect();
    let are_public = addresses
        .iter()
        .all(|address| agent::is_public(address.ip()));
    if addresses.is_empty() || !are_public {
        return Err("is at an address that is not public".to_owned());
    }
    let client = outbound::client().map_err(|_| gone())?;
    // Asked once: a second answer could lead elsewhere.
    let client = client.resolve_to_addrs(host, &addresses).build();
    let request = client.map_err(|_| gone())?.get(url.clone());
    let request = request.header(header::ACCEPT, "application/json");
    let response = request.send().await.map_err(|_| gone())?;
    if response.status() != StatusCode::OK {
        return Err(gone());
    }
    outbound::body(response, LARGEST).await.map_err(|_| gone())
}

#[derive(Deserialize)]
struct Document {
    client_id: String,
    client_name: Option<String>,
    redirect_uris: Vec<String>,
    token_endpoint_auth_method: Option<String>,
    client_secret: Option<serde_json::Value>,
}

fn read(id: &str, body: &[u8], now: Timestamp) -> Result<Client, Reason> {
    let document = serde_json::from_slice::<Document>(body);
    let document = document.map_err(|_| "is not in the right form".to_owned())?;
    if document.client_id != id {
        return Err("is of another program".to_owned());
    }
    let method = document.token_endpoint_auth_method.as_deref();
    if document.client_secret.is_some() || method.is_some_and(|method| method != "none") {
        return Err("asks for a kind of proof that is not supported".to_owned());
    }
    checked_redirects(&document.redirect_uris)?;
    Ok(Client {
        id: id.to_owned(),
        name: shown_name(document.client_name.as_deref(), &document.redirect_uris),
        redirect_uris: document.redirect_uris,
        expires_at: Some(now.plus_seconds(FRESH)),
    })
}

#[cfg(test)]
mod tests;
