//! Taking over tasks from a file of another program.
//!
//! The readers ([`table`], [`calendar`], [`checklist`]) turn a file into entries and say what they
//! could not read; [`ready`] turns entries into tasks by the same rules that every other task is
//! held to.

mod calendar;
mod cells;
mod checklist;
mod clock;
mod entry;
mod ready;
mod table;

use protocol::import::{Import, ImportFormat, ImportedTask};
use protocol::task::limits;
use serde::Serialize;

use self::entry::File;
use self::ready::{Readied, Ready};
use crate::draft::{Draft, write_new};
use crate::{Call, Error};

/// Adds everything in a file, as one action.
#[derive(Clone, Debug, Serialize)]
pub struct ImportTasks {
    pub text: String,
    /// Found out from the text where absent.
    pub format: Option<ImportFormat>,
}

impl ImportTasks {
    /// What [`apply`](Self::apply) would add; changes nothing.
    ///
    /// # Errors
    /// If the file is too large or no such file at all, or the database fails.
    pub async fn preview(&self, call: &Call<'_>) -> Result<Import, Error> {
        let (format, read) = self.read(call)?;
        let live = store::tasks::live(call.db.begin(call.scope())).await?;
        let room = usize::try_from(limits::TASKS - live).unwrap_or_default();
        if read.ready.len() > room {
            return Err(Error::Invalid(format!(
                "There is room for {room} more tasks; the file has {}.",
                read.ready.len()
            )));
        }
        Ok(answer(format, read, &[], None))
    }

    /// # Errors
    /// If the file is too large or no such file at all, or the database fails.
    pub async fn apply(&self, call: &Call<'_>) -> Result<Import, Error> {
        let (format, read) = self.read(call)?;
        write_new(call, ("import_tasks", self), |draft| {
            let (ids, read) = add(draft, read);
            answer(format, read, &ids, draft.first_change())
        })
        .await
    }

    fn read(&self, call: &Call<'_>) -> Result<(ImportFormat, Readied), Error> {
        let most = limits::IMPORT_BYTES;
        if self.text.len() > most {
            return Err(Error::Invalid(format!(
                "The file has {} kB; {} are possible at once.",
                self.text.len() / 1024,
                most / 1024
            )));
        }
        // Spreadsheets and calendars begin files with a byte order mark.
        let text = self.text.strip_prefix('\u{feff}').unwrap_or(&self.text);
        let format = self.format.unwrap_or_else(|| guessed(text));
        let file = match format {
            ImportFormat::Csv => table::read(text, call)?,
            ImportFormat::Ics => calendar::read(text, call)?,
            ImportFormat::Text => checklist::read(text),
        };
        bounded(&file)?;
        Ok((format, ready::ready(file, call)))
    }
}

fn bounded(file: &File) -> Result<(), Error> {
    let (count, most) = (file.entries.len(), limits::IMPORT);
    if count > most {
        return Err(Error::Invalid(format!(
            "The file has {count} tasks; {most} are possible at once. Divide it."
        )));
    }
    if count == 0 && file.problems.is_empty() {
        return Err(Error::Invalid(
            "There are no tasks in this file.".to_owned(),
        ));
    }
    Ok(())
}

/// A calendar says what it is; a table has a head with a title in it.
fn guessed(text: &str) -> ImportFormat {
    let first = text.lines().map(str::trim).find(|line| !line.is_empty());
    let first = first.unwrap_or_default();
    if first.eq_ignore_ascii_case("BEGIN:VCALENDAR") {
        ImportFormat::Ics
    } else if first.contains([',', ';', '\t']) && table::is_head(first) {
        ImportFormat::Csv
    } else {
        ImportFormat::Text
    }
}

/// The numbers they got, and what is left of the rest.
fn add(draft: &mut Draft<'_>, read: Readied) -> (Vec<protocol::TaskId>, Readied) {
    let Readied {
        ready,
        mut problems,
        mut skipped,
    } = read;
    let mut ids = Vec::with_capacity(ready.len());
    let mut added: Vec<Ready> = Vec::with_capacity(ready.len());
    for one in ready {
        let parent = one.parent.and_then(|place| ids.get(place).copied());
        let done = draft.add(|task, _| {
            *task = protocol::task::Task {
                id: task.id,
                position: std::mem::take(&mut task.position),
                parent_id: parent,
                ..one.task.clone()
            };
            Ok(())
        });
        match done {
            Ok(id) => {
                ids.push(id);
                added.push(one);
            }
            Err(refused) => {
                // There is no more room, and so for none of those that follow.
                skipped += 1;
                problems.push(entry::problem(one.line, refused.message, true));
            }
        }
    }
    let ready = added;
    let rest = Readied {
        ready,
        problems,
        skipped,
    };
    (ids, rest)
}

fn answer(
    format: ImportFormat,
    read: Readied,
    ids: &[protocol::TaskId],
    change: Option<i64>,
) -> Import {
    let most = usize::try_from(limits::PAGE).unwrap_or_default();
    let mut problems = read.problems;
    problems.sort_by_key(|problem| problem.line);
    problems.truncate(most);
    let shown = |(place, one): (usize, &Ready)| ImportedTask {
        line: one.line,
        id: ids.get(place).copied(),
        depth: one.depth,
        title: one.task.title.clone(),
        description: one.task.description.clone(),
        priority: one.task.priority,
        tags: one.task.tags.clone(),
        due: one.task.due,
        recurrence: one.task.recurrence.clone(),
        reminder: one.task.reminder,
        completed: one.task.completed,
    };
    Import {
        format,
        count: read.ready.len(),
        tasks: read
            .ready
            .iter()
            .take(most)
            .enumerate()
            .map(shown)
            .collect(),
        skipped: read.skipped,
        problems,
        change,
    }
}
