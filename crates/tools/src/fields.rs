//! What the fields of a task may hold.

use protocol::task::limits;
use protocol::{Due, ErrorCode};

use crate::{Call, Failure};

/// Why a value is refused, before it is known where it stood.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Refused {
    pub(crate) code: ErrorCode,
    pub(crate) message: String,
}

impl Refused {
    pub(crate) fn invalid(message: impl Into<String>) -> Self {
        Self {
            code: ErrorCode::RequestInvalid,
            message: message.into(),
        }
    }

    pub(crate) fn at(self, index: usize, id: Option<protocol::TaskId>) -> Failure {
        Failure {
            index,
            id,
            code: self.code,
            message: self.message,
        }
    }
}

/// One line, without the spaces around it.
pub(crate) fn title(text: &str) -> Result<String, Refused> {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.is_empty() {
        return Err(Refused::invalid("A task needs a title."));
    }
    bounded("The title", line, limits::TITLE)
}

pub(crate) fn description(text: &str) -> Result<String, Refused> {
    let text = text.trim().replace("\r\n", "\n");
    bounded("The description", text, limits::DESCRIPTION)
}

/// Without the `#` that people write before them, and each once.
pub(crate) fn tags(tags: &[String]) -> Result<Vec<String>, Refused> {
    let mut kept: Vec<String> = Vec::new();
    for tag in tags {
        let tag = tag.trim().trim_start_matches('#').trim();
        if tag.is_empty() || kept.iter().any(|other| other.eq_ignore_ascii_case(tag)) {
            continue;
        }
        kept.push(bounded("A tag", tag.to_owned(), limits::TAG)?);
    }
    if kept.len() > limits::TAGS {
        let most = limits::TAGS;
        return Err(Refused::invalid(format!("A task has at most {most} tags.")));
    }
    Ok(kept)
}

/// Postgres keeps no NUL, and other control characters are nobody's words.
fn bounded(what: &str, text: String, most: usize) -> Result<String, Refused> {
    if text
        .chars()
        .any(|c| c.is_control() && c != '\n' && c != '\t')
    {
        return Err(Refused::invalid(format!("{what} has a control character.")));
    }
    let length = text.chars().count();
    if length > most {
        return Err(Refused::invalid(format!(
            "{what} has {length} characters; {most} are possible."
        )));
    }
    Ok(text)
}

/// A due date with the zone it is meant in, where it has a time.
pub(crate) type DueIn = (Option<Due>, Option<String>);

/// ISO or English, read in the person's zone; `none` takes the date off.
pub(crate) fn due(text: &str, call: &Call<'_>) -> Result<DueIn, Refused> {
    let text = text.trim();
    if text.is_empty() || text.eq_ignore_ascii_case("none") {
        return Ok((None, None));
    }
    let unreadable = || {
        Refused::invalid(format!(
            "The date “{}” cannot be read. Write 2026-11-24, 2026-11-24T17:00 or plain English \
             such as “tomorrow at 5pm”.",
            text.chars().take(60).collect::<String>()
        ))
    };
    let due = match text.parse::<Due>() {
        Ok(due) => due,
        Err(_) => when::resolve(text, &call.zone.context(call.now))
            .ok()
            .and_then(|when| when.due())
            .ok_or_else(unreadable)?,
    };
    let zone = due.time().map(|_| call.zone.name().to_owned());
    Ok((Some(due), zone))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_are_one_trimmed_line() {
        assert_eq!(title("  Buy \n milk\t "), Ok("Buy milk".to_owned()));
        assert!(title(" \n ").is_err());
        assert!(title("a\u{0}b").is_err());
        assert!(title(&"é".repeat(500)).is_ok());
        assert!(title(&"é".repeat(501)).is_err());
    }

    #[test]
    fn tags_lose_their_sign_and_their_doubles() {
        let given = ["#home", "Home", " ", "work "].map(str::to_owned);

        assert_eq!(tags(&given), Ok(vec!["home".to_owned(), "work".to_owned()]));
    }
}
