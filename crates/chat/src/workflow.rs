//! Calls of tools, shown as they happen.

use std::time::Duration;

use agent::{Call, Called, Consent, Question, ToolOutput, Toolbox};
use futures_util::future::join_all;
use protocol::ItemId;
use protocol::chatkit::{
    Event, Item, ItemKind, TaskKind, TaskStatus, Update, Workflow, WorkflowKind, WorkflowSummary,
    WorkflowTask,
};
use protocol::task::TASKS_CHANGED;
use serde_json::{Value, json};
use tokio::time::Instant;

use crate::driver::Driver;
use crate::scribe::Halt;
use crate::trace::{self, Step, What};

/// How long an absent database is waited for, and how often it is tried.
const PATIENCE: Duration = Duration::from_secs(20);
const PAUSE: Duration = Duration::from_millis(200);

/// Bytes of a result that the model is told: about 200 tasks.
const LONGEST: usize = 32_000;

/// Characters of a text inside a result that is too long.
const LONGEST_TEXT: usize = 200;

impl Driver<'_> {
    /// Runs the calls: what only reads together, what writes in its order. That they are going to
    /// be made is committed before the first of them: whoever takes over makes the same calls with
    /// the same keys, and each has its effect once. Results are shown in the order of the calls,
    /// so that every process tells the same story.
    pub(crate) async fn call_tools(
        &mut self,
        toolbox: &Toolbox,
        calls: Vec<Call>,
    ) -> Result<(), Halt> {
        let ids = self.ids();
        let mut item = Item {
            id: ids.workflow(),
            thread_id: self.thread.clone(),
            created_at: ids.now,
            kind: ItemKind::EndOfTurn {},
        };
        let mut shown: Vec<WorkflowTask> = Vec::new();
        for calls in toolbox.catalogue().together(&calls) {
            let first = shown.len();
            for call in calls {
                shown.push(running(&toolbox.catalogue().title(&call.tool), call));
                self.announce(&mut item, &shown);
            }
            self.save().await?;

            let called = self.call(toolbox, calls).await?;
            for ((place, call), called) in (first..).zip(calls).zip(called) {
                let title = toolbox.catalogue().title(&call.tool);
                match called {
                    Called::Done(output) => {
                        shown[place] = finished(&title, call, &output);
                        self.result(&item.id, place, shown[place].clone(), call, &output);
                    }
                    Called::Asked(question) => {
                        shown[place] = waiting(&title, call);
                        self.show(&item.id, place, shown[place].clone());
                        item.kind = workflow(shown, None, false);
                        self.scribe.done(item);
                        self.state.open = None;
                        return self.ask_person(call, question).await;
                    }
                }
            }
        }
        let summary = summary(toolbox, &calls);
        item.kind = workflow(shown, Some(summary), false);
        self.scribe.done(item);
        self.state.open = None;
        self.save().await
    }

    /// Makes calls at the same time; what became of each, in their order.
    async fn call(&mut self, toolbox: &Toolbox, calls: &[Call]) -> Result<Vec<Called>, Halt> {
        self.tally.calls += u32::try_from(calls.len()).unwrap_or_default();
        let given_up = Instant::now() + PATIENCE;
        let run = self.scribe.run.clone();
        let asked = self.state.turn.asked().cloned();
        let answered = |call: &Call| {
            let asked = asked.clone().filter(|asked| asked.call_id == call.id)?;
            Some((asked.question, asked.answer?.consent))
        };
        let since = Instant::now();
        let each = calls.iter().map(|call| {
            let key = format!("{run}/{}", call.id);
            let called = patiently(toolbox, call, key, answered(call), given_up);
            async move { (called.await, since.elapsed()) }
        });
        let called = self.alive(join_all(each)).await?;
        for (call, (called, took)) in calls.iter().zip(&called) {
            let step = self.step(toolbox, call, called.as_ref(), *took);
            self.tally.waited(since, step);
        }
        let called: Option<Vec<Called>> = called.into_iter().map(|(called, _)| called).collect();
        called.ok_or(Halt::Unavailable)
    }

    /// What a call was, as a part of the turn's trace. The name is the model's; only one that we have
    /// is told.
    fn step(
        &self,
        toolbox: &Toolbox,
        call: &Call,
        called: Option<&Called>,
        took: Duration,
    ) -> Step {
        let name = match toolbox.catalogue().has(&call.tool) {
            true => &*call.tool,
            false => "unknown",
        };
        let failed = match called {
            Some(Called::Done(output)) => output.is_error,
            Some(Called::Asked(_)) => false,
            None => true,
        };
        Step {
            id: trace::part(self.chat.chance),
            what: What::Tool(name.to_owned()),
            began: Duration::ZERO,
            took,
            failed,
        }
    }

    /// Shows the newest call.
    fn announce(&mut self, item: &mut Item, shown: &[WorkflowTask]) {
        let place = shown.len() - 1;
        if place == 0 {
            item.kind = workflow(shown.to_vec(), None, true);
            self.state.open = Some(item.id.clone());
            self.scribe.say(&Event::ItemAdded { item: item.clone() });
        } else {
            self.scribe.say(&Event::ItemUpdated {
                item_id: item.id.clone(),
                update: Update::WorkflowTaskAdded {
                    task_index: place,
                    task: shown[place].clone(),
                },
            });
        }
    }

    fn show(&mut self, item: &ItemId, place: usize, task: WorkflowTask) {
        self.scribe.say(&Event::ItemUpdated {
            item_id: item.clone(),
            update: Update::WorkflowTaskUpdated {
                task_index: place,
                task,
            },
        });
    }

    fn result(
        &mut self,
        item: &ItemId,
        place: usize,
        task: WorkflowTask,
        call: &Call,
        output: &ToolOutput,
    ) {
        self.show(item, place, task);
        let changed = output
            .changes
            .as_ref()
            .filter(|changes| changes.as_array().is_some_and(|list| !list.is_empty()));
        if let Some(changes) = changed {
            self.scribe.say(&Event::ClientEffect {
                name: TASKS_CHANGED.to_owned(),
                data: json!({"changes": changes, "has_more": false}),
            });
        }
        let content = clipped(output.content.clone());
        let turn = &mut self.state.turn;
        turn.take_output(call.id.clone(), content, output);
    }
}

