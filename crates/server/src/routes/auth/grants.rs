//! `/api/auth/grants`: the programs that act for a person, and personal access tokens.

use auth::{Scopes, secret};
use axum::Json as Answer;
use axum::extract::State;
use axum::http::StatusCode;
use protocol::grant::{CreatedToken, Grant, GrantList, NewToken};
use protocol::{ErrorCode, SessionId};
use store::{Scope, grants};

use crate::app::chance;
use crate::extract::{Json, Path, SignedIn};
use crate::{App, Error};

/// Days that a token lives unless asked for otherwise, and at the most.
const USUAL_DAYS: i64 = 90;
const MOST_DAYS: i64 = 366;

const fn scope(caller: &auth::Caller) -> Scope<'_> {
    Scope {
        user: caller.user(),
        session: caller.session(),
    }
}

/// `GET /api/auth/grants`
pub(super) async fn list_grants(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
) -> Result<Answer<GrantList>, Error> {
    let tx = app.db.begin(scope(&caller));
    let grants = grants::list(tx, (app.clock)()).await?;
    Ok(Answer(GrantList {
        grants: grants.into_iter().map(wire).collect(),
    }))
}

/// `POST /api/auth/grants`: a personal access token, for clients without OAuth.
pub(super) async fn create_token(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
    Json(new): Json<NewToken>,
) -> Result<(StatusCode, Answer<CreatedToken>), Error> {
    let now = (app.clock)();
    let token = secret::generate(secret::PERSONAL, &mut chance);
    let grant = grants::Grant {
        id: new_id(),
        user: caller.user().clone(),
        client: None,
        token_hash: Some(secret::hash(&token)),
        name: checked_name(&new.name)?,
        scopes: checked_scopes(new.scope.as_deref())?.to_string(),
        created_at: now,
        last_used_at: None,
        expires_at: now.plus_seconds(checked_days(new.days)? * 86_400),
    };
    let mut tx = app.db.begin(scope(&caller));
    let is_kept = grants::insert(&mut tx, &grant).await?;
    tx.commit().await?;
    if !is_kept {
        return Err(too_many());
    }
    let created = CreatedToken {
        token,
        grant: wire(grant),
    };
    Ok((StatusCode::CREATED, Answer(created)))
}

/// `DELETE /api/auth/grants/{id}`: the program is refused at its next call.
pub(super) async fn delete_grant(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
    Path(id): Path<String>,
) -> Result<StatusCode, Error> {
    if grants::delete(app.db.begin(scope(&caller)), &id).await? {
        Ok(StatusCode::NO_CONTENT)
    } else {
        Err(ErrorCode::GrantNotFound.into())
    }
}

/// Grants stand beside sessions in tokens, and their ids tell them apart.
pub(super) fn new_id() -> SessionId {
    let id = auth::random::alphanumeric(26, &mut chance);
    SessionId::new(format!("grant_{id}"))
}

pub(super) fn too_many() -> Error {
    let text = format!(
        "There are {} programs and tokens; delete some.",
        grants::MOST
    );
    Error::new(ErrorCode::LimitReached, text)
}

fn checked_name(name: &str) -> Result<String, Error> {
    let name = name.trim();
    let length = name.chars().count();
    if length == 0 || length > 100 || name.chars().any(char::is_control) {
        let text = "A token's name has 1 to 100 characters.";
        return Err(Error::new(ErrorCode::RequestInvalid, text));
    }
    Ok(name.to_owned())
}

fn checked_scopes(scope: Option<&str>) -> Result<Scopes, Error> {
    let Some(text) = scope else {
        return Ok(Scopes::ALL);
    };
    let all_known = text.split(' ').all(|name| Scopes::NAMES.contains(&name));
    let scopes = Scopes::parse(text).filter(|_| all_known);
    scopes.ok_or_else(|| {
        let text = "A token's scope is tasks:read, or tasks:read tasks:write.";
        Error::new(ErrorCode::RequestInvalid, text)
    })
}

fn checked_days(days: Option<i64>) -> Result<i64, Error> {
    let days = days.unwrap_or(USUAL_DAYS);
    if (1..=MOST_DAYS).contains(&days) {
        return Ok(days);
    }
    let text = format!("A token lives 1 to {MOST_DAYS} days.");
    Err(Error::new(ErrorCode::RequestInvalid, text))
}

fn wire(grant: grants::Grant) -> Grant {
    Grant {
        id: grant.id.to_string(),
        name: grant.name,
        client_id: grant.client,
        scope: grant.scopes,
        created_at: grant.created_at,
        last_used_at: grant.last_used_at,
        expires_at: grant.expires_at,
    }
}
