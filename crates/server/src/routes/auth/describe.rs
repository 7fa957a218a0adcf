//! The description of `/api/auth…`, in Better Auth's words.

use protocol::grant::{CreatedToken, GrantList, NewToken};
use protocol::session::{AccessToken, Session, SessionAndUser, SignIn, SignUp, SignedInUser, User};
use schemars::JsonSchema;
use serde_json::{Value, json};

use crate::book::Book;

/// What a session is needed for.
const SESSION: &str = "session";

#[derive(JsonSchema)]
#[schemars(rename_all = "camelCase")]
#[expect(dead_code, reason = "a schema alone")]
struct SignedIn {
    redirect: bool,
    token: String,
    user: User,
    #[schemars(default)]
    url: Option<String>,
}

#[derive(JsonSchema)]
#[expect(dead_code, reason = "a schema alone")]
struct Renewed {
    token: Option<String>,
    user: User,
}

pub(in crate::routes) fn describe(book: &mut Book) {
    entering(book);
    session(book);
    account(book);
    letters(book);
    programs(book);
    super::oauth2::describe(book);
}

fn text(names: &[&str], optional: &[&str]) -> Value {
    let all = names.iter().chain(optional);
    let properties = all.map(|name| ((*name).to_owned(), json!({"type": "string"})));
    let properties: serde_json::Map<String, Value> = properties.collect();
    json!({"type": "object", "required": names, "properties": properties})
}

fn flag(name: &str) -> [(&'static str, Value); 1] {
    let schema = json!({
        "type": "object",
        "required": [name],
        "properties": {name: {"type": "boolean"}},
    });
    [("application/json", schema)]
}

const JSON: &str = "application/json";

fn entering(book: &mut Book) {
    book.route("POST /api/auth/sign-up/email", "Open an account")
        .open()
        .body::<SignUp>()
        .answers::<SignedInUser>(200)
        .done();
    book.route("POST /api/auth/sign-in/email", "Sign in by a password")
        .open()
        .body::<SignIn>()
        .answers::<SignedIn>(200)
        .done();
    book.route("POST /api/auth/sign-out", "Sign out")
        .open()
        .answers_as(200, &flag("success"))
        .done();
    book.route("GET /api/auth/jwks", "The public keys of tokens (RFC 7517)")
        .open()
        .answers_as(
            200,
            &[(JSON, json!({"type": "object", "required": ["keys"]}))],
        )
        .done();
    book.route("GET /api/auth/ok", "Whether sign-in is up")
        .open()
        .answers_as(200, &flag("ok"))
        .done();
    book.route(
        "GET /api/auth/error",
        "A page for what went wrong in a browser",
    )
    .open()
    .gives(&["text/html"])
    .done();
}

fn session(book: &mut Book) {
    book.route(
        "GET /api/auth/get-session",
        "Who is signed in; `null` for nobody",
    )
    .open()
    .answers::<Option<SessionAndUser>>(200)
    .done();
    book.route(
        "GET /api/auth/token",
        "A short-lived token for every other route",
    )
    .by(SESSION)
    .answers::<AccessToken>(200)
    .done();
    book.route("GET /api/auth/list-sessions", "Where one is signed in")
        .by(SESSION)
        .answers::<Vec<Session>>(200)
        .done();
    book.route("POST /api/auth/revoke-session", "End one session")
        .by(SESSION)
        .body_as(JSON, &text(&["token"], &[]))
        .answers_as(200, &flag("status"))
        .done();
    book.route("POST /api/auth/revoke-sessions", "End all sessions")
        .by(SESSION)
        .answers_as(200, &flag("status"))
        .done();
    book.route(
        "POST /api/auth/revoke-other-sessions",
        "End all sessions but this one",
    )
    .by(SESSION)
    .answers_as(200, &flag("status"))
    .done();
}

fn account(book: &mut Book) {
    book.route("POST /api/auth/update-user", "Change one's name or picture")
        .by(SESSION)
        .body_as(JSON, &text(&[], &["name", "image"]))
        .answers_as(200, &flag("status"))
        .done();
    book.route(
        "POST /api/auth/delete-user",
        "Delete the account and everything in it",
    )
    .by(SESSION)
    .body_as(JSON, &text(&[], &["password"]))
    .answers_as(200, &flag("success"))
    .done();
    book.route(
        "GET /api/auth/list-accounts",
        "The ways in which one can sign in",
    )
    .by(SESSION)
    .answers_as(
        200,
        &[(JSON, json!({"type": "array", "items": {"type": "object"}}))],
    )
    .done();
    let mut change = text(&["currentPassword", "newPassword"], &[]);
    change["properties"]["revokeOtherSessions"] = json!({"type": "boolean"});
    book.route("POST /api/auth/change-password", "Change the password")
        .by(SESSION)
        .body_as(JSON, &change)
        .answers::<Renewed>(200)
        .done();
    book.route(
        "POST /api/auth/verify-password",
        "Whether it is the password",
    )
    .by(SESSION)
    .body_as(JSON, &text(&["password"], &[]))
    .answers_as(200, &flag("status"))
    .done();
    book.route("POST /api/auth/change-email", "Change the address")
        .by(SESSION)
        .body_as(JSON, &text(&["newEmail"], &["callbackURL"]))
        .answers_as(200, &flag("status"))
        .done();
}

fn letters(book: &mut Book) {
    book.route(
        "POST /api/auth/request-password-reset",
        "Ask for a link to a new password",
    )
    .open()
    .body_as(JSON, &text(&["email"], &["redirectTo"]))
    .answers_as(200, &flag("status"))
    .done();
    book.route("GET /api/auth/reset-password/{token}", "Follow that link")
        .open()
        .answers_as(302, &[])
        .done();
    book.route(
        "POST /api/auth/reset-password",
        "Set a new password by that link",
    )
    .open()
    .body_as(JSON, &text(&["newPassword", "token"], &[]))
    .answers_as(200, &flag("status"))
    .done();
    book.route(
        "POST /api/auth/send-verification-email",
        "Ask for a link that proves an address",
    )
    .open()
    .body_as(JSON, &text(&["email"], &["callbackURL"]))
    .answers_as(200, &flag("status"))
    .done();
    book.route("GET /api/auth/verify-email", "Follow that link")
        .open()
        .query::<Proof>()
        .answers_as(200, &flag("status"))
        .answers_as(302, &[])
        .done();
}

#[derive(JsonSchema)]
#[expect(dead_code, reason = "a schema alone")]
struct Proof {
    token: String,
    #[schemars(rename = "callbackURL")]
    callback: Option<String>,
}

fn programs(book: &mut Book) {
    book.route(
        "GET /api/auth/grants",
        "The programs that were let in, and personal tokens",
    )
    .answers::<GrantList>(200)
    .done();
    book.route("POST /api/auth/grants", "Make a personal token")
        .body::<NewToken>()
        .answers::<CreatedToken>(201)
        .done();
    book.route(
        "DELETE /api/auth/grants/{id}",
        "Shut a program out, or end a token",
    )
    .answers_as(204, &[])
    .done();
}
