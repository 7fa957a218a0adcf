//! Tasks as a table (RFC 4180).

use super::rows::Task;

const HEAD: &str = "id,title,description,priority,tags,due,time_zone,recurrence,parent,completed,created,updated\r\n";

pub(crate) fn tasks(tasks: &[Task]) -> String {
    tasks.iter().fold(HEAD.to_owned(), |file, task| {
        let parent = task.parent_id.map(|id| id.to_string());
        let cells = [
            &task.id.to_string(),
            &task.title,
            &task.description,
            &task.priority,
            &task.tags.join(","),
            &task.due(),
            task.time_zone.as_deref().unwrap_or_default(),
            task.recurrence.as_deref().unwrap_or_default(),
            parent.as_deref().unwrap_or_default(),
            task.completed_at.as_deref().unwrap_or_default(),
            &task.created_at,
            &task.updated_at,
        ];
        let cells = cells.map(cell);
        file + &cells.join(",") + "\r\n"
    })
}

/// Quoted where it has to be. What a spreadsheet would take for a formula is made a text.
fn cell(text: &str) -> String {
    let text = if text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        format!("'{text}")
    } else {
        text.to_owned()
    };
    if text.contains([',', '"', '\r', '\n']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_quoted_and_never_formulas() {
        for (text, written) in [
            ("milk", "milk"),
            ("milk, bread", "\"milk, bread\""),
            ("say \"hi\"", "\"say \"\"hi\"\"\""),
            ("two\nlines", "\"two\nlines\""),
            ("=1+1", "'=1+1"),
            ("", ""),
        ] {
            assert_eq!(cell(text), written);
        }
    }
}
