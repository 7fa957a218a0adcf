//! Two people, signed in: signed up at the deployment, or given by their tokens.

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use reqwest::header::SET_COOKIE;
use serde_json::{Value, json};

use crate::site::{Answer, Problem, Site};

const PASSWORD: &str = "Correct-horse-7-battery";

/// Where the family of these apps signs people up, and what it asks of them.
const SIGN_UPS: [&str; 9] = [
    "/api/auth/sign-up/email",
    "/api/auth/signup",
    "/api/auth/sign-up",
    "/api/auth/register",
    "/auth/signup",
    "/auth/register",
    "/api/signup",
    "/api/register",
    "/api/v1/auth/register",
];

const SIGN_INS: [&str; 9] = [
    "/api/auth/sign-in/email",
    "/api/auth/signin",
    "/api/auth/sign-in",
    "/api/auth/login",
    "/auth/signin",
    "/auth/login",
    "/api/signin",
    "/api/login",
    "/api/v1/auth/login",
];

/// Tokens of two people, for deployments where nobody can be signed up from outside.
#[derive(Default)]
pub struct Given {
    pub ann: Option<String>,
    pub bob: Option<String>,
}

pub(crate) struct Person {
    pub(crate) token: String,
    /// As the token names them.
    pub(crate) id: String,
    pub(crate) email: String,
    pub(crate) password: String,
    /// Of the session, where there is one: `name=value`.
    pub(crate) cookies: Vec<Cookie>,
    /// Where they signed in, if anywhere.
    pub(crate) sign_in: Option<&'static str>,
}

/// One that was set at sign-up, with its attributes.
pub(crate) struct Cookie {
    pub(crate) pair: String,
    pub(crate) attributes: String,
}

impl Person {
    /// Somebody of whom nothing else is known.
    pub(crate) fn with_token(token: &str) -> Self {
        Self {
            token: token.to_owned(),
            id: id_in(token).unwrap_or_default(),
            email: String::new(),
            password: String::new(),
            cookies: Vec::new(),
            sign_in: None,
        }
    }

    /// What a browser would send.
    pub(crate) fn cookie(&self) -> String {
        let pairs: Vec<&str> = self.cookies.iter().map(|cookie| &*cookie.pair).collect();
        pairs.join("; ")
    }

    pub(crate) fn claims(&self) -> Option<Value> {
        part(&self.token, 1)
    }

    pub(crate) fn header(&self) -> Option<Value> {
        part(&self.token, 0)
    }
}

/// The header (0) or the claims (1) of a token.
fn part(token: &str, index: usize) -> Option<Value> {
    let bytes = BASE64_URL_SAFE_NO_PAD
        .decode(token.split('.').nth(index)?)
        .ok()?;
    serde_json::from_slice(&bytes).ok()
}

/// # Errors
/// If there is no way to sign them in.
pub(crate) async fn two(site: &Site, given: &Given) -> Result<(Person, Person), Problem> {
    Ok((
        one(site, given.ann.as_deref(), "Ann").await?,
        one(site, given.bob.as_deref(), "Bob").await?,
    ))
}

async fn one(site: &Site, given: Option<&str>, name: &str) -> Result<Person, Problem> {
    if let Some(token) = given {
        return Ok(Person::with_token(token));
    }
    let email = address(name)?;
    let body = json!({
        "name": name, "username": email, "full_name": name,
        "email": email, "password": PASSWORD,
    });
    for (sign_up, sign_in) in SIGN_UPS.into_iter().zip(SIGN_INS) {
        let answer = site.answer(site.post(sign_up, &body)).await?;
        if !answer.is_success() || answer.is_html() {
            continue;
        }
        let cookies = cookies(&answer);
        let mut person = Person {
            token: String::new(),
            id: String::new(),
            email,
            password: PASSWORD.to_owned(),
            cookies,
            sign_in: Some(sign_in),
        };
        person.token = token(site, &person, &answer, sign_in).await?;
        person.id = id_in(&person.token)
            .or_else(|| id_of(answer.json()?.get("user")?))
            .unwrap_or_default();
        return Ok(person);
    }
    Err(Problem(
        "Nobody could be signed up: none of the usual addresses took an e-mail address and a \
         password. Hand over the tokens of two people in AUTHCHECK_TOKEN_A and AUTHCHECK_TOKEN_B."
            .to_owned(),
    ))
}

