//! Whether a request that brings a cookie was made by a page of ours (OWASP ASVS 5, 3.5).

use axum::http::HeaderMap;

use crate::Config;
use crate::client::text;

/// Why a request is not trusted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Foreign {
    Origin,
    Missing,
    Navigation,
}

/// For requests that change something. Better Auth's rules: with a cookie, the origin must be
/// there and trusted; without one, whatever a browser says about itself must be.
pub(crate) fn check(headers: &HeaderMap, config: &Config) -> Result<(), Foreign> {
    let site = text(headers, "sec-fetch-site");
    let mode = text(headers, "sec-fetch-mode");
    if site == Some("cross-site") && mode == Some("navigate") {
        return Err(Foreign::Navigation);
    }
    let has_cookie = headers.contains_key("cookie");
    let is_browser = site.is_some() || mode.is_some();
    match origin(headers) {
        Some(origin) if config.trusted_origins().any(|known| *known == origin) => Ok(()),
        Some(origin) if origin == "null" => Err(Foreign::Missing),
        Some(_) => Err(Foreign::Origin),
        None if has_cookie || is_browser => Err(Foreign::Missing),
        None => Ok(()),
    }
}

/// Whether a browser may be sent to this place after an answer: a path of ours, or an address on
/// a trusted origin. Browsers read a backslash as a slash, and some drop control characters.
pub(crate) fn is_ours(place: &str, config: &Config) -> bool {
    let lower = place.to_ascii_lowercase();
    if place.contains(['\\', '@']) || place.contains(char::is_control) || place.contains(' ') {
        return false;
    }
    if let Some(path) = place.strip_prefix('/') {
        return !path.starts_with('/') && !lower.contains("%5c") && !lower.contains("%2f");
    }
    config.trusted_origins().any(|origin| {
        let rest = place.strip_prefix(origin.as_str());
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '?', '#']))
    })
}

/// `Origin`, or the origin within `Referer`.
fn origin(headers: &HeaderMap) -> Option<String> {
    if let Some(origin) = text(headers, "origin") {
        return Some(origin.to_owned());
    }
    let referer = text(headers, "referer")?;
    let (scheme, rest) = referer.split_once("://")?;
    let host = rest.split(['/', '?', '#']).next()?;
    Some(format!("{scheme}://{host}"))
}
