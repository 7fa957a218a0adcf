//! Where a link may lead.

const SCHEMES: [&str; 3] = ["https://", "http://", "mailto:"];

/// The address, if it is of a kind that cannot run anything.
pub(super) fn allowed(address: &str) -> Option<&str> {
    let is_allowed = SCHEMES.iter().any(|scheme| {
        let start = address.get(..scheme.len());
        start.is_some_and(|start| start.eq_ignore_ascii_case(scheme))
    });
    is_allowed.then_some(address)
}

#[cfg(test)]
mod tests {
    use super::allowed;

    #[test]
    fn only_harmless_schemes_are_allowed() {
        for address in ["https://a.org", "HTTP://a.org", "mailto:ann@a.org"] {
            assert!(allowed(address).is_some(), "{address}");
        }
        for address in [
            "javascript:alert(1)",
            " javascript:alert(1)",
            "java\nscript:x",
            "data:text/html,x",
            "vbscript:x",
            "file:///etc/passwd",
            "//a.org",
            "/api/auth/sign-out",
            "#x",
            "",
        ] {
            assert!(allowed(address).is_none(), "{address}");
        }
    }
}
