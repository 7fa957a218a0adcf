//! E-mail addresses.

/// The address as it is stored, if it is one.
pub(super) fn normalized(email: &str) -> Option<String> {
    let email = email.trim().to_lowercase();
    is_address(&email).then_some(email)
}

/// What can be written to: one `@`, something before it, a dot within what follows. More than
/// that only a mail can tell.
fn is_address(email: &str) -> bool {
    let Some((local, domain)) = email.split_once('@') else {
        return false;
    };
    let plain = |text: &str, extra: &str| {
        text.chars()
            .all(|c| c.is_ascii_alphanumeric() || extra.contains(c))
    };
    let labels: Vec<&str> = domain.split('.').collect();
    (1..=64).contains(&local.len())
        && domain.len() <= 253
        && plain(local, "!#$%&'*+/=?^_`{|}~.-")
        && !local.starts_with('.')
        && !local.ends_with('.')
        && !local.contains("..")
        && labels.len() >= 2
        && labels.iter().all(|label| {
            (1..=63).contains(&label.len())
                && plain(label, "-")
                && !label.starts_with('-')
                && !label.ends_with('-')
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_told_from_other_texts() {
        for email in ["ann@example.com", "a.b+c@x-y.example.co", "o'neil@a.io"] {
            assert!(is_address(email), "{email}");
        }
        for email in [
            "",
            "ann",
            "@example.com",
            "ann@",
            "ann@example",
            "ann@@example.com",
            "an n@example.com",
            ".ann@example.com",
            "ann@-example.com",
            "ann@example..com",
            "ann@example.com\r\nBcc: bob@example.com",
        ] {
            assert!(!is_address(email), "{email}");
        }
    }
}
