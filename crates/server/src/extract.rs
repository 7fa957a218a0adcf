//! What handlers ask for, and how each refusal is said.

use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{FromRequest, FromRequestParts, RawPathParams, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, Uri, header};
use protocol::ErrorCode;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::{App, Background, Error, middleware};

/// The verified caller. A handler that takes one is reached by nobody else.
pub(crate) struct SignedIn(pub(crate) auth::Caller);

impl FromRequestParts<App> for SignedIn {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Error> {
        let caller = verified(parts, app).await?;
        welcome(&caller, app).await?;
        Ok(Self(caller))
    }
}

/// The verified caller, on addresses that name a person: it must be the same one. Decided before
/// anything else is looked at.
pub(crate) struct SignedInAs(pub(crate) auth::Caller);

impl FromRequestParts<App> for SignedInAs {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Error> {
        let caller = verified(parts, app).await?;
        let path = RawPathParams::from_request_parts(parts, app).await;
        let path = path.map_err(|_| ErrorCode::RouteUnknown)?;
        let named = path.iter().find(|(name, _)| *name == "user");
        if named.is_none_or(|(_, user)| user != caller.user().as_str()) {
            return Err(ErrorCode::UserMismatch.into());
        }
        welcome(&caller, app).await?;
        Ok(Self(caller))
    }
}

async fn verified(parts: &mut Parts, app: &App) -> Result<auth::Caller, Error> {
    let caller = middleware::verifying(async {
        let background = Background::of(&parts.extensions);
        let token = bearer(parts)?;
        app.keys.verify(token, (app.clock)(), &background).await
    });
    let caller = caller.await?;
    middleware::calls(caller.user());
    parts.extensions.insert(caller.clone());
    Ok(caller)
}

/// Another system's people have no account here, and everything they make needs an owner.
pub(crate) async fn welcome(caller: &auth::Caller, app: &App) -> Result<(), Error> {
    if app.config.tokens.are_foreign() {
        store::users::welcome(&app.db, caller.user(), (app.clock)()).await?;
    }
    Ok(())
}

/// RFC 6750, section 2.1; the scheme's name in any case (RFC 9110, section 11.1). The other two
/// ways of that RFC, in the body and in the address, are not open.
pub(crate) fn bearer(parts: &Parts) -> Result<&str, ErrorCode> {
    if is_in_url(&parts.uri) {
        return Err(ErrorCode::TokenInUrl);
    }
    let mut values = parts.headers.get_all(header::AUTHORIZATION).iter();
    let value = values.next().ok_or(ErrorCode::TokenMissing)?;
    if values.next().is_some() {
        return Err(ErrorCode::TokenRepeated);
    }
    let value = value.to_str().map_err(|_| ErrorCode::TokenMalformed)?;
    let (scheme, token) = value.split_once(' ').unwrap_or((value, ""));
    if !scheme.eq_ignore_ascii_case("bearer") {
        return Err(ErrorCode::TokenMissing);
    }
    Ok(token.trim_start_matches(' '))
}

fn is_in_url(uri: &Uri) -> bool {
    let query = uri.query().unwrap_or_default();
    form_urlencoded::parse(query.as_bytes()).any(|(name, _)| name == "access_token")
}

/// A JSON body. Where the caller is known, a body that names another person is refused.
pub(crate) struct Json<T>(pub(crate) T);

impl<T: DeserializeOwned> FromRequest<App> for Json<T> {
    type Rejection = Error;

    async fn from_request(request: Request, app: &App) -> Result<Self, Error> {
        if !is_json(request.headers()) {
            return Err(ErrorCode::RequestMediaType.into());
        }
        let caller = request.extensions().get::<auth::Caller>().cloned();
        let bytes = Bytes::from_request(request, app).await.map_err(too_large)?;
        let value: Value = serde_json::from_slice(&bytes).map_err(|error| malformed(&error))?;
        if has_nul(&value) {
            return Err(Error::new(
                ErrorCode::RequestMalformed,
                "The request has a NUL character, which cannot be kept.",
            ));
        }
        if let Some(caller) = caller {
            names_nobody_else(&value, caller.user().as_str())?;
        }
        let value = serde_json::from_value(value).map_err(|error| {
            Error::new(
                ErrorCode::RequestInvalid,
                format!("The request does not fit: {error}."),
            )
        })?;
        Ok(Self(value))
    }
}

pub(crate) fn is_json(headers: &HeaderMap) -> bool {
    let kind = headers
        .get(header::CONTENT_TYPE)
        .and_then(|kind| kind.to_str().ok())
        .and_then(|kind| kind.split(';').next())
        .map(|kind| kind.trim().to_ascii_lowercase());
    kind.is_some_and(|kind| kind == "application/json" || kind.ends_with("+json"))
}

pub(crate) fn malformed(error: &serde_json::Error) -> Error {
    let place = format!("line {}, column {}", error.line(), error.column());
    Error::new(
        ErrorCode::RequestMalformed,
        format!("The request is no JSON; see {place}."),
    )
}

#[expect(
    clippy::needless_pass_by_value,
    reason = "the form that map_err asks for"
)]
pub(crate) fn too_large(rejection: BytesRejection) -> Error {
    match rejection.status().as_u16() {
        413 => ErrorCode::RequestTooLarge.into(),
        _ => ErrorCode::RequestMalformed.into(),
    }
}

/// Postgres keeps none, in no text and no JSON.
fn has_nul(value: &Value) -> bool {
    match value {
        Value::String(text) => text.contains('\0'),
        Value::Array(list) => list.iter().any(has_nul),
        Value::Object(members) => members
            .iter()
            .any(|(name, member)| name.contains('\0') || has_nul(member)),
        _ => false,
    }
}

fn names_nobody_else(body: &Value, user: &str) -> Result<(), ErrorCode> {
    for name in ["user_id", "userId"] {
        let same = match body.get(name) {
            None | Some(Value::Null) => true,
            Some(Value::String(named)) => named == user,
            Some(Value::Number(named)) => named.to_string() == user,
            Some(_) => false,
        };
        if !same {
            return Err(ErrorCode::UserMismatch);
        }
    }
    Ok(())
}

/// The parameters after the `?`. Unknown ones are ignored: Vercel adds some of its own.
pub(crate) struct Query<T>(pub(crate) T);

impl<T: DeserializeOwned> FromRequestParts<App> for Query<T> {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Error> {
        let query = axum::extract::Query::<T>::from_request_parts(parts, app).await;
        match query {
            Ok(axum::extract::Query(query)) => Ok(Self(query)),
            Err(rejection) => Err(Error::new(
                ErrorCode::RequestInvalid,
                format!("{}.", rejection.body_text()),
            )),
        }
    }
}

/// A part of the path that has to be of a certain form; an address with another leads nowhere.
pub(crate) struct Path<T>(pub(crate) T);

impl<T: DeserializeOwned + Send> FromRequestParts<App> for Path<T> {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Error> {
        let path = axum::extract::Path::<T>::from_request_parts(parts, app).await;
        path.map(|axum::extract::Path(path)| Self(path))
            .map_err(|_| ErrorCode::RouteUnknown.into())
    }
}
