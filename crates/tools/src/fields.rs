//! What the fields of a task may hold.

mod dates;

pub(crate) use dates::{dates, recurrence};
use protocol::task::limits;
use protocol::{ErrorCode, TaskId};

use crate::Failure;

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

    pub(crate) fn not_found(id: TaskId) -> Self {
        Self {
            code: ErrorCode::TaskNotFound,
            message: format!("There is no task {id}."),
        }
    }

    pub(crate) fn at(self, index: usize, id: Option<TaskId>) -> Failure {
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
        // Within the loop: each is compared with all that were kept.
        if kept.len() > limits::TAGS {
            let most = limits::TAGS;
            return Err(Refused::invalid(format!("A task has at most {most} tags.")));
        }
    }
    Ok(kept)
}

/// Minutes before the task is due; −1 for none.
pub(crate) fn reminder(minutes: i32) -> Result<Option<i32>, Refused> {
    match minutes {
        -1 => Ok(None),
        0..=limits::REMINDER => Ok(Some(minutes)),
        _ => Err(Refused::invalid(format!(
            "A reminder is 0 to {} minutes before the task is due, or -1 for none.",
            limits::REMINDER
        ))),
    }
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

    #[test]
    fn reminders_lie_within_four_weeks() {
        assert_eq!(reminder(-1), Ok(None));
        assert_eq!(reminder(0), Ok(Some(0)));
        assert!(reminder(-2).is_err());
        assert!(reminder(40_321).is_err());
    }
}
