//! Lists that people write: a line for each task, or a checklist in Markdown.

use protocol::task::{Priority, limits};

use super::entry::{Entry, File, priority, tag};

/// What a line is.
#[derive(Debug, PartialEq, Eq)]
enum Line<'a> {
    Empty,
    /// With its level.
    Heading(usize, &'a str),
    /// `- [x] …`; whether it is ticked.
    Item(bool, &'a str),
    Plain(&'a str),
}

pub(super) fn read(text: &str) -> File {
    let mut file = File::default();
    let mut heading = None;
    // Places of the entries that the next may be a part of, with their indents.
    let mut above: Vec<(usize, usize)> = Vec::new();
    for (line, number) in text.lines().zip(1..) {
        let indent = indent(line);
        match kind(line) {
            Line::Empty => {}
            // The title of the whole document says nothing of its tasks.
            Line::Heading(1, _) if file.entries.is_empty() => above.clear(),
            Line::Heading(_, text) => {
                heading = tag(text);
                above.clear();
            }
            Line::Plain(text) if above.last().is_some_and(|(at, _)| indent > *at) => {
                let entry = above
                    .last()
                    .and_then(|(_, place)| file.entries.get_mut(*place));
                if let Some(entry) = entry {
                    entry.describe(text);
                }
            }
            Line::Plain(text) => {
                above.clear();
                file.entries.push(entry(number, text, heading.as_ref()));
            }
            Line::Item(completed, text) => {
                while above.last().is_some_and(|(at, _)| *at >= indent) {
                    above.pop();
                }
                let parent = above.last().map(|(_, place)| *place);
                above.push((indent, file.entries.len()));
                file.entries.push(Entry {
                    parent,
                    completed,
                    ..entry(number, text, heading.as_ref())
                });
            }
        }
    }
    file
}

/// A tab reaches to the next fourth column.
fn indent(line: &str) -> usize {
    let blanks = line.chars().take_while(|letter| letter.is_whitespace());
    blanks.fold(0, |column, letter| match letter {
        '\t' => column / 4 * 4 + 4,
        _ => column + 1,
    })
}

fn kind(line: &str) -> Line<'_> {
    let line = line.trim();
    if line.is_empty() || line.chars().all(|letter| "-=*_".contains(letter)) {
        return Line::Empty;
    }
    let level = line.len() - line.trim_start_matches('#').len();
    if let (1..=6, Some(text)) = (level, line[level..].strip_prefix(' ')) {
        return Line::Heading(level, text.trim());
    }
    let bullets = ["- ", "* ", "+ ", "• ", "– "];
    let bullet = bullets.iter().find_map(|bullet| line.strip_prefix(bullet));
    let item = bullet.or_else(|| numbered(line));
    let rest = item.unwrap_or(line).trim_start();
    let boxes = [("[ ]", false), ("[x]", true), ("[X]", true)];
    let ticked = boxes.iter().find_map(|(written, ticked)| {
        let text = rest.strip_prefix(written)?;
        (text.is_empty() || text.starts_with(' ')).then_some((*ticked, text.trim()))
    });
    match (ticked, item) {
        (Some((_, "")), _) => Line::Empty,
        (Some((ticked, text)), _) => Line::Item(ticked, text),
        (None, Some(_)) => Line::Item(false, rest),
        (None, None) => Line::Plain(line),
    }
}

/// What follows `1. ` or `1) `.
fn numbered(line: &str) -> Option<&str> {
    let rest = line.trim_start_matches(|letter: char| letter.is_ascii_digit());
    let digits = line.len() - rest.len();
    let text = rest
        .strip_prefix(". ")
        .or_else(|| rest.strip_prefix(") "))?;
    (1..=4).contains(&digits).then_some(text)
}

/// A title, and after it, in any order, `(due …)`, `!high` and `#tags`.
fn entry(line: usize, text: &str, heading: Option<&String>) -> Entry {
    let mut entry = Entry {
        line,
        title: text.to_owned(),
        ..Entry::default()
    };
    // Of a line that is nothing but details, only as many as a task can have.
    for _ in 0..limits::TAGS + 2 {
        let Some(shorter) = without_last(&mut entry) else {
            break;
        };
        entry.title = shorter;
    }
    // They were met from behind.
    entry.tags.reverse();
    entry.tags.extend(heading.cloned());
    entry
}

/// Takes the last detail off the title; the title is never used up.
fn without_last(entry: &mut Entry) -> Option<String> {
    let title = entry.title.trim_end();
    if let Some((rest, date)) = title
        .strip_suffix(')')
        .and_then(|title| title.rsplit_once(" (due "))
    {
        if entry.due.is_some() {
            return None;
        }
        entry.due = Some(as_written(date));
        return Some(rest.to_owned());
    }
    let (rest, last) = title.rsplit_once(' ')?;
    if let Some(name) = last.strip_prefix('#')
        && name.chars().next().is_some_and(char::is_alphabetic)
    {
        entry.tags.push(name.to_owned());
        return Some(rest.to_owned());
    }
    let level = last.strip_prefix('!').filter(|name| !name.is_empty());
    let level = level.and_then(priority)?;
    if entry.priority != Priority::None {
        return None;
    }
    entry.priority = level;
    Some(rest.to_owned())
}

/// `2026-11-24 17:00:00` as a due date is written.
fn as_written(date: &str) -> String {
    let date = date.trim();
    let is_day = date
        .get(..10)
        .is_some_and(|day| day.parse::<protocol::Due>().is_ok());
    if is_day {
        date.replacen(' ', "T", 1)
    } else {
        date.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn titles(text: &str) -> Vec<(usize, String, Option<usize>)> {
        let entries = read(text).entries.into_iter();
        entries
            .map(|entry| (entry.line, entry.title, entry.parent))
            .collect()
    }

    #[test]
    fn every_line_is_a_task() {
        let read = titles("Milk\n\n  Bread\r\n3 eggs\n");

        let expected = [(1, "Milk"), (3, "Bread"), (4, "3 eggs")];
        let expected = expected.map(|(line, title)| (line, title.to_owned(), None));
        assert_eq!(read, expected);
    }

    #[test]
    fn indents_make_parts_and_text_below_describes() {
        let text = "# Home\n\n- [ ] Move\n  by December\n  - [x] Boxes\n    * Tape\n1. Rent\n";
        let file = read(text);

        assert_eq!(
            titles(text),
            [
                (3, "Move".to_owned(), None),
                (5, "Boxes".to_owned(), Some(0)),
                (6, "Tape".to_owned(), Some(1)),
                (7, "Rent".to_owned(), None),
            ]
        );
        assert_eq!(file.entries[0].description, "by December");
        assert!(file.entries[1].completed && !file.entries[0].completed);
        assert!(file.entries[0].tags.is_empty());
    }

    #[test]
    fn details_stand_behind_the_title() {
        let text = "## Errands\n- Pay rent (due 2026-11-24 17:00:00) !high #home #money\n- #1 fan";
        let file = read(text);

        let rent = &file.entries[0];
        assert_eq!(rent.title, "Pay rent");
        assert_eq!(rent.due.as_deref(), Some("2026-11-24T17:00:00"));
        assert_eq!(rent.priority, Priority::High);
        assert_eq!(rent.tags, ["home", "money", "Errands"]);
        assert_eq!(file.entries[1].title, "#1 fan");
    }
}
