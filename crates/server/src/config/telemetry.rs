//! Where traces are sent: `OTEL_EXPORTER_OTLP_ENDPOINT`, `OTEL_EXPORTER_OTLP_HEADERS` and
//! `OTEL_SERVICE_NAME`, as the OpenTelemetry specification has them.

use axum::http::uri::Authority;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Uri};
use percent_encoding::percent_decode_str;

use super::{Environment, Fault, is_local};

const ENDPOINT: &str = "OTEL_EXPORTER_OTLP_ENDPOINT";
const HEADERS: &str = "OTEL_EXPORTER_OTLP_HEADERS";

/// A collector of traces that speaks OTLP over HTTP.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Collector {
    /// With `/v1/traces` at its end.
    pub(crate) url: String,
    pub(crate) headers: HeaderMap,
    pub(crate) service: String,
}

pub(super) fn read(variable: Environment<'_>) -> Result<Option<Collector>, Fault> {
    let Some(endpoint) = variable(ENDPOINT) else {
        return Ok(None);
    };
    let endpoint = endpoint.trim().trim_end_matches('/');
    let headers = headers(&variable(HEADERS).unwrap_or_default())
        .ok_or_else(|| Fault::new(HEADERS, "is no list such as api-key=secret,team=tasks"))?;
    check(endpoint, !headers.is_empty()).map_err(|problem| Fault::new(ENDPOINT, problem))?;
    let service = variable("OTEL_SERVICE_NAME").map(|name| name.trim().to_owned());
    Ok(Some(Collector {
        url: format!("{endpoint}/v1/traces"),
        headers,
        service: service.unwrap_or_else(|| "latchwork".to_owned()),
    }))
}

/// Whether an address is one to which a path can be added, and whether what is sent along is safe on
/// its way there.
fn check(endpoint: &str, has_headers: bool) -> Result<(), &'static str> {
    let url: Uri = endpoint.parse().map_err(|_| "is no URL")?;
    let host = url.host().unwrap_or_default();
    let authority = url.authority().map_or("", Authority::as_str);
    if host.is_empty() || authority.contains('@') || endpoint.contains(['?', '#']) {
        return Err("is no URL of a scheme, a host and a path alone");
    }
    match url.scheme_str() {
        Some("https") => Ok(()),
        Some("http") if !has_headers || is_local(host) => Ok(()),
        Some("http") => Err(
            "begins with http://, by which the headers of OTEL_EXPORTER_OTLP_HEADERS could be read \
             on their way",
        ),
        _ => Err("does not begin with https://"),
    }
}

/// `name=value,name=value`, the values percent-encoded.
fn headers(text: &str) -> Option<HeaderMap> {
    let entries = text
        .split(',')
        .map(str::trim)
        .filter(|entry| !entry.is_empty());
    let header = |entry: &str| {
        let (name, value) = entry.split_once('=')?;
        let value = percent_decode_str(value.trim()).decode_utf8().ok()?;
        let name: HeaderName = name.trim().parse().ok()?;
        let mut value: HeaderValue = value.parse().ok()?;
        value.set_sensitive(true);
        Some((name, value))
    };
    entries.map(header).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_are_read_as_they_were_meant() {
        let read = headers("api-key=a%20b+c&d==, team=tasks").unwrap();

        assert_eq!(read["api-key"], "a b+c&d==");
        assert_eq!(read["team"], "tasks");
        assert!(headers("").unwrap().is_empty());
        assert_eq!(headers("no value"), None);
        assert_eq!(headers("a b=c"), None);
    }

    #[test]
    fn an_address_that_no_path_can_be_added_to_is_refused() {
        for endpoint in [
            "collector.example.com",
            "https://",
            "grpc://collector.example.com:4317",
            "https://key@collector.example.com",
            "http://localhost:key@collector.example.com",
            "https://collector.example.com/?key=secret",
        ] {
            assert!(check(endpoint, true).is_err(), "{endpoint}");
        }
        assert!(check("https://collector.example.com/otlp", true).is_ok());
        assert!(check("http://127.0.0.1:4318", true).is_ok());
    }

    /// FR-209: what is secret does not go through a network in the open.
    #[test]
    fn headers_are_sent_safely_or_not_at_all() {
        assert!(check("http://collector.internal:4318", true).is_err());
        assert!(check("http://collector.internal:4318", false).is_ok());
    }
}
