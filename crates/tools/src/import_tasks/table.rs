//! Tables: Todoist's template, our own export, and any other whose head names a title.

use std::collections::HashMap;

use jiff::civil::DateTime;
use protocol::task::Priority;

use super::cells::{Row, rows};
use super::clock::{Moment, Place};
use super::entry::{Entry, File, priority, tag};
use crate::{Call, Error};

/// What a column is for, by the names that programs give it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Column {
    Kind,
    Title,
    Description,
    Priority,
    Tags,
    Due,
    Time,
    Zone,
    Recurrence,
    Reminder,
    Indent,
    Number,
    Parent,
    Done,
}

const COLUMNS: [(Column, &[&str]); 14] = [
    (Column::Kind, &["type"]),
    (
        Column::Title,
        &["title", "content", "task", "name", "summary", "subject"],
    ),
    (Column::Description, &["description", "notes", "note"]),
    (Column::Priority, &["priority"]),
    (Column::Tags, &["tags", "labels", "categories"]),
    (Column::Due, &["due", "date", "due date", "due_date"]),
    (Column::Time, &["due time", "due_time", "time"]),
    (Column::Zone, &["time_zone", "timezone"]),
    (Column::Recurrence, &["recurrence", "repeat", "rrule"]),
    (Column::Reminder, &["reminder"]),
    (Column::Indent, &["indent"]),
    (Column::Number, &["id"]),
    (Column::Parent, &["parent", "parent_id"]),
    (
        Column::Done,
        &["completed", "done", "status", "completed_at"],
    ),
];

fn column(name: &str) -> Option<Column> {
    let name = name.trim().trim_matches('"').to_ascii_lowercase();
    let found = COLUMNS.iter().find(|(_, names)| names.contains(&&*name));
    found.map(|(column, _)| *column)
}

/// Whether a line is the head of a table of tasks.
pub(super) fn is_head(line: &str) -> bool {
    let mut names = line.split([',', ';', '\t']);
    names.any(|name| column(name) == Some(Column::Title))
}

/// A row by the names of its columns.
struct Named<'a> {
    head: &'a [Option<Column>],
    row: &'a Row,
}

impl Named<'_> {
    /// What stands in a column; spaces alone are nothing.
    fn get(&self, wanted: Column) -> Option<&str> {
        let place = self.head.iter().position(|column| *column == Some(wanted));
        let cell = self.row.cells.get(place?)?.trim();
        // What an export put before a formula, so that no spreadsheet reckons it.
        let formula = cell.strip_prefix('\'');
        let formula = formula.filter(|rest| rest.starts_with(['=', '+', '-', '@']));
        Some(formula.unwrap_or(cell)).filter(|cell| !cell.is_empty())
    }
}

pub(super) fn read(text: &str, call: &Call<'_>) -> Result<File, Error> {
    let (rows, open) = rows(text);
    let mut file = File::default();
    if let Some(line) = open {
        file.leave_out(line, "A quotation mark is opened here and never closed.");
    }
    let Some((first, rows)) = rows.split_first() else {
        return Ok(file);
    };
    let head: Vec<Option<Column>> = first.cells.iter().map(|name| column(name)).collect();
    if !head.contains(&Some(Column::Title)) {
        return Err(Error::Invalid(
            "The first line of the table names no title. Write one column “title” or “content”."
                .to_owned(),
        ));
    }
    let mut reader = Reader {
        call,
        file,
        section: None,
        outline: Vec::new(),
        numbers: HashMap::new(),
        parents: Vec::new(),
    };
    for row in rows.iter().filter(|row| Some(row.line) != open) {
        reader.take(&Named { head: &head, row });
    }
    Ok(reader.end())
}

struct Reader<'a> {
    call: &'a Call<'a>,
    file: File,
    /// Todoist's section, which becomes a tag.
    section: Option<String>,
    /// The last entry of each indent.
    outline: Vec<usize>,
    /// Places of the entries by the numbers they have in the file.
    numbers: HashMap<String, usize>,
    /// Entries, and the numbers of what they are a part of.
    parents: Vec<(usize, String)>,
}

