//! `GET /api/auth/oauth2/authorize`: a program asks a person to let it in.

use auth::base64url;
use axum::extract::{RawQuery, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};

use super::request::{Parameters, Refused, check};
use super::{page, visitor};
use crate::App;

/// The parameters as one: how the page of sign-in leads back here.
const AGAIN: &str = "again";

pub(super) async fn authorize(
    State(app): State<App>,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
) -> Response {
    let query = query.unwrap_or_default();
    match show(&app, &headers, &query).await {
        Ok(response) => response,
        Err(refused) => refused.into_response(),
    }
}

async fn show(app: &App, headers: &HeaderMap, query: &str) -> Result<Response, Refused> {
    let given = Parameters::read(query.as_bytes());
    let query = match given.get(AGAIN).and_then(base64url::decode) {
        Some(again) => again,
        None => query.as_bytes().to_vec(),
    };
    let given = Parameters::read(&query);
    let asked = check(app, &given).await?;
    // Whatever the cookie says, a person is asked: a program that came once may not come again
    // by itself, and one that only names itself alike not at all.
    let found = visitor(app, headers).await?;
    Ok(match found {
        Some(found) => page::consent(&asked, &found.user, &query),
        None => {
            let again = base64url::encode(&query);
            let place = format!("/api/auth/oauth2/authorize?{AGAIN}={again}");
            page::sign_in(&asked, &place)
        }
    })
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        match self {
            Self::Here(text) => page::fault(&text),
            Self::There(place) => page::see_other(&place),
            Self::Failed(error) => error.into_response(),
        }
    }
}
