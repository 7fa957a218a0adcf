//! `/api/auth/…`: Better Auth's endpoints, on its tables and in its words.

mod answer;
mod grants;
mod keys;
mod limit;
mod session;
mod sign_in;
mod sign_out;
mod sign_up;
mod token;

use axum::Router;
use axum::routing::{delete, get, post};

use crate::App;

pub fn router() -> Router<App> {
    Router::new()
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
        .route("/api/auth/ok", get(answer::ok))
}
