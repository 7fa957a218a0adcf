//! What a client asks a person for, checked whole (RFC 6749, section 4.1.1; RFC 7636; RFC 8707).

use auth::Scopes;
use store::oauth::Client;

use super::{client, redirect};
use crate::routes::mcp::{issuer, resource};
use crate::{App, Error};

/// Parameters as they came, in a query or in a form.
pub(super) struct Parameters(Vec<(String, String)>);

impl Parameters {
    pub(super) fn read(text: &[u8]) -> Self {
        Self(form_urlencoded::parse(text).into_owned().collect())
    }

    /// The value; `None` also for an empty one (RFC 6749, section 3.1).
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        let found = self.0.iter().find(|(known, _)| known == name);
        found
            .map(|(_, value)| value.as_str())
            .filter(|value| !value.is_empty())
    }

    /// RFC 6749, section 3.1: none may come twice.
    pub(super) fn repeated(&self) -> bool {
        let mut names: Vec<&str> = self.0.iter().map(|(name, _)| name.as_str()).collect();
        names.sort_unstable();
        names.windows(2).any(|pair| pair[0] == pair[1])
    }
}

/// Something a person can be asked.
#[derive(Debug)]
pub(super) struct Asked {
    pub(super) client: Client,
    pub(super) redirect_uri: String,
    pub(super) state: Option<String>,
    pub(super) challenge: String,
    pub(super) scopes: Scopes,
    pub(super) resource: String,
}

/// Why nobody is asked.
#[derive(Debug)]
pub(super) enum Refused {
    /// Told to the person: it is not known where they could be sent back to.
    Here(String),
    /// Told to the client, at the address it registered.
    There(String),
    Failed(Error),
}

impl<E: Into<Error>> From<E> for Refused {
    fn from(error: E) -> Self {
        Self::Failed(error.into())
    }
}

pub(super) async fn check(app: &App, given: &Parameters) -> Result<Asked, Refused> {
    let here = |text: &str| Refused::Here(text.to_owned());
    if given.repeated() {
        return Err(here("The request says something twice."));
    }
    let id = given.get("client_id");
    let id = id.ok_or_else(|| here("The request does not say which program it comes from."))?;
    let client = match client::find(app, id).await? {
        Ok(client) => client,
        Err(reason) => return Err(Refused::Here(reason)),
    };
    let redirect_uri = redirect_uri(&client, given.get("redirect_uri"));
    let redirect_uri = redirect_uri.ok_or_else(|| {
        here("The program asks to send you to an address that it has not registered.")
    })?;
    let state = given.get("state");
    let there =
        |code: &str, text: &str| Refused::There(refusal(app, &redirect_uri, state, code, text));
    let challenge = challenge(given).map_err(|(code, text)| there(code, text))?;
    let wanted = given.get("resource").unwrap_or_default();
    let resource = resource(&app.config);
    if !wanted.is_empty() && wanted.trim_end_matches('/') != resource {
        return Err(there(
            "invalid_target",
            "Tokens are made for /api/mcp only.",
        ));
    }
    let scopes = match given.get("scope") {
        None => Some(Scopes::ALL),
        // What every client adds by itself asks for nothing of its own.
        Some(text) if text.split(' ').all(|name| name == super::metadata::OFFLINE) => {
            Some(Scopes::ALL)
        }
        Some(text) => Scopes::parse(text),
    };
    let scopes =
        scopes.ok_or_else(|| there("invalid_scope", "There are tasks:read and tasks:write."))?;
    Ok(Asked {
        state: state.map(str::to_owned),
        challenge,
        scopes,
        resource,
        client,
        redirect_uri,
    })
}

/// The one that was named, or the only one there is.
fn redirect_uri(client: &Client, named: Option<&str>) -> Option<String> {
    let known = &client.redirect_uris;
    match (named, known.as_slice()) {
        (None, [only]) => Some(only.clone()),
        (None, _) => None,
        (Some(named), known) => {
            let is_known = known.iter().any(|known| redirect::matches(known, named));
            is_known.then(|| named.to_owned())
        }
    }
}

fn challenge(given: &Parameters) -> Result<String, (&'static str, &'static str)> {
    if given.get("request").is_some() || given.get("request_uri").is_some() {
        return Err(("request_not_supported", "Send plain parameters."));
    }
    if given.get("response_type") != Some("code") {
        return Err(("unsupported_response_type", "response_type is code."));
    }
    if given.get("prompt") == Some("none") {
        return Err(("consent_required", "The person has to be asked."));
    }
    let challenge = given.get("code_challenge").unwrap_or_default();
    // 43 letters of base64url are the 32 bytes of SHA-256.
    let is_hash = challenge.len() == 43 && auth::base64url::decode(challenge).is_some();
    if !is_hash || given.get("code_challenge_method") != Some("S256") {
        return Err(("invalid_request", "PKCE with S256 is needed."));
    }
    Ok(challenge.to_owned())
}

/// The address that tells a client why not. Every answer names who it comes from (RFC 9207).
pub(super) fn refusal(
    app: &App,
    redirect_uri: &str,
    state: Option<&str>,
    code: &str,
    text: &str,
) -> String {
    let issuer = issuer(&app.config);
    let mut answer = vec![
        ("error", code),
        ("error_description", text),
        ("iss", &issuer),
    ];
    answer.extend(state.map(|state| ("state", state)));
    redirect::with(redirect_uri, &answer)
}
