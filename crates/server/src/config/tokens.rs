//! `AUTH_*`: whose tokens are taken, and by which keys they are checked.
//!
//! Without `AUTH_ISSUER`, those that this deployment makes. With it, those of another system,
//! and no others: two issuers could name one person alike and mean two.

use std::sync::Arc;

use auth::{KeySet, KeySetError, Policy, Sessions, Unusable};

use super::{Environment, Fault, is_local, keep, secret};

const ISSUER: &str = "AUTH_ISSUER";
const AUDIENCE: &str = "AUTH_AUDIENCE";
const PARTIES: &str = "AUTH_AUTHORIZED_PARTIES";
const JWKS: &str = "AUTH_JWKS";
const JWKS_URL: &str = "AUTH_JWKS_URL";
const SECRET: &str = "AUTH_HS256_SECRET";
const LEEWAY: &str = "AUTH_LEEWAY_SECONDS";
const LONGEST_LIFE: &str = "AUTH_LONGEST_LIFE_SECONDS";

/// How tokens are checked.
#[derive(Clone)]
pub(crate) struct Tokens {
    pub(crate) policy: Policy,
    pub(crate) keys: KeySource,
}

/// Where keys come from. The configuration decides between public keys and a secret, never a
/// token.
#[derive(Clone)]
pub(crate) enum KeySource {
    /// `AUTH_HS256_SECRET`.
    Secret(Arc<KeySet>),
    /// `AUTH_JWKS`, looked at first, and where to go on from there.
    Public {
        pinned: Arc<KeySet>,
        further: Further,
    },
}

/// Where keys that are not pinned come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Further {
    Nowhere,
    /// Our own `jwks` table.
    Table,
    /// `AUTH_JWKS_URL`.
    Remote(String),
}

impl Tokens {
    /// Whom to ask for tokens, if that is another system.
    pub(crate) fn foreign_issuers(&self) -> Option<&[String]> {
        self.are_foreign().then_some(&self.policy.issuers)
    }

    /// Whether another system says who people are.
    pub(crate) fn are_foreign(&self) -> bool {
        self.policy.sessions == Sessions::Foreign
    }
}

pub(super) fn tokens(
    variable: Environment<'_>,
    origin: Option<&str>,
    faults: &mut Vec<Fault>,
) -> Option<Tokens> {
    let before = faults.len();
    let leeway = keep(faults, seconds(variable, LEEWAY, 5, 0..=60));
    let life = keep(faults, seconds(variable, LONGEST_LIFE, 3600, 60..=86_400));
    let pinned = keep(faults, pinned(variable));
    let url = keep(faults, remote(variable));
    let shared = keep(faults, shared(variable));
    let issuers = list(variable, ISSUER);
    faults.extend(contradictions(variable, &issuers));
    if faults.len() > before {
        return None;
    }
    let (pinned, url, shared) = (pinned?, url?, shared?);
    let policy = Policy {
        leeway: leeway?,
        longest_life: life?,
        ..policy(variable, issuers, origin?)
    };
    let further = match (policy.sessions, url) {
        (Sessions::Ours | Sessions::Grants, _) => Further::Table,
        (Sessions::Foreign, Some(url)) => Further::Remote(url),
        (Sessions::Foreign, None) => Further::Nowhere,
    };
    let keys = match shared {
        Some(secret) => KeySource::Secret(Arc::new(KeySet::shared(&secret))),
        None => KeySource::Public { pinned, further },
    };
    Some(Tokens { policy, keys })
}

fn policy(variable: Environment<'_>, issuers: Vec<String>, origin: &str) -> Policy {
    let own = Policy::of_origin(origin);
    if issuers.is_empty() {
        return own;
    }
    Policy {
        issuers,
        audiences: list(variable, AUDIENCE),
        parties: list(variable, PARTIES),
        sessions: Sessions::Foreign,
        ..own
    }
}

/// Variables that make no sense without, or beside, another.
fn contradictions(variable: Environment<'_>, issuers: &[String]) -> Vec<Fault> {
    let is_set = |name: &str| variable(name).is_some();
    let mut faults = Vec::new();
    if issuers.is_empty() {
        let foreign = [AUDIENCE, PARTIES, JWKS_URL, SECRET];
        let first = foreign.into_iter().find(|name| is_set(name));
        faults.extend(first.map(|name| {
            let problem = format!("is not set, though {name} is; give it the `iss` of the tokens");
            Fault::new(ISSUER, problem)
        }));
        return faults;
    }
    if ![JWKS, JWKS_URL, SECRET].iter().any(|name| is_set(name)) {
        faults.push(Fault::new(
            JWKS_URL,
            "is not set; AUTH_ISSUER needs it, or AUTH_JWKS, or AUTH_HS256_SECRET",
        ));
    }
    if is_set(SECRET) && (is_set(JWKS) || is_set(JWKS_URL)) {
        faults.push(Fault::new(
            SECRET,
            "is set beside public keys; only one of both can be how tokens are signed",
        ));
    }
    if !is_set(AUDIENCE) && !is_set(PARTIES) {
        faults.push(Fault::new(
            AUDIENCE,
            "is not set; give it the `aud` of the tokens, or AUTH_AUTHORIZED_PARTIES their `azp`",
        ));
    }
    faults
}

