//! What a line typed in a hurry means: "Call Ann tomorrow at 5 !high #family".

use protocol::Due;
use protocol::task::{NewTask, Priority, limits};

use super::dates::Dated;

/// A line as it is understood.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Quick {
    pub(super) title: String,
    pub(super) due: Option<Due>,
    /// As RFC 5545 writes it, and in words.
    pub(super) recurrence: Option<(String, String)>,
    pub(super) priority: Priority,
    pub(super) tags: Vec<String>,
}

impl Quick {
    /// `find` takes the first date out of a line; without it dates stay in the title.
    pub(super) fn read(line: &str, find: impl FnOnce(&str) -> Option<Dated>) -> Self {
        let mut quick = Self::default();
        let words: Vec<&str> = line
            .split_whitespace()
            .filter(|word| !quick.take(word))
            .collect();
        let rest = words.join(" ");
        quick.title.clone_from(&rest);
        if let Some(dated) = find(&rest) {
            quick.title = dated.title;
            quick.due = Some(dated.due);
            quick.recurrence = dated.recurrence;
        }
        // Words that are nothing but marks are a title after all.
        if quick.title.is_empty() {
            return Self {
                title: line.trim().to_owned(),
                ..Self::default()
            };
        }
        quick
    }

    /// Whether there is more in the line than its words.
    pub(super) fn has_marks(&self) -> bool {
        self.due.is_some() || self.priority != Priority::None || !self.tags.is_empty()
    }

    pub(super) fn into_task(self) -> NewTask {
        NewTask {
            title: self.title,
            due: self.due.map(|due| due.to_string()),
            recurrence: self.recurrence.map(|(rule, _)| rule),
            priority: Some(self.priority).filter(|priority| *priority != Priority::None),
            tags: Some(self.tags).filter(|tags| !tags.is_empty()),
            ..NewTask::default()
        }
    }

    /// Takes a word that is a mark and no part of the title.
    fn take(&mut self, word: &str) -> bool {
        if let Some(tag) = word.strip_prefix('#') {
            let tag = tag.trim_end_matches([',', '.', ';']);
            // "#3" is a task's number.
            let is_tag = tag.chars().any(char::is_alphabetic)
                && tag.chars().count() <= limits::TAG
                && self.tags.len() < limits::TAGS;
            if is_tag && !self.tags.iter().any(|known| known == tag) {
                self.tags.push(tag.to_owned());
            }
            return is_tag;
        }
        let priority = match word.to_ascii_lowercase().as_str() {
            "!high" | "!1" | "!!!" | "p1" => Priority::High,
            "!medium" | "!2" | "!!" | "p2" => Priority::Medium,
            "!low" | "!3" | "p3" => Priority::Low,
            _ => return false,
        };
        self.priority = priority;
        true
    }
}

#[cfg(test)]
mod tests {
    use when::Context;

    use super::super::dates;
    use super::*;

    /// Monday, 23 November 2026, 12:00, an hour east of Greenwich.
    fn context() -> Context {
        Context::at_offset(1_795_431_600, 3_600).unwrap()
    }

    fn read(line: &str) -> Quick {
        Quick::read(line, |line| dates::find(line, &context()))
    }

    fn due(text: &str) -> Option<Due> {
        Some(text.parse().unwrap())
    }

    #[test]
    fn date_priority_and_tags_are_taken_out_of_the_title() {
        let quick = read("Call Ann tomorrow at 5pm !high #family #calls");

        assert_eq!(quick.title, "Call Ann");
        assert_eq!(quick.due, due("2026-11-24T17:00"));
        assert_eq!(quick.priority, Priority::High);
        assert_eq!(quick.tags, ["family", "calls"]);
    }

    #[test]
    fn a_repetition_is_a_rule_and_its_first_day() {
        let quick = read("water the plants every Friday");

        assert_eq!(quick.title, "water the plants");
        assert_eq!(quick.due, due("2026-11-27"));
        let (rule, words) = quick.recurrence.unwrap();
        assert_eq!(rule, "FREQ=WEEKLY;BYDAY=FR");
        assert_eq!(words, "every Friday");
    }

    #[test]
    fn words_without_marks_stay_as_they_are() {
        for line in ["Buy milk", "tomorrow", "#home", "Answer #3", "Read 1984"] {
            let quick = read(line);

            assert_eq!(quick.title, line);
            assert!(!quick.has_marks(), "{line}");
        }
    }

    #[test]
    fn a_task_carries_what_was_shown() {
        let task = read("Pay rent on 1 December p2").into_task();

        assert_eq!(task.title, "Pay rent");
        assert_eq!(task.due.as_deref(), Some("2026-12-01"));
        assert_eq!(task.priority, Some(Priority::Medium));
        assert_eq!(task.tags, None);
    }
}
