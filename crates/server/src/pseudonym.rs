//! Who a refusal is about, as the log may say it: the same person and the same place have the same
//! name in every line, and nobody without `BETTER_AUTH_SECRET` can tell whose it is.

use axum::http::HeaderMap;
use protocol::UserId;

use crate::{App, quota};

/// 32 hexadecimal digits for a person, whoever told us who they are: a token, a cookie, an account.
pub(crate) fn of_user(app: &App, user: &UserId) -> String {
    quota::hashed(app, &["log", "user", user.as_str()])
}

/// The same for the place that a request comes from, which for IPv6 is the network; `None` where
/// nothing in front of us says it.
pub(crate) fn of_address(app: &App, headers: &HeaderMap) -> Option<String> {
    let place = quota::place(quota::address(headers, &app.config)?);
    Some(quota::hashed(app, &["log", "address", &place]))
}
