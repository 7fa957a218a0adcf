//! How far addresses may lead that people give us, so that nobody reaches by us what they cannot
//! reach themselves.
//!
//! **Invariant:** an address is looked at when it is connected to: a name that was public when it
//! was given may lead elsewhere by then.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use reqwest::Url;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};

/// Where the model servers of people may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// On one's own machine: a server beside us is as good as any.
    Anywhere,
    /// Everybody's addresses, by encrypted connections.
    Public,
}

/// Longest address that is kept.
const LONGEST: usize = 300;

/// The address of a model server as it is kept, or what is wrong with it, after "The address".
///
/// # Errors
/// If it is no address, or leads where it may not.
pub fn checked_address(text: &str, reach: Reach) -> Result<String, &'static str> {
    let text = text.trim().trim_end_matches('/');
    let url = Url::parse(text).map_err(|_| "is none: it has to begin with https://")?;
    let is_bare = url.username().is_empty()
        && url.password().is_none()
        && url.query().is_none()
        && url.fragment().is_none();
    if !is_bare || text.len() > LONGEST {
        return Err("has more than a host, a port and a path");
    }
    match (reach, url.scheme()) {
        (_, "https") | (Reach::Anywhere, "http") => {}
        _ => return Err("does not begin with https://"),
    }
    if reach == Reach::Public && !may_be_public(&url) {
        return Err("is not a public one");
    }
    Ok(url.as_str().trim_end_matches('/').to_owned())
}

/// What can be told without asking where a name leads.
fn may_be_public(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default();
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    if let Ok(address) = bare.parse() {
        return is_public(address);
    }
    let name = host.trim_end_matches('.').to_ascii_lowercase();
    let private = ["localhost", "local", "internal", "home.arpa", "onion"];
    name.contains('.') && !private.iter().any(|end| is_under(&name, end))
}

fn is_under(name: &str, domain: &str) -> bool {
    name.strip_suffix(domain)
        .is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
}

/// Finds no address that is not public.
pub(crate) struct PublicOnly;

impl Resolve for PublicOnly {
    fn resolve(&self, name: Name) -> Resolving {
        Box::pin(async move {
            let found: Vec<SocketAddr> =
                tokio::net::lookup_host((name.as_str(), 0)).await?.collect();
            let are_public = found.iter().all(|address| is_public(address.ip()));
            if found.is_empty() || !are_public {
                return Err("the name leads to an address that is not public".into());
            }
            let found: Addrs = Box::new(found.into_iter());
            Ok(found)
        })
    }
}

/// The registries of special addresses (RFC 6890), as far as they name what is not everybody's.
pub fn is_public(address: IpAddr) -> bool {
    match address.to_canonical() {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => is_public_v6(address),
    }
}
fn is_public_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    !matches!(
        (a, b, c),
        (0 | 10 | 127, ..)
            | (100, 64..=127, _)
            | (169, 254, _)
            | (172, 16..=31, _)
            | (192, 0, 0 | 2)
            | (192, 88, 99)
            | (192, 168, _)
            | (198, 18 | 19, _)
            | (198, 51, 100)
            | (203, 0, 113)
            | (224..=255, ..)
    )
}

/// Of `2000::/3`, without what leads on to an IPv4 address or to nobody.
fn is_public_v6(address: Ipv6Addr) -> bool {
    let [first, second, ..] = address.segments();
    let special = matches!(
        (first, second),
        (0x2001, 0..=0x01ff | 0x0db8) | (0x2002, _) | (0x3fff, 0..=0x0fff)
    );
    (0x2000..=0x3fff).contains(&first) && !special
}

#[cfg(test)]
mod tests;
