//! Tasks and conversations to be read.

use std::fmt::Write;

use serde_json::{Map, Value};

use super::rows::{Task, list};

pub(super) fn tasks(tasks: &[Task]) -> String {
    let mut file = "# Tasks\n\n".to_owned();
    for task in tasks {
        let mark = if task.completed_at.is_some() {
            'x'
        } else {
            ' '
        };
        let _ = write!(file, "- [{mark}] {}", line(&task.title));
        let due = task.due();
        if !due.is_empty() {
            let _ = write!(file, " (due {due})");
        }
        if !["", "none"].contains(&task.priority.as_str()) {
            let _ = write!(file, " !{}", task.priority);
        }
        for tag in &task.tags {
            let _ = write!(file, " #{tag}");
        }
        file.push('\n');
        for line in task.description.lines() {
            let _ = writeln!(file, "  {line}");
        }
    }
    file
}

/// One heading for each conversation, and what was said in it in its order.
pub(super) fn conversations(tables: &Map<String, Value>) -> String {
    let mut file = "# Conversations\n".to_owned();
    let mut threads: Vec<&Value> = list(tables, "threads").iter().collect();
    threads.sort_by_key(|thread| thread["created_at"].as_str());
    let mut items: Vec<&Value> = list(tables, "items").iter().collect();
    items.sort_by_key(|item| item["position"].as_i64());
    for thread in threads {
        let title = thread["title"].as_str().unwrap_or("Conversation");
        let _ = write!(file, "\n## {}\n", line(title));
        for item in items
            .iter()
            .filter(|item| item["thread_id"] == thread["id"])
        {
            let who = match item["body"]["type"].as_str() {
                Some("user_message") => "You",
                Some("assistant_message") => "Latchwork",
                _ => continue,
            };
            let parts = item["body"]["content"].as_array();
            let texts = parts
                .into_iter()
                .flatten()
                .filter_map(|part| part["text"].as_str());
            let said: Vec<&str> = texts.collect();
            let _ = write!(file, "\n**{who}:** {}\n", said.join("\n"));
        }
    }
    file
}

/// On one line, whatever it holds.
fn line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
