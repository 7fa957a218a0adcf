//! How tasks, dates and filters are written.

use protocol::Due;
use protocol::task::Priority;
use when::Context;

use crate::filter::is_overdue;
use crate::intent::{Filter, Status};
use crate::view::Task;

/// Entries of a list that are shown.
const MOST: usize = 30;

/// Characters of a title that are shown.
const LONGEST: usize = 120;

const MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];

/// A title in quotation marks, beginning with a capital.
pub(crate) fn quoted(task: &Task) -> String {
    format!("“{}”", title(task))
}

fn title(task: &Task) -> String {
    headline(&task.title)
}

/// A title as it is shown.
pub(crate) fn headline(title: &str) -> String {
    capital(&clipped(title))
}

/// With a capital at the beginning if the first word is one of small letters only: neither
/// "iPhone" nor "b2b" nor an address is.
pub(crate) fn capital(title: &str) -> String {
    let first_word = title.split_whitespace().next().unwrap_or_default();
    let word = first_word.trim_end_matches([',', '.', ':', ';', '!', '?']);
    let plain = |letter: char| letter.is_lowercase() || matches!(letter, '-' | '\'' | '’');
    let mut letters = title.chars();
    match letters.next() {
        Some(first) if word.chars().all(plain) => first.to_uppercase().chain(letters).collect(),
        _ => title.to_owned(),
    }
}

pub(crate) fn clipped(text: &str) -> String {
    let text = crate::view::line(text);
    match text.chars().nth(LONGEST) {
        Some(_) => text.chars().take(LONGEST - 1).chain(['…']).collect(),
        None => text,
    }
}

/// "“A”, “B” and “C”".
pub(crate) fn quoted_all(tasks: &[&Task]) -> String {
    let most = tasks.len().min(MOST);
    let mut titles: Vec<String> = tasks[..most].iter().map(|task| quoted(task)).collect();
    if tasks.len() > most {
        titles.push(format!("{} more", tasks.len() - most));
    }
    match titles.as_slice() {
        [] => String::new(),
        [only] => only.clone(),
        [rest @ .., last] => format!("{} and {last}", rest.join(", ")),
    }
}

/// `Tue 24 Nov, 17:00`, with the year if it is not this one.
pub(crate) fn when_due(due: Due, ctx: &Context) -> String {
    let time = due
        .time()
        .map(|(hour, minute)| format!(", {hour:02}:{minute:02}"))
        .unwrap_or_default();
    match when::date_of(due) {
        Some(date) => format!("{}{time}", day(date, ctx)),
        None => due.to_string(),
    }
}

/// `Tue 24 Nov`, with the year if it is not this one.
pub(crate) fn day(date: when::Date, ctx: &Context) -> String {
    let weekday = match date.weekday() {
        when::Weekday::Monday => "Mon",
        when::Weekday::Tuesday => "Tue",
        when::Weekday::Wednesday => "Wed",
        when::Weekday::Thursday => "Thu",
        when::Weekday::Friday => "Fri",
        when::Weekday::Saturday => "Sat",
        when::Weekday::Sunday => "Sun",
    };
    let month = usize::try_from(date.month())
        .ok()
        .and_then(|month| MONTHS.get(month.wrapping_sub(1)))
        .unwrap_or(&"");
    let year = match date.year() == ctx.now.year() {
        true => String::new(),
        false => format!(" {}", date.year()),
    };
    format!("{weekday} {} {month}{year}", date.day())
}

/// "30 minutes", "2 hours", "1 day".
pub(crate) fn minutes(minutes: i64) -> String {
    let (count, unit) = match minutes {
        0 => return "at the time it is due".to_owned(),
        _ if minutes % 1440 == 0 => (minutes / 1440, "day"),
        _ if minutes % 60 == 0 => (minutes / 60, "hour"),
        _ => (minutes, "minute"),
    };
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {unit}{plural} before")
}

fn reminder(task: &Task) -> Option<String> {
    let before = task.reminder.map(minutes)?;
    Some(format!("reminder {before}"))
}

const fn priority(priority: Priority) -> Option<&'static str> {
    match priority {
        Priority::None => None,
        Priority::Low => Some("low priority"),
        Priority::Medium => Some("medium priority"),
        Priority::High => Some("high priority"),
    }
}

fn tags(task: &Task) -> Option<String> {
    let tags: Vec<String> = task
        .tags
        .iter()
        .map(|tag| format!("#{}", clipped(tag)))
        .collect();
    (!tags.is_empty()).then(|| tags.join(" "))
}

/// " for Tue 24 Nov, 17:00, high priority, #work".
pub(crate) fn details(task: &Task, ctx: &Context) -> String {
    let due = task.due.map(|due| format!(" for {}", when_due(due, ctx)));
    let rest = [
        task.repeats.as_deref().map(clipped),
        reminder(task),
        priority(task.priority).map(str::to_owned),
        tags(task),
        task.parent.map(|parent| format!("part of #{parent}")),
    ];
    let rest: Vec<String> = rest.into_iter().flatten().collect();
    let rest = match (rest.is_empty(), due.is_some()) {
        (true, _) => String::new(),
        (false, true) => format!(", {}", rest.join(", ")),
        (false, false) => format!(" ({})", rest.join(", ")),
    };
    format!("{}{rest}", due.unwrap_or_default())
}