impl Reader<'_> {
    fn take(&mut self, row: &Named<'_>) {
        let line = row.row.line;
        let kind = row.get(Column::Kind).unwrap_or("task");
        let title = row.get(Column::Title);
        match kind.to_ascii_lowercase().as_str() {
            "task" => match title {
                Some(title) => self.add(row, title),
                None => self.file.leave_out(line, "This line has no title."),
            },
            "section" => {
                self.section = title.and_then(tag);
                self.outline.clear();
            }
            "note" => self.note(line, title.unwrap_or_default()),
            // How a project is shown.
            "meta" => {}
            other => {
                let other: String = other.chars().take(40).collect();
                self.file
                    .leave_out(line, format!("A line of type “{other}” is no task."));
            }
        }
    }

    /// A comment belongs to the task above it.
    fn note(&mut self, line: usize, text: &str) {
        match self.file.entries.last_mut() {
            Some(entry) => entry.describe(text),
            None => self
                .file
                .leave_out(line, "This comment belongs to no task."),
        }
    }

    fn add(&mut self, row: &Named<'_>, title: &str) {
        let line = row.row.line;
        let (title, mut tags) = match row.get(Column::Kind) {
            Some(_) => without_labels(title),
            None => (title.to_owned(), Vec::new()),
        };
        let named = row.get(Column::Tags).unwrap_or_default().split([',', ';']);
        tags.extend(named.map(str::trim).map(str::to_owned));
        tags.extend(self.section.clone());
        let done = row.get(Column::Done).map(done).unwrap_or_default();
        let entry = Entry {
            line,
            title,
            description: row.get(Column::Description).unwrap_or_default().to_owned(),
            priority: self.priority(row),
            tags,
            due: row.get(Column::Due).map(|date| self.due(row, date)),
            recurrence: row.get(Column::Recurrence).map(str::to_owned),
            reminder: row.get(Column::Reminder).and_then(|text| text.parse().ok()),
            completed: done.0,
            completed_at: done.1,
            parent: self.parent(row),
            is_event: false,
        };
        let place = self.file.entries.len();
        if let Some(number) = row.get(Column::Number) {
            self.numbers.insert(number.to_owned(), place);
        }
        if let Some(parent) = row.get(Column::Parent) {
            self.parents.push((place, parent.to_owned()));
        }
        self.file.entries.push(entry);
    }

    fn priority(&mut self, row: &Named<'_>) -> Priority {
        let Some(text) = row.get(Column::Priority) else {
            return Priority::None;
        };
        priority(text).unwrap_or_else(|| {
            let text: String = text.chars().take(40).collect();
            let message = format!("The priority “{text}” is none of high, medium and low.");
            self.file.remark(row.row.line, message);
            Priority::None
        })
    }

    /// The entry above with a smaller indent.
    fn parent(&mut self, row: &Named<'_>) -> Option<usize> {
        let indent: usize = row.get(Column::Indent)?.parse().ok()?;
        self.outline.truncate(indent.saturating_sub(1));
        let parent = self.outline.last().copied();
        self.outline.push(self.file.entries.len());
        parent
    }

    /// As the person's clock shows it, if it is a time somewhere else.
    fn due(&self, row: &Named<'_>, date: &str) -> String {
        let text = match row.get(Column::Time) {
            Some(time) => format!("{date} {time}"),
            None => date.to_owned(),
        };
        if let Ok(moment) = text.parse::<jiff::Timestamp>() {
            let utc = moment.to_zoned_datetime(jiff::tz::TimeZone::UTC).datetime();
            return Moment::At(utc, Place::Utc).due(self.call.zone);
        }
        let written: Option<DateTime> = text.replacen(' ', "T", 1).parse().ok();
        let Some(written) = written.filter(|_| text.contains(':')) else {
            return text;
        };
        let place = row.get(Column::Zone).and_then(Place::named);
        let moment = Moment::At(written, place.unwrap_or(Place::Here));
        moment.due(self.call.zone)
    }

    fn end(mut self) -> File {
        for (place, parent) in self.parents {
            if let Some(found) = self.numbers.get(&parent) {
                self.file.entries[place].parent = Some(*found);
                continue;
            }
            let parent: String = parent.chars().take(40).collect();
            let message = format!("There is no task {parent} in the file to be a part of.");
            let line = self.file.entries[place].line;
            self.file.remark(line, message);
        }
        self.file
    }
}

/// Todoist writes labels into the title: `Call Bob @phone @work`.
fn without_labels(title: &str) -> (String, Vec<String>) {
    let is_label = |word: &&str| {
        word.strip_prefix('@')
            .is_some_and(|label| label.chars().next().is_some_and(char::is_alphanumeric))
    };
    let (labels, words): (Vec<&str>, Vec<&str>) = title.split_whitespace().partition(is_label);
    if words.is_empty() {
        return (title.to_owned(), Vec::new());
    }
    let labels = labels.into_iter().map(|label| label[1..].to_owned());
    (words.join(" "), labels.collect())
}

/// A word, or the moment it was done at.
fn done(text: &str) -> (bool, Option<protocol::Timestamp>) {
    let word = text.to_ascii_lowercase();
    if let Ok(at) = text.parse() {
        return (true, Some(at));
    }
    let words = ["true", "yes", "x", "1", "done", "completed", "complete"];
    (words.contains(&word.as_str()), None)
}
