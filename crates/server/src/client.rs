//! What the headers of a request say about the program that sent it.

use axum::extract::FromRequestParts;
use axum::http::HeaderMap;
use axum::http::request::Parts;
use protocol::ErrorCode;
use tokio::time::Instant;
use tools::Zone;

use crate::app::LONGEST;
use crate::{App, Background, Error};

/// The circumstances of a request.
pub(crate) struct Client {
    /// `X-Time-Zone`: where the person's day begins.
    pub(crate) zone: Zone,
    /// `Idempotency-Key`: a repeat has the same.
    pub(crate) key: Option<String>,
    pub(crate) deadline: Instant,
    pub(crate) background: Background,
}

impl FromRequestParts<App> for Client {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Self, Error> {
        let zone = text(&parts.headers, "x-time-zone").map_or_else(Zone::utc, Zone::named);
        let key = text(&parts.headers, "idempotency-key");
        if key.is_some_and(|key| key.is_empty() || key.len() > 255) {
            return Err(Error::new(
                ErrorCode::RequestInvalid,
                "Idempotency-Key has 1 to 255 characters.",
            ));
        }
        Ok(Self {
            zone,
            key: key.map(str::to_owned),
            deadline: Instant::now() + LONGEST,
            background: Background::of(&parts.extensions),
        })
    }
}

pub(crate) fn text<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name)?.to_str().ok()
}
