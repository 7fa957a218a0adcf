//! `POST /api/auth/oauth2/consent`: what the person decided.

use auth::{Scopes, secret};
use axum::body::Bytes;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use store::oauth::Code;
use store::{Scope, grants, oauth};

use super::request::{Asked, Parameters, Refused, check, refusal};
use super::{page, redirect, visitor};
use crate::app::chance;
use crate::routes::auth::answer::Refusal;
use crate::routes::auth::grants::{new_id, too_many};
use crate::routes::mcp::issuer;
use crate::{App, Error, origin};

/// Seconds in which the program must come for its token.
const CODE: i64 = 120;

pub(super) async fn decide(State(app): State<App>, headers: HeaderMap, body: Bytes) -> Response {
    // Only the page that asked may answer, never one of another site.
    if let Err(foreign) = origin::check(&headers, &app.config) {
        return Refusal::from(foreign).into_response();
    }
    match try_decide(&app, &headers, &body).await {
        Ok(response) => response,
        Err(refused) => refused.into_response(),
    }
}

async fn try_decide(app: &App, headers: &HeaderMap, body: &[u8]) -> Result<Response, Refused> {
    let answer = Parameters::read(body);
    // Checked again as a whole: what the page sent back is only what a browser says.
    let given = Parameters::read(answer.get("request").unwrap_or_default().as_bytes());
    let asked = check(app, &given).await?;
    let found = visitor(app, headers).await?;
    let Some(found) = found else {
        return Err(Refused::Here("You are no longer signed in.".to_owned()));
    };
    if answer.get("decision") != Some("allow") {
        let text = "The person said no.";
        let state = asked.state.as_deref();
        let place = refusal(app, &asked.redirect_uri, state, "access_denied", text);
        return Ok(page::see_other(&place));
    }
    let scopes = match answer.get("write") {
        Some(_) => asked.scopes,
        None => Scopes::READ,
    };
    let code = secret::generate("", &mut chance);
    let scope = Scope {
        user: &found.user.id,
        session: Some(&found.session.id),
    };
    keep(app, scope, &asked, scopes, &code).await?;
    let issuer = issuer(&app.config);
    let mut answer = vec![("code", code.as_str()), ("iss", issuer.as_str())];
    answer.extend(asked.state.as_deref().map(|state| ("state", state)));
    Ok(page::see_other(&redirect::with(
        &asked.redirect_uri,
        &answer,
    )))
}

async fn keep(
    app: &App,
    scope: Scope<'_>,
    asked: &Asked,
    scopes: Scopes,
    code: &str,
) -> Result<(), Error> {
    let now = (app.clock)();
    let expires_at = now.plus_seconds(CODE);
    let grant = grants::Grant {
        id: new_id(),
        user: scope.user.clone(),
        client: Some(asked.client.id.clone()),
        token_hash: None,
        name: asked.client.name.clone(),
        scopes: scopes.to_string(),
        created_at: now,
        last_used_at: None,
        expires_at,
    };
    let code = Code {
        hash: secret::hash(code),
        grant: grant.id.clone(),
        redirect_uri: asked.redirect_uri.clone(),
        challenge: asked.challenge.clone(),
        resource: asked.resource.clone(),
        expires_at,
    };
    let mut tx = app.db.begin(scope);
    if !grants::insert(&mut tx, &grant).await? {
        return Err(too_many());
    }
    Ok(oauth::insert_code(tx, &code).await?)
}
