//! `/api/auth/…`: Better Auth's endpoints, on its tables and in its words.

mod answer;
mod change_email;
mod credentials;
mod describe;
mod email;
mod error_page;
mod fields;
mod grants;
mod keys;
mod letters;
mod limit;
mod notices;
mod oauth2;
mod password;
mod reset;
mod session;
mod sessions;
mod sign_in;
mod sign_out;
mod sign_up;
mod token;
mod user;
mod verify;

use axum::Router;
use axum::routing::{delete, get, post};

use crate::App;

pub(super) use self::describe::describe;

pub fn router() -> Router<App> {
    Router::new()
        .merge(super::account::router())
        .merge(super::status::router())
        .route("/api/auth/sign-up/email", post(sign_up::sign_up))
        .route("/api/auth/sign-in/email", post(sign_in::sign_in))
        .route("/api/auth/sign-out", post(sign_out::sign_out))
        .route("/api/auth/get-session", get(session::get_session))
        .route("/api/auth/token", get(token::token))
        .route("/api/auth/jwks", get(keys::jwks))
        .route(
            "/api/auth/grants",
            get(grants::list_grants).post(grants::create_token),
        )
        .route("/api/auth/grants/{id}", delete(grants::delete_grant))
        .route("/api/auth/list-sessions", get(sessions::list))
        .route("/api/auth/revoke-session", post(sessions::revoke))
        .route("/api/auth/revoke-sessions", post(sessions::revoke_all))
        .route(
            "/api/auth/revoke-other-sessions",
            post(sessions::revoke_others),
        )
        .route("/api/auth/update-user", post(user::update))
        .route("/api/auth/delete-user", post(user::delete))
        .route("/api/auth/list-accounts", get(user::accounts))
        .route("/api/auth/change-password", post(credentials::change))
        .route("/api/auth/change-email", post(change_email::change))
        .route("/api/auth/verify-password", post(credentials::verify))
        .route("/api/auth/request-password-reset", post(reset::ask))
        .route("/api/auth/reset-password/{token}", get(reset::follow))
        .route("/api/auth/reset-password", post(reset::reset))
        .route("/api/auth/send-verification-email", post(verify::send))
        .route("/api/auth/verify-email", get(verify::open))
        .route("/api/auth/error", get(error_page::show))
        .merge(oauth2::router())
        .route("/api/auth/ok", get(answer::ok))
}
