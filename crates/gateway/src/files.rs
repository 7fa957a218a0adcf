//! Static files, as the platform's network serves them.

use std::collections::HashMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock, Mutex, PoisonError};
use std::time::UNIX_EPOCH;

use bytes::Bytes;
use hyper::header::{
    ACCEPT_ENCODING, ALLOW, CONTENT_ENCODING, CONTENT_TYPE, ETAG, HeaderMap, HeaderValue,
    IF_NONE_MATCH, VARY,
};
use hyper::{Method, Response, StatusCode};
use protocol::error::ErrorCode;

use crate::answer::{Body, failure, full};

/// Below this length compression saves nothing.
const WORTH_COMPRESSING: u64 = 1024;

/// Compressed contents, each for one file in one state.
#[derive(Clone, Default)]
pub(crate) struct Files(Arc<Mutex<HashMap<(PathBuf, String), Bytes>>>);

/// The contents depend on nothing but the files, so that the gateways of one process share them:
/// tests start dozens, and each would compress the whole front end again.
static SHARED: LazyLock<Files> = LazyLock::new(Files::default);

impl Files {
    pub(crate) fn shared() -> Self {
        SHARED.clone()
    }

    pub(crate) async fn serve(
        &self,
        method: &Method,
        headers: &HeaderMap,
        file: &Path,
        request_id: &str,
    ) -> Response<Body> {
        if method != Method::GET && method != Method::HEAD {
            let mut response = failure(ErrorCode::MethodNotAllowed, request_id);
            let allowed = HeaderValue::from_static("GET, HEAD");
            response.headers_mut().insert(ALLOW, allowed);
            return response;
        }
        // Compressing takes its time, which is not the other requests'.
        let (files, headers, file) = (self.clone(), headers.clone(), file.to_owned());
        let read = tokio::task::spawn_blocking(move || files.content(&headers, &file));
        read.await
            .unwrap_or_else(|error| Err(io::Error::other(error)))
            .unwrap_or_else(|_| failure(ErrorCode::RouteUnknown, request_id))
    }

    fn content(&self, headers: &HeaderMap, file: &Path) -> io::Result<Response<Body>> {
        let state = fs::metadata(file)?;
        let changed = state.modified()?.duration_since(UNIX_EPOCH);
        let changed = changed.map_or(0, |time| time.as_nanos());
        let kind = content_type(file);
        let compress = is_text(kind)
            && state.len() >= WORTH_COMPRESSING
            && accepts_brotli(headers.get(ACCEPT_ENCODING));
        let suffix = if compress { "-br" } else { "" };
        let tag = format!("\"{changed:x}-{:x}{suffix}\"", state.len());

        let mut response = Response::new(full(Bytes::new()));
        let fields = response.headers_mut();
        fields.insert(CONTENT_TYPE, HeaderValue::from_static(kind));
        fields.insert(VARY, HeaderValue::from_static("accept-encoding"));
        fields.insert(ETAG, HeaderValue::from_str(&tag).map_err(io::Error::other)?);
        if knows(headers.get(IF_NONE_MATCH), &tag) {
            *response.status_mut() = StatusCode::NOT_MODIFIED;
            return Ok(response);
        }
        if compress {
            fields.insert(CONTENT_ENCODING, HeaderValue::from_static("br"));
            *response.body_mut() = full(self.compressed(file, tag)?);
        } else {
            *response.body_mut() = full(fs::read(file)?);
        }
        Ok(response)
    }

    fn compressed(&self, file: &Path, tag: String) -> io::Result<Bytes> {
        let key = (file.to_owned(), tag);
        let held = |files: &Self| {
            let held = files.0.lock().unwrap_or_else(PoisonError::into_inner);
            held.get(&key).cloned()
        };
        if let Some(bytes) = held(self) {
            return Ok(bytes);
        }
        let params = brotli::enc::BrotliEncoderParams {
            quality: 5,
            ..Default::default()
        };
        let mut compressed = Vec::new();
        brotli::BrotliCompress(&mut fs::read(file)?.as_slice(), &mut compressed, &params)?;
        let bytes = Bytes::from(compressed);
        let mut held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        held.insert(key, bytes.clone());
        Ok(bytes)
    }
}

fn accepts_brotli(accepted: Option<&HeaderValue>) -> bool {
    accepted
        .and_then(|value| value.to_str().ok())
        .is_some_and(|value| {
            value
                .split(',')
                .any(|coding| coding.trim() == "br" || coding.trim().starts_with("br;"))
        })
}

fn knows(known: Option<&HeaderValue>, tag: &str) -> bool {
    known
        .and_then(|value| value.to_str().ok())
        .is_some_and(|value| {
            value
                .split(',')
                .any(|known| known.trim().trim_start_matches("W/") == tag)
        })
}

fn is_text(kind: &str) -> bool {
    !kind.starts_with("image/") && !kind.starts_with("font/") || kind == "image/svg+xml"
}

fn content_type(file: &Path) -> &'static str {
    match file.extension().and_then(|ending| ending.to_str()) {
        Some("html") => "text/html; charset=utf-8",
        Some("js" | "mjs") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("wasm") => "application/wasm",
        Some("json" | "map") => "application/json; charset=utf-8",
        Some("webmanifest") => "application/manifest+json; charset=utf-8",
        Some("txt") => "text/plain; charset=utf-8",
        Some("xml") => "application/xml; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("jpg" | "jpeg") => "image/jpeg",
        Some("webp") => "image/webp",
        Some("avif") => "image/avif",
        Some("ico") => "image/x-icon",
        Some("woff2") => "font/woff2",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn get(
        files: &Files,
        file: &Path,
        headers: &[(hyper::header::HeaderName, &str)],
    ) -> Response<Body> {
        let headers = headers
            .iter()
            .map(|(name, value)| (name.clone(), HeaderValue::from_str(value).unwrap()))
            .collect();
        files.serve(&Method::GET, &headers, file, "id").await
    }

    #[tokio::test]
    async fn a_known_state_is_not_sent_again() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("app.js");
        fs::write(&file, "a".repeat(5000)).unwrap();
        let files = Files::default();

        let first = get(&files, &file, &[(ACCEPT_ENCODING, "gzip, br")]).await;
        let tag = first.headers()[ETAG].to_str().unwrap();
        let again = get(
            &files,
            &file,
            &[(ACCEPT_ENCODING, "gzip, br"), (IF_NONE_MATCH, tag)],
        )
        .await;
        let plain = get(&files, &file, &[(IF_NONE_MATCH, tag)]).await;

        assert_eq!(first.headers()[CONTENT_ENCODING], "br");
        assert_eq!(again.status(), StatusCode::NOT_MODIFIED);
        assert_eq!(plain.status(), StatusCode::OK);
        assert_eq!(plain.headers().get(CONTENT_ENCODING), None);
    }

    #[tokio::test]
    async fn a_file_takes_no_other_method() {
        let files = Files::default();

        let response = files
            .serve(&Method::POST, &HeaderMap::new(), Path::new("/x"), "id")
            .await;

        assert_eq!(response.status(), StatusCode::METHOD_NOT_ALLOWED);
        assert_eq!(response.headers()[ALLOW], "GET, HEAD");
    }
}
