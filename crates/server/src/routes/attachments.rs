//! `/api/attachments/{id}`: the bytes of the files that `/api/chatkit` announces.

use axum::Json as Answer;
use axum::Router;
use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{FromRequest, Request, State};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use axum::routing::put;
use chat::Blob;
use protocol::ErrorCode;
use protocol::chatkit::Attachment;
use serde_json::json;

use super::chatkit::visit;
use crate::book::Book;
use crate::client::Client;
use crate::extract::{Path, SignedIn, too_large};
use crate::{App, Error};

pub(super) fn router() -> Router<App> {
    Router::new().route("/api/attachments/{id}", put(upload).get(download))
}

pub(super) fn describe(book: &mut Book) {
    let bytes = json!({"type": "string", "format": "binary"});
    let kinds = [
        "image/png",
        "image/jpeg",
        "image/gif",
        "image/webp",
        "text/plain",
    ];
    book.route(
        "PUT /api/attachments/{id}",
        "The bytes of a file that was announced",
    )
    .body_as("application/octet-stream", &bytes)
    .answers_as(200, &[("application/json", json!({"type": "object"}))])
    .done();
    book.route("GET /api/attachments/{id}", "The bytes of a file")
        .gives(&kinds)
        .done();
}

async fn upload(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
    client: Client,
    Path(id): Path<String>,
    request: Request,
) -> Result<Answer<Attachment>, Error> {
    let content: Result<Bytes, BytesRejection> = Bytes::from_request(request, &app).await;
    let content = content.map_err(|rejection| match rejection.status().as_u16() {
        413 => ErrorCode::AttachmentTooLarge.into(),
        _ => too_large(rejection),
    });
    let visit = visit(caller, client);
    Ok(Answer(app.chat().upload(&id, &content?, &visit).await?))
}

async fn download(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
    client: Client,
    Path(id): Path<String>,
) -> Result<Response, Error> {
    let blob = app.chat().download(&id, &visit(caller, client)).await?;
    let fixed = [
        // A file of somebody's own is shown, never run.
        (
            header::CONTENT_SECURITY_POLICY,
            "default-src 'none'; sandbox",
        ),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::CACHE_CONTROL, "private, max-age=86400, immutable"),
    ];
    let disposition = disposition(&blob);
    let kind = HeaderValue::from_str(&blob.mime_type);
    let mut response = blob.content.into_response();
    let headers = response.headers_mut();
    for (name, value) in fixed {
        headers.insert(name, HeaderValue::from_static(value));
    }
    if let Ok(kind) = kind {
        headers.insert(header::CONTENT_TYPE, kind);
    }
    if let Ok(value) = HeaderValue::from_str(&disposition) {
        headers.insert(header::CONTENT_DISPOSITION, value);
    }
    Ok(response)
}

/// RFC 6266, with the name as RFC 8187 writes it.
fn disposition(blob: &Blob) -> String {
    let name: String = blob
        .name
        .bytes()
        .map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'.' | b'-' | b'_' => {
                char::from(byte).to_string()
            }
            _ => format!("%{byte:02X}"),
        })
        .collect();
    let how = if blob.mime_type.starts_with("image/") {
        "inline"
    } else {
        "attachment"
    };
    format!("{how}; filename*=UTF-8''{name}")
}
