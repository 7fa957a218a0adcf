//! The pages on which a person lets a program in. They are written here, because they must work
//! without a script and be framed by nobody.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use protocol::session::User;
use reqwest::Url;

use super::redirect;
use super::request::Asked;
use crate::app::chance;

const STYLE: &str = "body{font:1rem/1.5 system-ui,sans-serif;max-width:26rem;margin:10vh auto;\
    padding:0 1rem;color-scheme:light dark}h1{font-size:1.25rem}label{display:block;margin:.5rem 0}\
    input[type=email],input[type=password]{display:block;width:100%;box-sizing:border-box;\
    font:inherit;padding:.5rem}button{font:inherit;padding:.5rem 1rem;margin:1rem .5rem 0 0}\
    .warning{border-left:.25rem solid #c60;padding-left:.75rem}code{overflow-wrap:anywhere}";

/// Who is not signed in signs in first, and comes back.
pub(super) fn sign_in(asked: &Asked, back: &str) -> Response {
    let body = format!(
        "<h1>Sign in to let {name} in</h1>\
         <form method=\"post\" action=\"/api/auth/sign-in/email\">\
         <input type=\"hidden\" name=\"callbackURL\" value=\"{back}\">\
         <label>E-mail address<input type=\"email\" name=\"email\" required \
         autocomplete=\"username\"></label>\
         <label>Password<input type=\"password\" name=\"password\" required \
         autocomplete=\"current-password\"></label>\
         <button>Sign in</button></form>",
        name = escaped(&asked.client.name),
        back = escaped(back),
    );
    show(StatusCode::OK, &body, "'self'")
}

/// The question: which program, where it lives, and what it would be able to do.
pub(super) fn consent(asked: &Asked, user: &User, query: &[u8]) -> Response {
    let query = String::from_utf8_lossy(query);
    let is_local = Url::parse(&asked.redirect_uri).is_ok_and(|url| redirect::is_loopback(&url));
    let warning = if is_local {
        "<p class=\"warning\">This program runs on your own computer. Go on only if you have just \
         started it yourself.</p>"
    } else {
        ""
    };
    let write = if asked.scopes.may_write() {
        "<label><input type=\"checkbox\" name=\"write\" checked> add, change and delete them\
         </label>"
    } else {
        ""
    };
    let body = format!(
        "<h1>Let {name} use your tasks?</h1>\
         <p>You are signed in as <strong>{email}</strong>. Afterwards you are sent to \
         <strong><code>{host}</code></strong>.{document}</p>{warning}\
         <form method=\"post\" action=\"/api/auth/oauth2/consent\">\
         <input type=\"hidden\" name=\"request\" value=\"{query}\">\
         <label><input type=\"checkbox\" checked disabled> see your tasks</label>{write}\
         <button name=\"decision\" value=\"allow\">Allow</button>\
         <button name=\"decision\" value=\"deny\">Do not allow</button></form>\
         <p>You can shut the program out at any time in your account.</p>",
        name = escaped(&asked.client.name),
        email = escaped(&user.email),
        host = escaped(&redirect::shown(&asked.redirect_uri)),
        document = document(&asked.client.id),
        query = escaped(&query),
    );
    let leads_to = format!("'self' {}", redirect::source(&asked.redirect_uri));
    show(StatusCode::OK, &body, &leads_to)
}

/// A program that is described by a page of its own is known by that page's host.
fn document(client: &str) -> String {
    match Url::parse(client) {
        Ok(url) => format!(
            " The program describes itself at <code>{}</code>.",
            escaped(url.host_str().unwrap_or_default())
        ),
        Err(_) => String::new(),
    }
}

/// Where nobody can be sent back to.
pub(super) fn fault(text: &str) -> Response {
    let text = escaped(text);
    let body = format!("<h1>This program cannot be let in</h1><p>{text}</p>");
    show(StatusCode::BAD_REQUEST, &body, "'none'")
}

/// RFC 9700, section 4.12: the next request is a GET, so no form goes along.
pub(super) fn see_other(place: &str) -> Response {
    let place = HeaderValue::from_str(place).unwrap_or(HeaderValue::from_static("/"));
    protected((StatusCode::SEE_OTHER, [(header::LOCATION, place)]).into_response())
}

fn show(status: StatusCode, body: &str, form_action: &str) -> Response {
    let nonce = auth::random::alphanumeric(22, &mut chance);
    let html = format!(
        "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width\"><title>Latchwork</title>\
         <style nonce=\"{nonce}\">{STYLE}</style><main>{body}</main></html>"
    );
    let policy = format!(
        "default-src 'none'; style-src 'nonce-{nonce}'; base-uri 'none'; frame-ancestors 'none'; \
         form-action {form_action}"
    );
    let mut response = protected((status, Html(html)).into_response());
    if let Ok(policy) = HeaderValue::try_from(policy) {
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    response
}

/// No frame, because a click on it would be stolen; no cache and no referrer, because addresses
/// hold codes.
fn protected(mut response: Response) -> Response {
    let headers = response.headers_mut();
    headers.insert(header::X_FRAME_OPTIONS, HeaderValue::from_static("DENY"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(
        header::REFERRER_POLICY,
        HeaderValue::from_static("same-origin"),
    );
    response
}

/// Text inside an element or a quoted attribute.
fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            c => safe.push(c),
        }
    }
    safe
}
