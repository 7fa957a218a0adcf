//! `POST /api/auth/oauth2/token`: a code or a refresh token becomes an access token.

use auth::{GrantClaims, Scopes, base64url, secret};
use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use protocol::SessionId;
use serde_json::json;
use store::grants::{By, Grant, used};
use store::oauth::{self, Code, Refresh, Taken};

use super::fault::{Fault, uncached};
use super::request::Parameters;
use crate::App;
use crate::app::chance;
use crate::routes::auth::keys;
use crate::routes::mcp::issuer;

/// Seconds that an access token lives. It is looked up at every call, so this bounds only how
/// long a stolen one stays unnoticed.
const LIFETIME: i64 = 15 * 60;

/// Seconds after which an unused refresh token is over.
const UNUSED: i64 = 30 * 24 * 3600;

pub(super) async fn token(State(app): State<App>, body: Bytes) -> Result<Response, Fault> {
    let given = Parameters::read(&body);
    if given.repeated() {
        return Err(Fault::new("invalid_request", "Something is said twice."));
    }
    let client = given.get("client_id");
    let client = client.ok_or_else(|| Fault::new("invalid_client", "client_id is missing."))?;
    match given.get("grant_type") {
        Some("authorization_code") => by_code(&app, &given, client).await,
        Some("refresh_token") => by_refresh(&app, &given, client).await,
        _ => Err(Fault::new(
            "unsupported_grant_type",
            "grant_type is authorization_code or refresh_token.",
        )),
    }
}

async fn by_code(app: &App, given: &Parameters, client: &str) -> Result<Response, Fault> {
    let code = given.get("code").unwrap_or_default();
    let taken = oauth::take_code(&app.db, &secret::hash(code), (app.clock)()).await?;
    let code = match taken {
        Taken::Now(code) => code,
        Taken::Before => return Err(Fault::grant("The code was used before.")),
        Taken::Never => return Err(Fault::grant("There is no such code, or it is too old.")),
    };
    check_code(given, &code)?;
    check_resource(given, &code.resource)?;
    let grant = find(app, &code.grant, client).await?;
    issue(app, &grant, client, &code.resource, None).await
}

/// RFC 7636, section 4.6, and RFC 6749, section 4.1.3.
fn check_code(given: &Parameters, code: &Code) -> Result<(), Fault> {
    let verifier = given.get("code_verifier").unwrap_or_default();
    let is_verifier = (43..=128).contains(&verifier.len());
    if !is_verifier || base64url::encode(secret::digest(verifier)) != code.challenge {
        return Err(Fault::grant("The code_verifier is another one."));
    }
    let redirect = given.get("redirect_uri");
    if redirect.is_some_and(|redirect| redirect != code.redirect_uri) {
        return Err(Fault::grant("The redirect_uri is another one."));
    }
    Ok(())
}

async fn by_refresh(app: &App, given: &Parameters, client: &str) -> Result<Response, Fault> {
    let token = given.get("refresh_token").unwrap_or_default();
    let hash = secret::hash(token);
    let taken = oauth::take_refresh(&app.db, &hash, client, (app.clock)()).await?;
    let refresh = match taken {
        Taken::Now(refresh) => refresh,
        Taken::Before => {
            return Err(Fault::grant(
                "The refresh_token was used before; ask again.",
            ));
        }
        Taken::Never => {
            return Err(Fault::grant(
                "There is no such refresh_token, or it is too old.",
            ));
        }
    };
    check_resource(given, &refresh.resource)?;
    let narrowed = match given.get("scope") {
        None => None,
        Some(text) => {
            let scopes = Scopes::parse(text);
            Some(scopes.ok_or_else(|| Fault::new("invalid_scope", "There is no such scope."))?)
        }
    };
    let grant = find(app, &refresh.grant, client).await?;
    issue(app, &grant, client, &refresh.resource, narrowed).await
}

fn check_resource(given: &Parameters, resource: &str) -> Result<(), Fault> {
    match given.get("resource") {
        Some(named) if named.trim_end_matches('/') != resource => {
            Err(Fault::new("invalid_target", "The token is for /api/mcp."))
        }
        _ => Ok(()),
    }
}

async fn find(app: &App, id: &SessionId, client: &str) -> Result<Grant, Fault> {
    let grant = used(&app.db, By::Secret(id), (app.clock)()).await?;
    let grant = grant.filter(|grant| grant.client.as_deref() == Some(client));
    grant.ok_or_else(taken_back)
}

fn taken_back() -> Fault {
    Fault::grant("It was given to another client, or taken back.")
}

async fn issue(
    app: &App,
    grant: &Grant,
    client: &str,
    resource: &str,
    narrowed: Option<Scopes>,
) -> Result<Response, Fault> {
    let now = (app.clock)();
    let scopes = Scopes::parse(&grant.scopes).unwrap_or(Scopes::READ);
    let scopes = narrowed.map_or(scopes, |narrowed| narrowed.within(scopes));
    let refresh = secret::generate("lwr_", &mut chance);
    let row = Refresh {
        hash: secret::hash(&refresh),
        grant: grant.id.clone(),
        resource: resource.to_owned(),
        expires_at: now.plus_seconds(UNUSED),
    };
    if !oauth::insert_refresh(&app.db, &row, now).await? {
        return Err(taken_back());
    }
    let access = keys::signer(app).await?.grant_token(&GrantClaims {
        issuer: &issuer(&app.config),
        resource,
        subject: &grant.user,
        grant: &grant.id,
        client,
        scopes,
        id: &auth::random::alphanumeric(22, &mut chance),
        issued_at: now,
        lifetime: LIFETIME,
    });
    let body = json!({
        "access_token": access,
        "token_type": "Bearer",
        "expires_in": LIFETIME,
        "refresh_token": refresh,
        "scope": scopes.to_string(),
    });
    Ok(uncached(Json(body).into_response()))
}