/// From the answer to the sign-up, from Better Auth's `jwt` plugin, or by signing in.
async fn token(
    site: &Site,
    person: &Person,
    answer: &Answer,
    sign_in: &str,
) -> Result<String, Problem> {
    if !person.cookies.is_empty() {
        let request = site
            .get("/api/auth/token")
            .header("cookie", person.cookie());
        let minted = site.answer(request).await?;
        if let Some(token) = minted.json().as_ref().and_then(token_in) {
            return Ok(token);
        }
    }
    if let Some(token) = answer.json().as_ref().and_then(token_in) {
        return Ok(token);
    }
    let body = json!({
        "email": person.email, "username": person.email, "password": person.password,
    });
    let answer = site.answer(site.post(sign_in, &body)).await?;
    answer.json().as_ref().and_then(token_in).ok_or_else(|| {
        Problem(format!(
            "A person was signed up, and no JWT found: neither at /api/auth/token nor in what \
             {sign_in} answers (status {}). Hand tokens over in AUTHCHECK_TOKEN_A and \
             AUTHCHECK_TOKEN_B.",
            answer.status
        ))
    })
}

/// The cookies of another sign-in of theirs; empty where there are none.
///
/// # Errors
/// If no answer comes.
pub(crate) async fn sign_in(
    site: &Site,
    person: &Person,
    sign_in: &str,
) -> Result<String, Problem> {
    let Person {
        email, password, ..
    } = person;
    let body = json!({"email": email, "username": email, "password": password});
    let answer = site.answer(site.post(sign_in, &body)).await?;
    let pairs = cookies(&answer).into_iter().map(|cookie| cookie.pair);
    Ok(pairs.collect::<Vec<_>>().join("; "))
}

/// A JWT under one of its usual names.
pub(crate) fn token_in(body: &Value) -> Option<String> {
    let places = [body, &body["data"], &body["session"]];
    let names = ["access_token", "accessToken", "token", "jwt", "id_token"];
    places.iter().find_map(|place| {
        names.iter().find_map(|name| {
            let token = place.get(name)?.as_str()?;
            part(token, 1).map(|_| token.to_owned())
        })
    })
}

fn id_in(token: &str) -> Option<String> {
    id_of(&part(token, 1)?)
}

fn id_of(claims: &Value) -> Option<String> {
    ["user_id", "userId", "id", "sub"]
        .iter()
        .find_map(|name| match claims.get(name)? {
            Value::String(id) if !id.is_empty() => Some(id.clone()),
            Value::Number(id) => Some(id.to_string()),
            _ => None,
        })
}

fn cookies(answer: &Answer) -> Vec<Cookie> {
    answer
        .headers
        .get_all(SET_COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .map(|value| {
            let (pair, attributes) = value.split_once(';').unwrap_or((value, ""));
            Cookie {
                pair: pair.trim().to_owned(),
                attributes: attributes.to_owned(),
            }
        })
        // Taken away again in the same answer.
        .filter(|cookie| !cookie.pair.ends_with('='))
        .collect()
}

/// Nobody's, by RFC 2606.
fn address(name: &str) -> Result<String, Problem> {
    let mut chance = [0; 8];
    getrandom::fill(&mut chance)
        .map_err(|_| Problem("The system has no random numbers.".to_owned()))?;
    let name = name.to_lowercase();
    Ok(format!(
        "{name}-{:016x}@example.com",
        u64::from_le_bytes(chance)
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_found_under_its_usual_names_and_an_opaque_one_is_none() {
        let jwt = "e30.eyJzdWIiOjd9.AA";

        assert_eq!(token_in(&json!({"token": jwt})).as_deref(), Some(jwt));
        assert_eq!(
            token_in(&json!({"data": {"access_token": jwt}})).as_deref(),
            Some(jwt)
        );
        assert_eq!(token_in(&json!({"token": "obLfljrUA0"})), None);
        assert_eq!(id_in(jwt).as_deref(), Some("7"));
    }
}