/// Entries numbered by their place; with the tasks' own numbers where these differ.
pub(crate) fn list(tasks: &[&Task], ctx: &Context) -> String {
    let differs = tasks.iter().zip(1..).any(|(task, place)| task.id != place);
    let mut lines: Vec<String> = tasks
        .iter()
        .take(MOST)
        .enumerate()
        .map(|(at, task)| format!("{}. {}", at + 1, entry(task, differs, ctx)))
        .collect();
    if tasks.len() > MOST {
        lines.push(format!("… and {} more.", tasks.len() - MOST));
    }
    lines.join("\n")
}

/// "Pay rent — Tue 1 Dec, high priority (#3)".
pub(crate) fn entry(task: &Task, numbered: bool, ctx: &Context) -> String {
    let late = is_overdue(task, ctx).then(|| "overdue".to_owned());
    let done = task.completed.then(|| "done".to_owned());
    let due = task.due.map(|due| when_due(due, ctx));
    let parts = [
        due,
        late,
        task.repeats.as_deref().map(clipped),
        reminder(task),
        priority(task.priority).map(str::to_owned),
        tags(task),
        task.parent.map(|parent| format!("part of #{parent}")),
        done,
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    let number = if numbered {
        format!(" (#{})", task.id)
    } else {
        String::new()
    };
    match parts.is_empty() {
        true => format!("{}{number}", title(task)),
        false => format!("{} — {}{number}", title(task), parts.join(", ")),
    }
}

/// What a changed task is like now, of the fields that were to change.
pub(crate) fn now(task: &Task, fields: &[&str], ctx: &Context) -> String {
    let mut parts: Vec<String> = Vec::new();
    for field in fields {
        parts.push(match *field {
            "due" => match task.due {
                Some(due) => format!("due {}", when_due(due, ctx)),
                None => "without a date".to_owned(),
            },
            "priority" => priority(task.priority).unwrap_or("no priority").to_owned(),
            "tags" => tags(task).map_or("without tags".to_owned(), |tags| format!("tagged {tags}")),
            "recurrence" => match &task.repeats {
                Some(rule) => format!("repeating {}", clipped(rule)),
                None => "without repetition".to_owned(),
            },
            "reminder" => reminder(task).map_or("without a reminder".to_owned(), |text| {
                format!("with a {text}")
            }),
            "parent" => match task.parent {
                Some(parent) => format!("a part of task {parent}"),
                None => "a task of its own".to_owned(),
            },
            "description" => match task.description.trim() {
                "" => "without a note".to_owned(),
                note => format!("with the note “{}”", clipped(note)),
            },
            _ => continue,
        });
    }
    let renamed = fields.contains(&"title");
    match (renamed, parts.is_empty()) {
        (true, true) => format!("The task is now called {}.", quoted(task)),
        (false, true) => format!("Updated {}.", quoted(task)),
        (true, false) => format!(
            "The task is now called {}, {}.",
            quoted(task),
            parts.join(", ")
        ),
        (false, false) => format!("{} is now {}.", quoted(task), parts.join(", "))
            .replace("is now no priority", "has no priority now"),
    }
}

/// The words of a filter's time.
pub(crate) fn said_of(filter: &Filter) -> String {
    clipped(own(&filter.due_words.to_lowercase()))
}

/// "tomorrow's" as it is said of what is due: "tomorrow".
fn own(words: &str) -> &str {
    let bare = words
        .strip_suffix("'s")
        .or_else(|| words.strip_suffix("’s"));
    bare.unwrap_or(words)
}

/// "open tasks due this week", for as many.
pub(crate) fn described(filter: &Filter, count: usize) -> String {
    let status = match filter.status {
        _ if filter.overdue => "overdue ",
        Status::Open => "open ",
        Status::Completed => "completed ",
        Status::Deleted => "deleted ",
        Status::All => "",
    };
    let rank = filter
        .priority
        .and_then(priority)
        .map(|name| format!("{} ", name.replace(' ', "-")))
        .unwrap_or_default();
    let noun = if count == 1 { "task" } else { "tasks" };
    let mut text = format!("{rank}{status}{noun}");
    if let Some(tag) = &filter.tag {
        text.push_str(&format!(" tagged #{}", clipped(tag)));
    }
    if !filter.words.is_empty() {
        text.push_str(&format!(" matching “{}”", clipped(&filter.words)));
    }
    if filter.undated {
        text.push_str(" without a date");
    }
    if filter.hours.is_some() {
        text.push_str(" at that time of day");
    }
    if filter.due.is_some() && !filter.when_done {
        let late = if filter.with_overdue {
            " or overdue"
        } else {
            ""
        };
        text.push_str(&format!(" due {}{late}", said_of(filter)));
    }
    text
}
