//! `/api/auth/update-user`, `/api/auth/delete-user` and `/api/auth/list-accounts`.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use serde_json::{Value, json};
use store::users::{self, Changes};

use super::answer::{Form, Refusal, Sender, done};
use super::fields::invalid;
use super::session::Holder;
use super::{limit, password};
use crate::App;
use crate::cookies::Cookies;
use crate::quota::at_user;

/// `POST /api/auth/update-user`: the name and the picture.
pub(super) async fn update(
    State(app): State<App>,
    holder: Holder,
    form: Form,
) -> Result<Response, Refusal> {
    let mut fields = form.fields;
    if fields.has("email") {
        return Err(refusal(
            "EMAIL_CAN_NOT_BE_UPDATED",
            "Email can not be updated",
        ));
    }
    let name = fields.optional_text("name");
    let image = fields.nullable_text("image");
    fields.check()?;
    if name.is_none() && image.is_none() {
        return Err(refusal("NO_FIELDS_TO_UPDATE", "No fields to update"));
    }
    let changes = Changes {
        name: name.map(|name| checked_name(&name)).transpose()?,
        image: image
            .map(|image| image.map(checked_image).transpose())
            .transpose()?,
    };
    users::update(holder.begin(&app), &changes, app.now()).await?;
    let body = json!({"status": true});
    Ok(done(Sender::Program, &body, &holder.cookies(&app)))
}

/// `POST /api/auth/delete-user`: by the password, or by a young sign-in. What was removed is
/// told by table.
pub(super) async fn delete(
    State(app): State<App>,
    holder: Holder,
    form: Form,
) -> Result<Response, Refusal> {
    let mut fields = form.fields;
    let password = fields.optional_text("password");
    fields.check()?;
    let user = &holder.current.user;
    match password {
        Some(password) => {
            limit::count(
                &app,
                [at_user(
                    &app,
                    &user.id,
                    "password",
                    app.config.limits.password,
                )],
            )
            .await?;
            if !password::is_of(&app, &holder, password).await? {
                return Err(password::wrong());
            }
        }
        None if holder.is_fresh(&app) => {}
        None => {
            return Err(refusal(
                "SESSION_EXPIRED",
                "Session expired. Re-authenticate to perform this action.",
            ));
        }
    }
    let deleted = users::delete(holder.begin(&app)).await?;
    let body = json!({"success": true, "message": "User deleted", "deleted": deleted});
    let cookies = Cookies::new(&app.config).clear();
    Ok(done(Sender::Program, &body, &cookies))
}

/// `GET /api/auth/list-accounts`: the ways in which somebody can sign in.
pub(super) async fn accounts(
    State(app): State<App>,
    holder: Holder,
) -> Result<Json<Value>, Refusal> {
    let accounts = users::accounts(holder.begin(&app)).await?;
    let user = &holder.current.user.id;
    let list = accounts.iter().map(|account| {
        let scope = account.scope.as_deref().unwrap_or_default();
        let scopes: Vec<&str> = scope.split(',').filter(|scope| !scope.is_empty()).collect();
        json!({
            "id": account.id,
            "accountId": account.account_id,
            "providerId": account.provider_id,
            "userId": user,
            "createdAt": account.created_at,
            "updatedAt": account.updated_at,
            "scopes": scopes,
        })
    });
    Ok(Json(list.collect()))
}

pub(super) fn checked_name(name: &str) -> Result<String, Refusal> {
    let name = name.trim();
    if name.chars().count() > 200 || name.chars().any(char::is_control) {
        return Err(invalid("[body.name] Invalid name"));
    }
    Ok(name.to_owned())
}

/// A picture is an address that a browser may load; anything else could be a program.
pub(super) fn checked_image(image: String) -> Result<String, Refusal> {
    let is_address = image.starts_with("https://") || image.starts_with("http://");
    if !is_address || image.len() > 2000 || image.contains(char::is_control) {
        return Err(invalid("[body.image] Invalid image"));
    }
    Ok(image)
}

fn refusal(code: &'static str, message: &str) -> Refusal {
    Refusal::new(StatusCode::BAD_REQUEST, code, message)
}
