//! Lengths of time as people write them into a variable.

/// Seconds of `90s`, `30m`, `24h` or `7d`.
pub(super) fn duration(text: &str) -> Option<i64> {
    let text = text.trim();
    let (number, unit) = text.split_at_checked(text.len().checked_sub(1)?)?;
    let unit = match unit {
        "s" => 1,
        "m" => 60,
        "h" => 3600,
        "d" => 24 * 3600,
        _ => return None,
    };
    let number = number
        .trim()
        .parse::<u32>()
        .ok()
        .filter(|number| *number > 0)?;
    i64::from(number).checked_mul(unit)
}

/// Whether a rule is turned off.
pub(super) fn is_off(text: &str) -> bool {
    text.trim().eq_ignore_ascii_case("off")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_a_number_and_a_unit() {
        for (text, seconds) in [
            ("10s", Some(10)),
            (" 2 m ", Some(120)),
            ("24h", Some(86_400)),
            ("7d", Some(604_800)),
            ("7", None),
            ("0s", None),
            ("-1s", None),
            ("s", None),
            ("", None),
            ("1ä", None),
        ] {
            assert_eq!(duration(text), seconds, "{text}");
        }
    }
}
