//! `POST /api/auth/oauth2/revoke`: a program gives back what it was given (RFC 7009).

use auth::{Policy, secret};
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{Extensions, StatusCode};
use store::{Scope, grants, oauth};

use super::fault::Fault;
use super::request::Parameters;
use crate::routes::mcp::{issuer, resource};
use crate::{App, Background};

/// Always 200: what does not exist is as good as revoked (section 2.2).
pub(super) async fn revoke(
    State(app): State<App>,
    extensions: Extensions,
    body: Bytes,
) -> Result<StatusCode, Fault> {
    let given = Parameters::read(&body);
    let client = given.get("client_id");
    let client = client.ok_or_else(|| Fault::new("invalid_client", "client_id is missing."))?;
    let token = given.get("token");
    let token = token.ok_or_else(|| Fault::new("invalid_request", "token is missing."))?;
    oauth::revoke(&app.db, &secret::hash(token), client).await?;
    end_grant(&app, token, &extensions).await?;
    Ok(StatusCode::OK)
}

/// An access token that is good proves its bearer's right to end what it came from.
async fn end_grant(app: &App, token: &str, extensions: &Extensions) -> Result<(), Fault> {
    let policy = Policy::of_resource(&issuer(&app.config), &resource(&app.config));
    let (now, background) = ((app.clock)(), Background::of(extensions));
    let verified = app.keys.verify_by(&policy, token, now, &background).await;
    let Ok(caller) = verified else {
        return Ok(());
    };
    let Some(grant) = caller.session() else {
        return Ok(());
    };
    let scope = Scope {
        user: caller.user(),
        session: Some(grant),
    };
    match grants::delete(app.db.begin(scope), grant.as_str()).await {
        Ok(_) | Err(store::Error::SessionEnded) => Ok(()),
        Err(error) => Err(error.into()),
    }
}
