//! A conversation with the assistant: every message is followed to its answer.

use rules::{Call, Message};
use serde_json::{Value, json};

use crate::fake::{Task, Tools};

/// Steps that a turn may take.
const MOST_STEPS: usize = 10;

pub(crate) const TOOLS: [&str; 7] = [
    "add_tasks",
    "complete_tasks",
    "delete_tasks",
    "list_tasks",
    "reopen_tasks",
    "restore_tasks",
    "update_tasks",
];

pub(crate) struct Session {
    pub(crate) messages: Vec<Message>,
    pub(crate) tools: Tools,
    pub(crate) names: Vec<String>,
    pub(crate) ctx: when::Context,
}

/// What a message led to.
#[derive(Clone, Debug, Default)]
pub(crate) struct Heard {
    pub(crate) calls: Vec<Call>,
    pub(crate) text: String,
}

impl Session {
    /// Monday, 23 November 2026, 13:00 in Berlin.
    pub(crate) fn new(tasks: &[Value]) -> Self {
        let now = "2026-11-23T13:00:00+01:00[Europe/Berlin]".parse().unwrap();
        let tasks = tasks.iter().map(|task| {
            let mut view = task.as_object().unwrap().clone();
            let deleted = view.remove("deleted").is_some();
            view.entry("completed").or_insert(json!(false));
            Task { view, deleted }
        });
        Self {
            messages: Vec::new(),
            tools: Tools {
                tasks: tasks.collect(),
                ..Tools::default()
            },
            names: TOOLS.map(str::to_owned).to_vec(),
            ctx: when::Context::new(now),
        }
    }

    pub(crate) fn say(&mut self, text: &str) -> Heard {
        self.messages.push(Message::User(text.to_owned()));
        let mut heard = Heard::default();
        for _ in 0..MOST_STEPS {
            let reply = rules::reply(&self.messages, &self.names, &self.ctx);
            heard.text.clone_from(&reply.text);
            heard.calls.extend(reply.calls.iter().cloned());
            self.messages.push(Message::Assistant {
                text: reply.text,
                calls: reply.calls.clone(),
            });
            if reply.calls.is_empty() {
                return heard;
            }
            for call in reply.calls {
                let (content, is_error) = self.tools.call(&call.tool, &call.arguments);
                self.messages.push(Message::ToolResult {
                    call_id: call.id,
                    content,
                    is_error,
                });
            }
        }
        panic!("no end after “{text}”: {:?}", heard.calls)
    }
}

impl Heard {
    /// The calls that change something.
    pub(crate) fn writes(&self) -> Vec<&Call> {
        self.calls
            .iter()
            .filter(|call| call.tool != "list_tasks")
            .collect()
    }
}
