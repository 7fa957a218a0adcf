//! `/api/account/model`: a person's own model and key.
//!
//! **Invariant:** a key goes in and never comes out; what is shown of it are its last characters.

use agent::Endpoint;
use axum::Json as Answer;
use axum::extract::State;
use protocol::ErrorCode;
use protocol::model::{ModelSettings, NewModel, OwnModel};
use store::Scope;
use store::model_keys::{self, ModelKey};

use crate::app::chance;
use crate::book::Book;
use crate::extract::{Json, SignedIn};
use crate::{App, Error};

const OPENAI: &str = "https://api.openai.com/v1";

/// Characters.
const LONGEST_MODEL: usize = 200;
const LONGEST_KEY: usize = 512;

/// Of a shorter key four characters would tell too much.
const LONG_ENOUGH: usize = 16;

const fn scope(caller: &auth::Caller) -> Scope<'_> {
    Scope {
        user: caller.user(),
        session: caller.session(),
    }
}

pub(super) fn describe(book: &mut Book) {
    book.route("GET /api/account/model", "The model that answers")
        .answers::<ModelSettings>(200)
        .done();
    book.route(
        "PUT /api/account/model",
        "Bring a model and a key of one's own",
    )
    .body::<NewModel>()
    .answers::<ModelSettings>(200)
    .done();
    book.route("DELETE /api/account/model", "Take one's own model away")
        .answers::<ModelSettings>(200)
        .done();
}

/// `GET /api/account/model`
pub(super) async fn find_model(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
) -> Result<Answer<ModelSettings>, Error> {
    let own = model_keys::find(app.db.begin(scope(&caller))).await?;
    Ok(Answer(settings(&app, own)))
}

/// `PUT /api/account/model`: from the next turn on it answers.
pub(super) async fn set_model(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
    Json(new): Json<NewModel>,
) -> Result<Answer<ModelSettings>, Error> {
    let own_models = app.own_models().ok_or(ErrorCode::OwnModelOff)?;
    let base_url = new.base_url.as_deref().unwrap_or(OPENAI);
    let base_url = agent::checked_address(base_url, own_models.reach)
        .map_err(|reason| refused(format!("The address of the model server {reason}.")))?;
    let endpoint = Endpoint {
        model: checked(&new.model, LONGEST_MODEL, "A model's name")?,
        api_key: checked(&new.key, LONGEST_KEY, "A key")?,
        base_url,
    };
    let nonce = auth::random::bytes(&mut chance);
    let kept = ModelKey {
        sealed: own_models.seal(caller.user(), &endpoint, nonce),
        key_end: end(&endpoint.api_key),
        model: endpoint.model,
        base_url: endpoint.base_url,
        set_at: app.now(),
    };
    model_keys::save(app.db.begin(scope(&caller)), &kept).await?;
    Ok(Answer(settings(&app, Some(kept))))
}

/// `DELETE /api/account/model`: also where people may bring none any more.
pub(super) async fn delete_model(
    State(app): State<App>,
    SignedIn(caller): SignedIn,
) -> Result<Answer<ModelSettings>, Error> {
    model_keys::delete(app.db.begin(scope(&caller))).await?;
    Ok(Answer(settings(&app, None)))
}

fn settings(app: &App, own: Option<ModelKey>) -> ModelSettings {
    let usual = app.config.asked_model();
    ModelSettings {
        enabled: app.own_models().is_some(),
        model: usual
            .map_or(agent::BUILTIN, |usual| &usual.model)
            .to_owned(),
        builtin: usual.is_none(),
        dictation: app.config.transcription.is_some() && app.config.model_calls,
        own: own.map(|own| OwnModel {
            model: own.model,
            base_url: own.base_url,
            key_end: own.key_end,
            set_at: own.set_at,
        }),
    }
}

/// One word that can stand in a header.
fn checked(text: &str, longest: usize, what: &str) -> Result<String, Error> {
    let text = text.trim();
    let is_plain = text.chars().all(|letter| letter.is_ascii_graphic());
    if text.is_empty() || text.len() > longest || !is_plain {
        return Err(refused(format!(
            "{what} has 1 to {longest} characters of plain text, without spaces."
        )));
    }
    Ok(text.to_owned())
}

fn end(key: &str) -> String {
    match key.len() >= LONG_ENOUGH {
        true => key.chars().skip(key.len() - 4).collect(),
        false => String::new(),
    }
}

fn refused(text: String) -> Error {
    Error::new(ErrorCode::RequestInvalid, text)
}
