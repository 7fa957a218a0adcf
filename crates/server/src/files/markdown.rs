//! Tasks and conversations to be read.

use std::collections::{HashMap, HashSet};
use std::fmt::Write;

use serde_json::{Map, Value};

use super::rows::{Task, list};

/// A checklist; what is a part of a task stands below it, a step to the right.
pub(crate) fn tasks(tasks: &[Task]) -> String {
    let mut file = "# Tasks\n\n".to_owned();
    let mut parts: HashMap<Option<i64>, Vec<&Task>> = HashMap::new();
    let ids: HashSet<i64> = tasks.iter().map(|task| task.id).collect();
    for task in tasks {
        // One whose whole lies in the bin stands by itself.
        let parent = task.parent_id.filter(|parent| ids.contains(parent));
        parts.entry(parent).or_default().push(task);
    }
    let below = |id: Option<i64>, depth: usize| {
        let parts = parts.get(&id).into_iter().flatten().rev();
        parts.map(move |part| (depth, *part))
    };
    let mut open: Vec<(usize, &Task)> = below(None, 0).collect();
    while let Some((depth, task)) = open.pop() {
        item(&mut file, &"  ".repeat(depth), task);
        open.extend(below(Some(task.id), depth + 1));
    }
    file
}

fn item(file: &mut String, indent: &str, task: &Task) {
    let mark = if task.completed_at.is_some() {
        'x'
    } else {
        ' '
    };
    let _ = write!(file, "{indent}- [{mark}] {}", line(&task.title));
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
        let _ = writeln!(file, "{indent}  {line}");
    }
}

/// One heading for each conversation, and what was said in it in its order.
pub(crate) fn conversations(tables: &Map<String, Value>) -> String {
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
