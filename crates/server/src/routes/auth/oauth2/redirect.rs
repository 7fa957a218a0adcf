//! Where people may be sent back to.

use reqwest::Url;

/// Schemes that run or show what stands in the address itself.
const DANGEROUS: [&str; 9] = [
    "about",
    "blob",
    "data",
    "file",
    "filesystem",
    "ftp",
    "javascript",
    "vbscript",
    "view-source",
];

/// Whether a client may register the address (RFC 9700, section 4.1; RFC 8252, section 7):
/// encrypted, or this very machine, or an app's own scheme.
pub(super) fn may_be_registered(uri: &str) -> bool {
    let Ok(url) = Url::parse(uri) else {
        return false;
    };
    let is_plain = uri.len() <= 1024
        && uri.chars().all(|c| c.is_ascii_graphic())
        && url.fragment().is_none()
        && !uri.contains('#')
        && url.username().is_empty()
        && url.password().is_none();
    let is_good = match url.scheme() {
        "https" => url.host_str().is_some(),
        "http" => is_loopback(&url),
        scheme => !DANGEROUS.contains(&scheme),
    };
    is_plain && is_good
}

/// Letter by letter, but for the port of this very machine, which the client learns when it
/// starts (RFC 8252, section 7.3).
pub(super) fn matches(registered: &str, given: &str) -> bool {
    if registered == given {
        return true;
    }
    let (Ok(mut known), Ok(mut url)) = (Url::parse(registered), Url::parse(given)) else {
        return false;
    };
    let is_local = |url: &Url| url.scheme() == "http" && is_loopback(url);
    is_local(&known)
        && is_local(&url)
        && may_be_registered(given)
        && known.set_port(None).is_ok()
        && url.set_port(None).is_ok()
        && known == url
}

pub(super) fn is_loopback(url: &Url) -> bool {
    matches!(url.host_str(), Some("localhost" | "127.0.0.1" | "[::1]"))
}

/// What a person is told of it.
pub(super) fn shown(uri: &str) -> String {
    match Url::parse(uri) {
        Ok(url) => match url.host_str() {
            Some(host) if url.scheme().starts_with("http") => host.to_owned(),
            _ => format!("the app for {}:", url.scheme()),
        },
        Err(_) => String::new(),
    }
}

/// What the page of a consent may lead to, in the words of a Content-Security-Policy.
pub(super) fn source(uri: &str) -> String {
    match Url::parse(uri) {
        Ok(url) if url.scheme().starts_with("http") => url.origin().ascii_serialization(),
        Ok(url) => format!("{}:", url.scheme()),
        Err(_) => String::new(),
    }
}

/// The address with an answer in its query.
pub(super) fn with(uri: &str, answer: &[(&str, &str)]) -> String {
    let Ok(mut url) = Url::parse(uri) else {
        return uri.to_owned();
    };
    url.query_pairs_mut().extend_pairs(answer);
    url.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_that_lead_to_the_client_are_registered() {
        for uri in [
            "https://claude.ai/api/mcp/auth_callback",
            "http://127.0.0.1:4590/callback",
            "http://localhost/callback",
            "http://[::1]:1/",
            "cursor://anysphere.cursor-mcp/oauth/callback",
            "com.example.app:/callback",
        ] {
            assert!(may_be_registered(uri), "{uri}");
        }
        for uri in [
            "",
            "/callback",
            "http://example.com/callback",
            "http://localhost.evil.example/",
            "http://127.0.0.1@evil.example/",
            "https://user:secret@example.com/",
            "https://example.com/#",
            "https://example.com/#/callback",
            "https://example.com/a b",
            "https://exämple.com/",
            "javascript:alert(1)",
            "JavaScript:alert(1)",
            "data:text/html,x",
            "vbscript:x",
            "file:///etc/passwd",
            "blob:https://example.com/1",
        ] {
            assert!(!may_be_registered(uri), "{uri}");
        }
    }

    #[test]
    fn look_alikes_do_not_match() {
        let known = "https://claude.ai/api/mcp/auth_callback";
        assert!(matches(known, known));
        for uri in [
            "https://claude.ai/api/mcp/auth_callback/",
            "https://claude.ai/api/mcp/auth_callback?x=1",
            "https://claude.ai/api/mcp/auth_callback#",
            "https://claude.ai:443/api/mcp/auth_callback",
            "https://claude.ai./api/mcp/auth_callback",
            "https://CLAUDE.ai/api/mcp/auth_callback",
            "https://claude.ai/api/mcp/../mcp/auth_callback",
            "https://claude.ai/api/mcp/auth%5Fcallback",
            "https://claude.ai.evil.example/api/mcp/auth_callback",
            "https://evil.example/?https://claude.ai/api/mcp/auth_callback",
            "http://claude.ai/api/mcp/auth_callback",
            "https://clаude.ai/api/mcp/auth_callback",
        ] {
            assert!(!matches(known, uri), "{uri}");
        }
    }

    #[test]
    fn on_this_machine_any_port_will_do() {
        let known = "http://127.0.0.1:1234/callback";
        assert!(matches(known, "http://127.0.0.1:9/callback"));
        assert!(matches(
            "http://localhost/callback",
            "http://localhost:9/callback"
        ));
        for uri in [
            "http://127.0.0.1:9/other",
            "http://127.0.0.1:9/callback?a=b",
            "http://127.0.0.1:9/callback#a",
            "http://localhost:9/callback",
            "https://127.0.0.1:9/callback",
            "http://evil.example:1234/callback",
            "http://127.0.0.1:9@evil.example/callback",
        ] {
            assert!(!matches(known, uri), "{uri}");
        }
        assert!(!matches(
            "https://example.com/a",
            "https://example.com:8443/a"
        ));
    }

    #[test]
    fn an_answer_is_added_to_what_stands_there() {
        let uri = with(
            "https://example.com/cb?a=1",
            &[("code", "x"), ("state", "a b&c")],
        );

        assert_eq!(uri, "https://example.com/cb?a=1&code=x&state=a+b%26c");
        assert_eq!(
            source("https://example.com:8443/cb"),
            "https://example.com:8443"
        );
        assert_eq!(source("cursor://a/b"), "cursor:");
        assert_eq!(shown("cursor://a/b"), "the app for cursor:");
    }
}