/// Values are compared with claims letter by letter, so nothing is done to them: Auth0's issuers
/// end with a slash, Better Auth's do not.
fn list(variable: Environment<'_>, name: &str) -> Vec<String> {
    let text = variable(name).unwrap_or_default();
    let values = text.split(',').map(str::trim);
    values
        .filter(|value| !value.is_empty())
        .map(str::to_owned)
        .collect()
}

fn seconds(
    variable: Environment<'_>,
    name: &'static str,
    usual: i64,
    range: std::ops::RangeInclusive<i64>,
) -> Result<i64, Fault> {
    let Some(text) = variable(name) else {
        return Ok(usual);
    };
    let number = text.trim().parse().ok();
    number
        .filter(|number| range.contains(number))
        .ok_or_else(|| {
            let problem = format!("is no number from {} to {}", range.start(), range.end());
            Fault::new(name, problem)
        })
}

fn pinned(variable: Environment<'_>) -> Result<Arc<KeySet>, Fault> {
    let Some(json) = variable(JWKS) else {
        return Ok(Arc::default());
    };
    let mut reasons = Vec::new();
    let keys = KeySet::parse_telling(&json, |reason| reasons.push(reason)).map_err(|error| {
        let problem = match error {
            KeySetError::NotAKeySet => "is no JSON Web Key Set, such as {\"keys\":[…]}",
            KeySetError::TooLarge => "has more than 64 KiB",
            KeySetError::DuplicateKid => "has two keys of one name",
        };
        Fault::new(JWKS, problem)
    })?;
    if reasons.contains(&Unusable::Private) {
        return Err(Fault::new(
            JWKS,
            "has a private key; publish only the public part, and make a new key",
        ));
    }
    if keys.is_empty() {
        return Err(Fault::new(JWKS, unusable(&reasons)));
    }
    Ok(Arc::new(keys))
}

fn unusable(reasons: &[Unusable]) -> &'static str {
    match reasons.first() {
        Some(Unusable::Es512) => "has only keys for ES512, which is not supported",
        Some(Unusable::NoAlgorithm) => "has RSA keys without `alg`; it must be RS256 or PS256",
        Some(Unusable::NoKid) => "has only keys without `kid`",
        _ => "has no key that can be used; Ed25519, P-256 and RSA from 2048 bits can",
    }
}

fn remote(variable: Environment<'_>) -> Result<Option<String>, Fault> {
    let Some(url) = variable(JWKS_URL).map(|url| url.trim().to_owned()) else {
        return Ok(None);
    };
    let parsed: axum::http::Uri = url.parse().map_err(|_| Fault::new(JWKS_URL, "is no URL"))?;
    let host = parsed.host().unwrap_or_default();
    let has_user = parsed
        .authority()
        .is_some_and(|authority| authority.as_str().contains('@'));
    let problem = match parsed.scheme_str() {
        _ if host.is_empty() || has_user => "is no URL of a scheme, a host and a path alone",
        Some("https") => return Ok(Some(url)),
        Some("http") if is_local(host) => return Ok(Some(url)),
        Some("http") => "begins with http://, which only an address of this very machine may",
        _ => "does not begin with https://",
    };
    Err(Fault::new(JWKS_URL, problem))
}

/// RFC 8725, section 3.5. A secret that also signs cookies would make a token of each link in a
/// mail, which Better Auth signs with it.
fn shared(variable: Environment<'_>) -> Result<Option<String>, Fault> {
    let Some(secret) = variable(SECRET) else {
        return Ok(None);
    };
    secret::check(&secret).map_err(|problem| Fault::new(SECRET, problem))?;
    let own = variable("BETTER_AUTH_SECRET").unwrap_or_default();
    if !own.is_empty() && (own.contains(&secret) || secret.contains(&own)) {
        return Err(Fault::new(
            SECRET,
            "is the one of BETTER_AUTH_SECRET; tokens need one of their own",
        ));
    }
    Ok(Some(secret))
}

#[cfg(test)]
mod tests;
