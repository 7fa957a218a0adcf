//! What the readers make of a file.

use protocol::Timestamp;
use protocol::import::ImportProblem;
use protocol::task::{Priority, limits};

/// One task as it stands in a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Entry {
    /// From 1.
    pub(super) line: usize,
    /// Place of the entry that it is a part of.
    pub(super) parent: Option<usize>,
    pub(super) title: String,
    pub(super) description: String,
    pub(super) priority: Priority,
    pub(super) tags: Vec<String>,
    /// In words or as ISO, by the person's clock.
    pub(super) due: Option<String>,
    pub(super) recurrence: Option<String>,
    pub(super) reminder: Option<i32>,
    pub(super) completed: bool,
    pub(super) completed_at: Option<Timestamp>,
    /// It takes place by itself: once it is over, it is done.
    pub(super) is_event: bool,
}

impl Entry {
    /// Adds a line to the description.
    pub(super) fn describe(&mut self, line: &str) {
        if !self.description.is_empty() {
            self.description.push('\n');
        }
        self.description.push_str(line);
    }
}

/// A file that was read.
#[derive(Debug, Default)]
pub(super) struct File {
    pub(super) entries: Vec<Entry>,
    pub(super) problems: Vec<ImportProblem>,
}

impl File {
    pub(super) fn leave_out(&mut self, line: usize, message: impl Into<String>) {
        self.problems.push(problem(line, message, true));
    }

    pub(super) fn remark(&mut self, line: usize, message: impl Into<String>) {
        self.problems.push(problem(line, message, false));
    }
}

pub(super) fn problem(line: usize, message: impl Into<String>, skipped: bool) -> ImportProblem {
    ImportProblem {
        line,
        message: message.into(),
        skipped,
    }
}

/// A heading as a tag: cut to the length of one.
pub(super) fn tag(heading: &str) -> Option<String> {
    let words: Vec<&str> = heading.split_whitespace().collect();
    let tag: String = words.join(" ").chars().take(limits::TAG).collect();
    let tag = tag.trim().trim_start_matches('#').trim().to_owned();
    (!tag.is_empty()).then_some(tag)
}

/// The words of people and programs for how much something matters.
pub(super) fn priority(text: &str) -> Option<Priority> {
    let text = text.trim().to_ascii_lowercase();
    Some(match text.trim_start_matches(['p', '!']) {
        "" | "none" | "4" | "normal" => Priority::None,
        "1" | "high" | "highest" | "urgent" => Priority::High,
        "2" | "medium" => Priority::Medium,
        "3" | "low" | "lowest" => Priority::Low,
        _ => return None,
    })
}
