//! Calendars (RFC 5545): their to-dos and events.

mod lines;

use std::collections::HashMap;

use protocol::task::Priority;

use self::lines::{Line, lines};
use super::clock::{Moment, Place};
use super::entry::{Entry, File};
use crate::{Call, Error};

pub(super) fn read(text: &str, call: &Call<'_>) -> Result<File, Error> {
    let mut reader = Reader {
        call,
        file: File::default(),
        components: Vec::new(),
        present: None,
        uids: HashMap::new(),
        parents: Vec::new(),
    };
    let mut is_calendar = false;
    for (number, line) in lines(text) {
        let Some(line) = Line::read(&line) else {
            reader.file.remark(
                number,
                "This line is none of a calendar, and is passed over.",
            );
            continue;
        };
        is_calendar |= line.is("BEGIN", "VCALENDAR");
        reader.take(number, &line);
    }
    if !is_calendar {
        return Err(Error::Invalid(
            "This is no calendar: BEGIN:VCALENDAR is missing.".to_owned(),
        ));
    }
    Ok(reader.end())
}

/// A to-do or an event that is being read.
struct Present {
    entry: Entry,
    /// Its end is what it is due at; without one, its beginning.
    due: Option<Moment>,
    start: Option<Moment>,
    /// Why it is no task.
    leave_out: Option<&'static str>,
    uid: Option<String>,
    parent: Option<String>,
}

struct Reader<'a> {
    call: &'a Call<'a>,
    file: File,
    /// What is open, from outside to inside.
    components: Vec<String>,
    present: Option<Present>,
    uids: HashMap<String, usize>,
    parents: Vec<(usize, String)>,
}

impl Reader<'_> {
    fn take(&mut self, number: usize, line: &Line<'_>) {
        match line.name.as_str() {
            "BEGIN" => {
                let name = line.value.to_ascii_uppercase();
                if self.present.is_none() && ["VTODO", "VEVENT"].contains(&name.as_str()) {
                    self.present = Some(Present::new(number, name == "VEVENT"));
                }
                self.components.push(name);
            }
            "END" => {
                let name = line.value.to_ascii_uppercase();
                while let Some(open) = self.components.pop() {
                    if open == name {
                        break;
                    }
                }
                if ["VTODO", "VEVENT"].contains(&name.as_str()) {
                    self.keep();
                }
            }
            _ => self.detail(number, line),
        }
    }

    fn detail(&mut self, number: usize, line: &Line<'_>) {
        let Some(present) = &mut self.present else {
            return;
        };
        let inside = self.components.last().map_or("", String::as_str);
        let unread = match inside {
            "VTODO" | "VEVENT" => present.take(line).err(),
            "VALARM" if line.name == "TRIGGER" => {
                present.entry.reminder = minutes_before(line).or(present.entry.reminder);
                None
            }
            _ => None,
        };
        if let Some(message) = unread {
            self.file.remark(number, message);
        }
    }

    fn keep(&mut self) {
        let Some(present) = self.present.take() else {
            return;
        };
        let Present {
            mut entry,
            due,
            start,
            leave_out,
            uid,
            parent,
        } = present;
        if let Some(why) = leave_out {
            self.file.leave_out(entry.line, why);
            return;
        }
        // What repeats is counted from its beginning.
        let due = match entry.recurrence {
            Some(_) => start.or(due),
            None => due.or(start),
        };
        entry.due = due.map(|due| due.due(self.call.zone));
        let place = self.file.entries.len();
        if let Some(uid) = uid {
            self.uids.insert(uid, place);
        }
        self.parents.extend(parent.map(|parent| (place, parent)));
        self.file.entries.push(entry);
    }

    fn end(mut self) -> File {
        if let Some(present) = self.present.take() {
            let line = present.entry.line;
            self.file
                .leave_out(line, "This entry begins here and has no end.");
        }
        for (place, parent) in self.parents {
            // One that is in another file stays there.
            self.file.entries[place].parent = self.uids.get(&parent).copied();
        }
        self.file
    }
}

