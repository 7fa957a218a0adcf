//! Dates and recurrences, as ISO, as rules or in English, read in the person's zone.

use protocol::Due;
use when::{Recurrence, When};

use super::Refused;
use crate::Call;

/// When a task is due, the zone that is meant in if it has a time, and how it repeats if the same
/// words said so.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Dates {
    pub(crate) due: Option<Due>,
    pub(crate) time_zone: Option<String>,
    pub(crate) recurrence: Option<String>,
}

impl Dates {
    fn new(due: Option<Due>, recurrence: Option<String>, call: &Call<'_>) -> Self {
        let timed = due.and_then(Due::time).is_some();
        Self {
            due,
            time_zone: timed.then(|| call.zone.name().to_owned()),
            recurrence,
        }
    }
}

/// `none` is no date.
pub(crate) fn dates(text: &str, call: &Call<'_>) -> Result<Dates, Refused> {
    let text = text.trim();
    if text.is_empty() || text.eq_ignore_ascii_case("none") {
        return Ok(Dates::default());
    }
    if let Ok(due) = text.parse::<Due>() {
        return Ok(Dates::new(Some(due), None, call));
    }
    let context = call.zone.context(call.now);
    let unreadable = || {
        Refused::invalid(format!(
            "The date “{}” cannot be read. Write 2026-11-24, 2026-11-24T17:00 or plain English \
             such as “tomorrow at 5pm”.",
            shown(text)
        ))
    };
    let when = when::resolve(text, &context).map_err(|_| unreadable())?;
    let rule = match &when {
        When::Every(repeat) => Some(repeat.rule.to_string()),
        _ => None,
    };
    let due = when.due_in(&context).ok_or_else(unreadable)?;
    Ok(Dates::new(Some(due), rule, call))
}

/// A rule, and the first time it happens if the words name it; `none` is no rule.
pub(crate) fn recurrence(text: &str, call: &Call<'_>) -> Result<Dates, Refused> {
    let text = text.trim();
    if text.is_empty() || text.eq_ignore_ascii_case("none") {
        return Ok(Dates::default());
    }
    if let Ok(rule) = Recurrence::parse(text) {
        return Ok(Dates::new(None, Some(rule.to_string()), call));
    }
    let context = call.zone.context(call.now);
    let read = when::resolve(text, &context).ok();
    let Some(When::Every(repeat)) = read else {
        return Err(Refused::invalid(format!(
            "The recurrence “{}” cannot be read. Write “every second Tuesday” or \
             FREQ=WEEKLY;INTERVAL=2;BYDAY=TU.",
            shown(text)
        )));
    };
    let rule = repeat.rule.to_string();
    Ok(Dates::new(repeat.first.due(), Some(rule), call))
}

fn shown(text: &str) -> String {
    text.chars().take(60).collect()
}