/// One call, tried again while the database is away; `None` if it stays away.
async fn patiently(
    toolbox: &Toolbox,
    call: &Call,
    key: String,
    answered: Option<(Question, Consent)>,
    given_up: Instant,
) -> Option<Called> {
    loop {
        let called = match &answered {
            Some((question, consent)) => toolbox.answer(call, &key, question, consent).await,
            None => toolbox.call(call, &key).await,
        };
        // Nothing that the model could mend: the key makes sure that it happens once.
        let away = matches!(&called, Called::Done(output) if output.unavailable);
        if !away {
            return Some(called);
        }
        if Instant::now() >= given_up {
            return None;
        }
        tokio::time::sleep(PAUSE).await;
    }
}

fn workflow(
    tasks: Vec<WorkflowTask>,
    summary: Option<WorkflowSummary>,
    expanded: bool,
) -> ItemKind {
    ItemKind::Workflow {
        workflow: Workflow {
            kind: WorkflowKind::Custom,
            tasks,
            summary,
            expanded,
        },
    }
}

fn running(title: &str, call: &Call) -> WorkflowTask {
    WorkflowTask {
        status_indicator: TaskStatus::Loading,
        kind: TaskKind::Custom {
            title: Some(title.to_owned()),
            icon: Some("bolt".to_owned()),
            content: Some(arguments(call)),
        },
    }
}

