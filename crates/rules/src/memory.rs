//! What a conversation has left in mind: the list shown last, the tasks touched last, and how
//! tasks were before. Read from the conversation each time.

use std::collections::BTreeMap;

use crate::conversation::{Step, Turn};
use crate::view::Task;

/// Turns that are looked back on.
const MOST_TURNS: usize = 30;

/// What words such as "it", "both" and "the second one" can mean.
#[derive(Clone, Debug, Default)]
pub(crate) struct Memory {
    /// The list shown last, in the order it was shown in.
    pub(crate) shown: Vec<Task>,
    /// What was changed or spoken of last.
    pub(crate) focus: Vec<Task>,
    /// What the turn before the newest one changed, if both changed something.
    pub(crate) earlier: Vec<Task>,
    /// What a question offered that the newest answer chose from, if it did.
    pub(crate) offered: Vec<Task>,
    /// The writes of the newest turn that had any.
    pub(crate) last: Vec<Write>,
    /// Whether that was the turn right before this one.
    pub(crate) just_now: bool,
    /// Every task as it was seen last.
    pub(crate) known: BTreeMap<i64, Task>,
}

/// A write that did something.
#[derive(Clone, Debug)]
pub(crate) struct Write {
    pub(crate) tool: String,
    /// Tasks as they were before, as far as the conversation knows, and as they are now.
    pub(crate) tasks: Vec<(Option<Task>, Task)>,
}

impl Memory {
    pub(crate) fn of(turns: &[Turn<'_>]) -> Self {
        let mut memory = Self::default();
        for turn in &turns[turns.len().saturating_sub(MOST_TURNS)..] {
            memory.take(turn);
        }
        memory
    }

    fn take(&mut self, turn: &Turn<'_>) {
        let mut writes = Vec::new();
        let mut listed: Vec<Task> = Vec::new();
        for step in &turn.steps {
            let Some(answer) = &step.answer else { continue };
            if step.is_read() {
                listed.extend(answer.tasks.iter().cloned());
            } else if !answer.tasks.is_empty() {
                writes.push(self.write(step, &answer.tasks));
            }
            for task in &answer.tasks {
                self.known.insert(task.id, task.clone());
            }
        }
        let touched: Vec<Task> = writes
            .iter()
            .flat_map(|write| write.tasks.iter().map(|(_, now)| now.clone()))
            .collect();
        self.show(turn.answer, listed, !touched.is_empty());
        let before = std::mem::replace(&mut self.just_now, !writes.is_empty());
        if !touched.is_empty() {
            let old = std::mem::replace(&mut self.focus, touched);
            self.earlier = if before { old } else { Vec::new() };
            self.last = writes;
        } else if let Some(kept) = self.declined(turn) {
            self.focus = kept;
        }
    }

    /// What a person was asked about and did not want changed: they speak of it still.
    fn declined(&self, turn: &Turn<'_>) -> Option<Vec<Task>> {
        let step = turn.steps.iter().rfind(|step| {
            let answer = step.answer.as_ref();
            !step.is_read() && answer.is_some_and(|answer| answer.declined)
        })?;
        let ids = step.arguments["ids"].as_array()?;
        let known = |id: &serde_json::Value| self.known.get(&id.as_i64()?).cloned();
        let kept: Vec<Task> = ids.iter().filter_map(known).collect();
        (!kept.is_empty()).then_some(kept)
    }

    fn write(&self, step: &Step<'_>, now: &[Task]) -> Write {
        Write {
            tool: step.tool.to_owned(),
            tasks: now
                .iter()
                .map(|task| (self.known.get(&task.id).cloned(), task.clone()))
                .collect(),
        }
    }

    /// What an answer showed of what was looked up for it.
    fn show(&mut self, answer: &str, listed: Vec<Task>, wrote: bool) {
        if listed.is_empty() {
            return;
        }
        let mut shown = mentioned(answer, &listed, true);
        if shown.is_empty() && !wrote {
            shown = mentioned(answer, &listed, false);
            if shown.is_empty() {
                shown = listed;
            }
        }
        if let [only] = shown.as_slice() {
            self.focus = vec![only.clone()];
        }
        if !shown.is_empty() {
            self.offered = std::mem::replace(&mut self.shown, shown);
        }
    }

    /// Whether the last write changed titles.
    pub(crate) fn retitled(&self) -> bool {
        self.last
            .iter()
            .flat_map(|write| &write.tasks)
            .any(|(before, now)| {
                before
                    .as_ref()
                    .is_some_and(|before| before.title != now.title)
            })
    }

    /// The other of two that were offered or shown.
    pub(crate) fn other(&self) -> Option<&Task> {
        let focus = self.focus.first()?;
        [&self.shown, &self.offered].into_iter().find_map(|list| {
            let others: Vec<&Task> = list.iter().filter(|task| task.id != focus.id).collect();
            match others.as_slice() {
                [only] if list.len() == 2 => Some(*only),
                _ => None,
            }
        })
    }
}

/// Those of the tasks that a text mentions, in its order, each once; in the entries of a list only
/// or anywhere. Of titles that contain one another the longest counts.
fn mentioned(text: &str, tasks: &[Task], entries: bool) -> Vec<Task> {
    let mut by_length: Vec<(String, i64)> = tasks
        .iter()
        .filter(|task| !task.title.is_empty())
        .map(|task| (task.title.to_lowercase(), task.id))
        .collect();
    by_length.sort_by_key(|(title, _)| std::cmp::Reverse(title.len()));
    let mut found: Vec<((usize, usize), i64)> = Vec::new();
    for (at, line) in text.lines().enumerate().take(300) {
        if entries && !is_entry(line) {
            continue;
        }
        let mut line = line.to_lowercase();
        let mut left = if entries { 1 } else { usize::MAX };
        for (title, id) in &by_length {
            if left == 0 || found.iter().any(|(_, other)| other == id) {
                continue;
            }
            if let Some(place) = line.find(title) {
                found.push(((at, place), *id));
                line.replace_range(place..place + title.len(), &"\u{1}".repeat(title.len()));
                left -= 1;
            }
        }
    }
    found.sort_unstable();
    found
        .iter()
        .filter_map(|(_, id)| tasks.iter().find(|task| task.id == *id).cloned())
        .collect()
}

/// Whether a line begins like the entry of a list: "2. " or "- ".
fn is_entry(line: &str) -> bool {
    let line = line.trim_start();
    let rest = line.trim_start_matches(|letter: char| letter.is_ascii_digit());
    let numbered = rest.len() < line.len() && rest.starts_with(['.', ')']);
    numbered || line.starts_with("- ") || line.starts_with("* ") || line.starts_with("• ")
}
