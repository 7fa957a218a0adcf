//! Signing keys, and `GET /api/auth/jwks`.

use auth::Signer;
use axum::Json;
use axum::extract::State;
use protocol::ErrorCode;
use serde_json::{Value, json};
use store::keys::{self, KeyRow};

use super::answer::Refusal;
use crate::app::chance;
use crate::{App, Error};

/// The newest key that this deployment's secret opens. The first one is made when it is first
/// needed; should two processes come at once, one of them makes it.
pub(super) async fn signer(app: &App) -> Result<Signer, Error> {
    if let Some(signer) = newest(app).await? {
        return Ok(signer);
    }
    let id = auth::random::alphanumeric(32, &mut chance);
    let signer = Signer::from_seed(&id, &auth::random::bytes(&mut chance));
    let row = KeyRow {
        public_key: signer.public_jwk(),
        private_key: signer.private_column(&app.config.secret, auth::random::bytes(&mut chance)),
        id,
    };
    keys::insert_first(&app.db, &row, (app.clock)()).await?;
    newest(app).await?.ok_or_else(|| {
        // There are keys, and none opens: they were sealed under another secret.
        Error::new(
            ErrorCode::ConfigInvalid,
            "BETTER_AUTH_SECRET is not the one that the keys in the database were sealed with.",
        )
    })
}

async fn newest(app: &App) -> Result<Option<Signer>, Error> {
    let rows = keys::all(&app.db).await?;
    let mut signers = rows
        .iter()
        .filter_map(|row| Signer::from_row(&row.id, &row.private_key, &app.config.secret));
    Ok(signers.next())
}

/// `GET /api/auth/jwks`: the public keys (RFC 7517, section 5).
pub(super) async fn jwks(State(app): State<App>) -> Result<Json<Value>, Refusal> {
    signer(&app).await?;
    let rows = keys::all(&app.db).await?;
    let keys: Vec<Value> = rows.iter().filter_map(published).collect();
    Ok(Json(json!({ "keys": keys })))
}

fn published(row: &KeyRow) -> Option<Value> {
    let Value::Object(mut key) = serde_json::from_str(&row.public_key).ok()? else {
        return None;
    };
    key.entry("alg").or_insert(json!("EdDSA"));
    key.insert("kid".to_owned(), json!(row.id));
    Some(Value::Object(key))
}