/// Nothing was done yet: the person is asked first.
fn waiting(title: &str, call: &Call) -> WorkflowTask {
    WorkflowTask {
        status_indicator: TaskStatus::None,
        kind: TaskKind::Custom {
            title: Some(title.to_owned()),
            icon: Some("circle-question".to_owned()),
            content: Some(format!("{}\n\nWaits for your answer.", arguments(call))),
        },
    }
}

fn finished(title: &str, call: &Call, output: &ToolOutput) -> WorkflowTask {
    let icon = if output.is_error {
        "circle-question"
    } else {
        "check-circle"
    };
    WorkflowTask {
        status_indicator: TaskStatus::Complete,
        kind: TaskKind::Custom {
            title: Some(title.to_owned()),
            icon: Some(icon.to_owned()),
            content: Some(format!("{}\n\n{}", arguments(call), output.text)),
        },
    }
}

/// A block of code that no text inside can close: its fence is longer than any in the text.
fn arguments(call: &Call) -> String {
    let json = serde_json::to_string_pretty(&call.arguments).unwrap_or_default();
    let longest = json
        .split(|c| c != '`')
        .map(str::len)
        .max()
        .unwrap_or_default();
    let fence = "`".repeat(longest.max(2) + 1);
    format!("{fence}json\n{json}\n{fence}")
}

fn summary(toolbox: &Toolbox, calls: &[Call]) -> WorkflowSummary {
    let title = match calls {
        [call] => toolbox.catalogue().title(&call.tool),
        calls => format!("Used {} tools", calls.len()),
    };
    WorkflowSummary::Titled {
        title,
        icon: Some("bolt".to_owned()),
    }
}

/// What is too long loses its longest texts first, then the last entries of its lists; that
/// something is missing is told.
fn clipped(mut content: Value) -> Value {
    if length(&content) <= LONGEST {
        return content;
    }
    shorten(&mut content);
    let lists = ["tasks", "changes"];
    while length(&content) > LONGEST {
        let list = lists.iter().find_map(|name| {
            Some((
                *name,
                content[*name]
                    .as_array()
                    .filter(|list| list.len() > 1)?
                    .len(),
            ))
        });
        let Some((name, count)) = list else {
            let kept: String = content.to_string().chars().take(LONGEST).collect();
            return json!({ "cut": true, "beginning": kept });
        };
        if let Some(list) = content[name].as_array_mut() {
            list.truncate(count * 3 / 4);
        }
        content["cut"] = json!(true);
    }
    content
}

fn length(content: &Value) -> usize {
    content.to_string().len()
}

/// Cuts long texts inside.
fn shorten(content: &mut Value) {
    match content {
        Value::String(text) if text.chars().count() > LONGEST_TEXT => {
            *text = text.chars().take(LONGEST_TEXT).chain(['…']).collect();
        }
        Value::Array(list) => list.iter_mut().for_each(shorten),
        Value::Object(members) => members.values_mut().for_each(shorten),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_list_is_cut_at_its_end_and_says_so() {
        let task = |id: usize| json!({"id": id, "title": "a".repeat(120)});
        let tasks: Vec<Value> = (1..=900).map(task).collect();

        let cut = clipped(json!({ "tasks": tasks, "next": "there" }));

        let kept = cut["tasks"].as_array().unwrap();
        assert!(length(&cut) <= LONGEST && kept.len() > 100);
        assert_eq!(kept[0], task(1));
        assert_eq!((&cut["cut"], &cut["next"]), (&json!(true), &json!("there")));
    }

    #[test]
    fn long_notes_are_cut_before_any_task_is_left_out() {
        let task = |id: usize| json!({"id": id, "description": "a".repeat(4_000)});
        let tasks: Vec<Value> = (1..=20).map(task).collect();

        let cut = clipped(json!({ "tasks": tasks }));

        assert_eq!(cut["tasks"].as_array().unwrap().len(), 20);
        assert!(cut.get("cut").is_none());
    }
}
