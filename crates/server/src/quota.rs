//! Limits of how often something may be done: where a request is counted, and the headers that
//! say what is left.
//!
//! **Invariant:** who has no known address shares no count with anybody else.

use std::net::{IpAddr, Ipv6Addr};

use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::Response;
use protocol::{ErrorCode, Timestamp, UserId};
use store::limits::{Hit, Quota, Rule};

use crate::client::text;
use crate::error::Failure;
use crate::{App, Config};

/// Where the client is, as something in front of us says it: the last entry of the header, which
/// is the one that the nearest proxy has seen itself.
pub(crate) fn address(headers: &HeaderMap, config: &Config) -> Option<IpAddr> {
    let mut names = config.address_headers.iter();
    let value = names.find_map(|name| text(headers, name))?;
    let last = value.rsplit(',').next()?.trim();
    let address: IpAddr = last.parse().ok()?;
    Some(address.to_canonical())
}

/// The part of an address that one client has to itself: of IPv6 the network, because everybody
/// has 2^64 addresses within it.
pub(crate) fn place(address: IpAddr) -> String {
    match address {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => {
            let network = address.to_bits() & (!0 << 64);
            format!("{}/64", Ipv6Addr::from_bits(network))
        }
    }
}

/// A count for the client's address; none if it is unknown or the rule is off.
pub(crate) fn at_address(
    app: &App,
    headers: &HeaderMap,
    name: &'static str,
    rule: Option<Rule>,
) -> Option<Hit> {
    let place = place(address(headers, &app.config)?);
    at(app, name, rule, "address", &place)
}

/// A count for an e-mail address, whether or not somebody here has it.
pub(crate) fn at_email(
    app: &App,
    email: &str,
    name: &'static str,
    rule: Option<Rule>,
) -> Option<Hit> {
    at(app, name, rule, "email", email)
}

/// A count for somebody who is signed in.
pub(crate) fn at_user(
    app: &App,
    user: &UserId,
    name: &'static str,
    rule: Option<Rule>,
) -> Option<Hit> {
    at(app, name, rule, "user", user.as_str())
}

fn at(app: &App, name: &'static str, rule: Option<Rule>, kind: &str, place: &str) -> Option<Hit> {
    Some(Hit {
        name,
        rule: rule?,
        key: hashed(app, &[name, kind, place]),
    })
}

/// Names a place without telling it.
pub(crate) fn hashed(app: &App, parts: &[&str]) -> String {
    auth::fingerprint(&app.config.secret, &parts.join("\n"))
}

/// Seconds until there is a new budget, if an answer says that the one of today is spent.
fn until_tomorrow(response: &Response, now: Timestamp) -> Option<i64> {
    let failure = response.extensions().get::<Failure>()?;
    let is_spent = failure.code == ErrorCode::BudgetSpent.as_str();
    is_spent.then(|| now.end_of_day().seconds() - now.seconds())
}

/// Puts what was counted on an answer, as draft-ietf-httpapi-ratelimit-headers-10 writes it, and
/// on a refusal when to come back (RFC 9110, section 10.2.3; `X-Retry-After` is Better Auth's).
pub(crate) fn show(response: &mut Response, quotas: &[Quota], now: Timestamp) {
    let list = |entry: &dyn Fn(&Quota) -> String| {
        let entries: Vec<String> = quotas.iter().map(entry).collect();
        HeaderValue::try_from(entries.join(", ")).ok()
    };
    let policy = list(&|quota| {
        let Rule { most, seconds } = quota.rule;
        format!("\"{}\";q={most};w={seconds}", quota.name)
    });
    let left = list(&|quota| {
        let (left, wait) = (quota.remaining(), quota.wait(now));
        format!("\"{}\";r={left};t={wait}", quota.name)
    });
    let over = quotas.iter().filter(|quota| quota.is_over());
    let wait = over.map(|quota| quota.wait(now)).max();
    let wait = wait.or_else(|| until_tomorrow(response, now));
    let status = response.status();
    let headers = response.headers_mut();
    if let (Some(policy), Some(left), false) = (policy, left, quotas.is_empty()) {
        headers.insert(HeaderName::from_static("ratelimit-policy"), policy);
        headers.insert(HeaderName::from_static("ratelimit"), left);
    }
    if status == StatusCode::TOO_MANY_REQUESTS {
        let wait = wait.unwrap_or(1).max(1);
        headers.insert(header::RETRY_AFTER, wait.into());
        headers.insert(HeaderName::from_static("x-retry-after"), wait.into());
    }
}