impl Present {
    fn new(line: usize, is_event: bool) -> Self {
        Self {
            entry: Entry {
                line,
                is_event,
                ..Entry::default()
            },
            due: None,
            start: None,
            leave_out: None,
            uid: None,
            parent: None,
        }
    }

    fn take(&mut self, line: &Line<'_>) -> Result<(), String> {
        let entry = &mut self.entry;
        match line.name.as_str() {
            "SUMMARY" => entry.title = line.text(),
            "DESCRIPTION" => entry.description = line.text(),
            "CATEGORIES" => entry.tags.extend(line.texts()),
            "PRIORITY" => entry.priority = priority(line.value),
            "RRULE" => entry.recurrence = Some(line.value.to_owned()),
            "UID" => self.uid = Some(line.value.to_owned()),
            // Without RELTYPE it is the parent (section 3.2.15).
            "RELATED-TO"
                if line
                    .parameter("RELTYPE")
                    .is_none_or(|kind| kind == "PARENT") =>
            {
                self.parent = Some(line.value.to_owned());
            }
            "DUE" => self.due = Some(moment(line)?),
            "DTSTART" => self.start = Some(moment(line)?),
            "STATUS" if line.value == "COMPLETED" => entry.completed = true,
            "STATUS" if line.value == "CANCELLED" => {
                self.leave_out = Some("This entry was cancelled.");
            }
            "PERCENT-COMPLETE" if line.value == "100" => entry.completed = true,
            "COMPLETED" => {
                entry.completed = true;
                entry.completed_at = at(line.value);
            }
            "RECURRENCE-ID" => {
                self.leave_out = Some("This is a change of one time of something that repeats.");
            }
            _ => {}
        }
        Ok(())
    }
}

/// Calendars describe zones of their own. One that nobody else knows is taken for the person's.
fn moment(line: &Line<'_>) -> Result<Moment, String> {
    let place = line.parameter("TZID").and_then(Place::named);
    let read = Moment::read(line.value, place.unwrap_or(Place::Here));
    read.ok_or_else(|| {
        let shown: String = line.value.chars().take(40).collect();
        format!("The date “{shown}” cannot be read.")
    })
}

fn at(text: &str) -> Option<protocol::Timestamp> {
    let moment = Moment::read(text, Place::Utc)?;
    let utc = moment.local(&crate::Zone::utc());
    let written = utc.to_zoned_datetime(jiff::tz::TimeZone::UTC).ok()?;
    let micros = written.timestamp().as_microsecond();
    Some(protocol::Timestamp::from_micros(micros))
}

/// From 1, the highest, to 9 (section 3.8.1.9).
fn priority(text: &str) -> Priority {
    match text.trim().parse() {
        Ok(1..=4) => Priority::High,
        Ok(5) => Priority::Medium,
        Ok(6..=9) => Priority::Low,
        _ => Priority::None,
    }
}

/// A time before the beginning, such as `-PT15M`, `-P1DT2H` or `PT0S`, in minutes.
fn minutes_before(line: &Line<'_>) -> Option<i32> {
    if line
        .parameter("VALUE")
        .is_some_and(|kind| kind == "DATE-TIME")
    {
        return None;
    }
    let (before, rest) = match line.value.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, line.value.trim_start_matches('+')),
    };
    let mut minutes = 0_i32;
    let mut number = 0_i32;
    for letter in rest.strip_prefix('P')?.chars() {
        let unit = match letter {
            'T' => continue,
            '0'..='9' => {
                let digit = i32::try_from(letter.to_digit(10)?).ok()?;
                number = number.checked_mul(10)?.checked_add(digit)?;
                continue;
            }
            'W' => 7 * 24 * 60,
            'D' => 24 * 60,
            'H' => 60,
            'M' => 1,
            'S' => 0,
            _ => return None,
        };
        minutes = minutes.checked_add(number.checked_mul(unit)?)?;
        number = 0;
    }
    (before || minutes == 0).then_some(minutes)
}
