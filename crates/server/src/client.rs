//! What the headers of a request say about the program that sent it.

use axum::extract::FromRequestParts;
use axum::http::HeaderMap;
use axum::http::request::Parts;
use protocol::ErrorCode;
use tokio::time::Instant;
use tools::Zone;

use crate::times::Began;
use crate::{App, Background, Error};

/// The circumstances of a request.
pub(crate) struct Client {
    /// `X-Time-Zone`: where the person's day begins; `Accept-Language`: how they write dates.
    pub(crate) zone: Zone,
    /// `Idempotency-Key`: a repeat has the same.
    pub(crate) key: Option<String>,
    pub(crate) deadline: Instant,
    pub(crate) end: Instant,
    pub(crate) background: Background,
}

impl FromRequestParts<App> for Client {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Error> {
        let zone = text(&parts.headers, "x-time-zone").map_or_else(Zone::utc, Zone::named);
        let zone = zone.spoken(language(&parts.headers));
        let key = key(&parts.headers)?;
        let began = parts.extensions.get::<Began>();
        let began = began.map_or_else(Instant::now, |began| began.0);
        Ok(Self {
            zone,
            key,
            deadline: began + app.times.work,
            end: began + app.times.letting_go,
            background: Background::of(&parts.extensions),
        })
    }
}

/// One that cannot be read is refused: taken for none, it would let a repeat be done twice.
fn key(headers: &HeaderMap) -> Result<Option<String>, Error> {
    let Some(value) = headers.get("idempotency-key") else {
        return Ok(None);
    };
    let key = value.to_str().unwrap_or_default();
    let is_visible = |byte: u8| byte.is_ascii_graphic() || byte == b' ';
    if (1..=255).contains(&key.len()) && key.bytes().all(is_visible) {
        return Ok(Some(key.to_owned()));
    }
    Err(Error::new(
        ErrorCode::RequestInvalid,
        "Idempotency-Key has 1 to 255 visible ASCII characters.",
    ))
}

/// The language that a browser names first (RFC 9110, section 12.5.4).
fn language(headers: &HeaderMap) -> &str {
    let all = text(headers, "accept-language").unwrap_or_default();
    all.split([',', ';']).next().unwrap_or_default().trim()
}

pub(crate) fn text<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name)?.to_str().ok()
}
