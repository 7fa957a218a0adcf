//! Tasks as to-dos of a calendar (RFC 5545). Times have no zone, as a task's time is that of the
//! clock on the wall.

use protocol::Timestamp;

use super::rows::Task;

pub(crate) fn tasks(tasks: &[Task], now: Timestamp) -> String {
    let stamp = utc(&now.to_string());
    let mut lines = vec![
        "BEGIN:VCALENDAR".to_owned(),
        "VERSION:2.0".to_owned(),
        "PRODID:-//Latchwork//Latchwork//EN".to_owned(),
    ];
    for task in tasks {
        lines.push("BEGIN:VTODO".to_owned());
        lines.push(format!("UID:task-{}@latchwork", task.id));
        lines.push(format!("DTSTAMP:{stamp}"));
        lines.push(format!("CREATED:{}", utc(&task.created_at)));
        lines.push(format!("LAST-MODIFIED:{}", utc(&task.updated_at)));
        lines.push(format!("SUMMARY:{}", text(&task.title)));
        if !task.description.is_empty() {
            lines.push(format!("DESCRIPTION:{}", text(&task.description)));
        }
        lines.extend(due(task));
        lines.extend(priority(&task.priority).map(|level| format!("PRIORITY:{level}")));
        if !task.tags.is_empty() {
            let tags: Vec<String> = task.tags.iter().map(|tag| text(tag)).collect();
            lines.push(format!("CATEGORIES:{}", tags.join(",")));
        }
        if let Some(parent) = task.parent_id {
            lines.push(format!("RELATED-TO:task-{parent}@latchwork"));
        }
        match &task.completed_at {
            Some(at) => {
                lines.push("STATUS:COMPLETED".to_owned());
                lines.push(format!("COMPLETED:{}", utc(at)));
            }
            None => lines.push("STATUS:NEEDS-ACTION".to_owned()),
        }
        lines.push("END:VTODO".to_owned());
    }
    lines.push("END:VCALENDAR".to_owned());
    lines.iter().map(|line| folded(line) + "\r\n").collect()
}

/// What repeats needs a start, and then its end must not be the same moment (section 3.8.2.3).
fn due(task: &Task) -> Vec<String> {
    let Some(date) = &task.due_date else {
        return Vec::new();
    };
    let date = digits(date);
    let moment = match &task.due_time {
        Some(time) => format!(":{date}T{}", digits(time)),
        None => format!(";VALUE=DATE:{date}"),
    };
    match task.recurrence.as_deref().and_then(rule) {
        Some(rule) => vec![format!("DTSTART{moment}"), format!("RRULE:{rule}")],
        None => vec![format!("DUE{moment}")],
    }
}

/// The rule alone, without a name before it; anything else is left out.
fn rule(text: &str) -> Option<&str> {
    let rule = text.strip_prefix("RRULE:").unwrap_or(text);
    let is_rule = rule.starts_with("FREQ=") && !rule.contains(char::is_whitespace);
    is_rule.then_some(rule)
}

fn priority(name: &str) -> Option<u8> {
    match name {
        "high" => Some(1),
        "medium" => Some(5),
        "low" => Some(9),
        _ => None,
    }
}

fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

/// `2026-11-23T12:00:00…` in UTC as a calendar writes it.
fn utc(text: &str) -> String {
    let (date, time) = text.split_once('T').unwrap_or((text, ""));
    let time: String = time.chars().take(8).collect();
    format!("{}T{}Z", digits(date), digits(&time))
}

fn text(text: &str) -> String {
    text.replace('\\', "\\\\")
        .replace(';', "\\;")
        .replace(',', "\\,")
        .replace("\r\n", "\\n")
        .replace('\n', "\\n")
        .replace(|c: char| c.is_control(), "")
}

/// Lines have at most 75 octets; a blank begins what goes on.
fn folded(line: &str) -> String {
    let mut folded = String::with_capacity(line.len());
    let mut length = 0;
    for letter in line.chars() {
        if length + letter.len_utf8() > 75 {
            folded.push_str("\r\n ");
            length = 1;
        }
        folded.push(letter);
        length += letter.len_utf8();
    }
    folded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_task_is_a_to_do() {
        let task = Task {
            id: 3,
            title: "Pay; rent, now".to_owned(),
            priority: "high".to_owned(),
            due_date: Some("2026-11-24".to_owned()),
            due_time: Some("17:00:00".to_owned()),
            created_at: "2026-11-23T12:00:00+00:00".to_owned(),
            updated_at: "2026-11-23T12:00:00.5+00:00".to_owned(),
            ..Task::default()
        };

        let file = tasks(&[task], Timestamp::from_seconds(1_795_435_200));

        for line in [
            "UID:task-3@latchwork",
            "DTSTAMP:20261123T120000Z",
            "LAST-MODIFIED:20261123T120000Z",
            "SUMMARY:Pay\\; rent\\, now",
            "DUE:20261124T170000",
            "PRIORITY:1",
            "STATUS:NEEDS-ACTION",
        ] {
            assert!(file.contains(&format!("\r\n{line}\r\n")), "{line}: {file}");
        }
    }

    #[test]
    fn what_repeats_has_a_start_and_a_rule() {
        let task = Task {
            due_date: Some("2026-11-24".to_owned()),
            recurrence: Some("FREQ=WEEKLY;BYDAY=TU".to_owned()),
            ..Task::default()
        };

        let lines = due(&task);

        assert_eq!(
            lines,
            ["DTSTART;VALUE=DATE:20261124", "RRULE:FREQ=WEEKLY;BYDAY=TU"]
        );
    }

    #[test]
    fn long_lines_are_folded_between_letters() {
        let line = format!("SUMMARY:{}", "ä".repeat(60));

        let folded = folded(&line);

        assert!(folded.split("\r\n").all(|part| part.len() <= 75));
        assert_eq!(folded.replace("\r\n ", ""), line);
    }
}
