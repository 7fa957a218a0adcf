//! Which program acts for whom: by an OAuth token, by a personal token, or by the token of another
//! issuer that this deployment stands behind.

use auth::secret::{self, Personal};
use auth::{Caller, Policy, Scopes};
use axum::http::request::Parts;
use protocol::ErrorCode;
use store::grants::{self, By, Grant};

use super::metadata::{issuer, resource};
use crate::extract::{bearer, welcome};
use crate::{App, Background, Error, middleware};

/// Somebody, through a program.
pub(super) struct Admitted {
    pub(super) caller: Caller,
    /// The program's name, which stands beside everything it does.
    pub(super) name: String,
}

pub(super) async fn admit(parts: &Parts, app: &App) -> Result<Admitted, Error> {
    middleware::verifying(async {
        let token = bearer(parts)?;
        if app.config.tokens.are_foreign() {
            return foreign(parts, token, app).await;
        }
        if token.starts_with(secret::PERSONAL) {
            return personal(token, app).await;
        }
        granted(parts, token, app).await
    })
    .await
}

async fn granted(parts: &Parts, token: &str, app: &App) -> Result<Admitted, Error> {
    let policy = Policy::of_resource(&issuer(&app.config), &resource(&app.config));
    let now = (app.clock)();
    let background = Background::of(&parts.extensions);
    let caller = app.keys.verify_by(&policy, token, now, &background).await?;
    middleware::calls(caller.user());
    let id = caller.session().ok_or(ErrorCode::TokenClaims)?;
    // Looked up though the signature is good: a program that was shut out is refused at once.
    let grant = grants::used(&app.db, By::Id(id, caller.user()), now).await?;
    let grant = grant.ok_or(ErrorCode::SessionEnded)?;
    Ok(Admitted {
        name: grant.name,
        caller,
    })
}

async fn personal(token: &str, app: &App) -> Result<Admitted, Error> {
    let now = (app.clock)();
    let hash = secret::hash(token);
    let grant = grants::used(&app.db, By::Hash(&hash), now).await?;
    let grant = grant.ok_or(ErrorCode::TokenUnknownKey)?;
    middleware::calls(&grant.user);
    let row = Personal {
        id: &grant.id,
        user: &grant.user,
        hash: grant.token_hash.as_deref().unwrap_or_default(),
        scopes: scopes(&grant)?,
        expires_at: grant.expires_at,
    };
    let caller = row.verify(token, now)?;
    Ok(Admitted {
        name: grant.name,
        caller,
    })
}

async fn foreign(parts: &Parts, token: &str, app: &App) -> Result<Admitted, Error> {
    let background = Background::of(&parts.extensions);
    let caller = app.keys.verify(token, (app.clock)(), &background).await?;
    middleware::calls(caller.user());
    welcome(&caller, app).await?;
    Ok(Admitted {
        caller,
        name: "MCP client".to_owned(),
    })
}

fn scopes(grant: &Grant) -> Result<Scopes, ErrorCode> {
    Scopes::parse(&grant.scopes).ok_or(ErrorCode::Internal)
}
