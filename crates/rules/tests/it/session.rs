//! A conversation with the assistant: every message is followed to its answer.

use rules::{Call, Message};
use serde_json::{Value, json};

use crate::fake::{self, Task, Tools};

/// Steps that a turn may take.
const MOST_STEPS: usize = 10;

pub(crate) const TOOLS: [&str; 12] = [
    "add_tasks",
    "complete_tasks",
    "delete_tasks",
    "find_tasks",
    "get_overview",
    "list_activity",
    "list_tasks",
    "reopen_tasks",
    "reschedule_tasks",
    "restore_tasks",
    "undo",
    "update_tasks",
];

pub(crate) struct Session {
    pub(crate) messages: Vec<Message>,
    pub(crate) tools: Tools,
    pub(crate) names: Vec<String>,
    pub(crate) ctx: when::Context,
    /// The person agrees to whatever a tool asks.
    pub(crate) agrees: bool,
    /// Calls of the turn under way that have no result yet.
    calls: Vec<Call>,
    /// The first of them waits for the person.
    waiting: bool,
}

/// What a message led to.
#[derive(Clone, Debug, Default)]
pub(crate) struct Heard {
    /// Those that were carried out.
    pub(crate) calls: Vec<Call>,
    /// Those that a tool asked the person about.
    pub(crate) asked: Vec<Call>,
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
            tools: Tools::with(tasks.collect()),
            names: TOOLS.map(str::to_owned).to_vec(),
            ctx: when::Context::new(now),
            agrees: false,
            calls: Vec::new(),
            waiting: false,
        }
    }

    pub(crate) fn say(&mut self, text: &str) -> Heard {
        let mut heard = Heard::default();
        if self.waiting {
            self.waiting = false;
            let yes = rules::agrees(text);
            self.answer_calls(&mut heard, Some(yes == Some(true)));
            self.go_on(&mut heard);
            if yes.is_some() {
                return heard;
            }
            // Who says something else has said no, and it begins a turn of its own.
            heard = Heard::default();
        }
        self.messages.push(Message::User(text.to_owned()));
        self.go_on(&mut heard);
        heard
    }

    fn go_on(&mut self, heard: &mut Heard) {
        for _ in 0..MOST_STEPS {
            if self.waiting {
                return;
            }
            let reply = rules::reply(&self.messages, &self.names, &self.ctx);
            heard.text.clone_from(&reply.text);
            self.calls.clone_from(&reply.calls);
            self.messages.push(Message::Assistant {
                text: reply.text,
                calls: reply.calls.clone(),
            });
            if reply.calls.is_empty() {
                return;
            }
            let consent = self.agrees.then_some(true);
            self.answer_calls(heard, consent);
        }
        panic!("no end: {:?}", heard.calls)
    }

    /// Runs the calls in order, up to one that a person has to be asked about. An answer counts
    /// for the first of these, unless everything is agreed to.
    fn answer_calls(&mut self, heard: &mut Heard, mut consent: Option<bool>) {
        while !self.calls.is_empty() {
            let asks = fake::asks(&self.calls[0].tool, &self.calls[0].arguments);
            if asks && consent.is_none() {
                heard.asked.push(self.calls[0].clone());
                self.waiting = true;
                return;
            }
            let call = self.calls.remove(0);
            let (content, is_error) = if asks && consent == Some(false) {
                (fake::declined(), false)
            } else {
                heard.calls.push(call.clone());
                self.tools.call(&call.tool, &call.arguments)
            };
            if asks {
                consent = self.agrees.then_some(true);
            }
            self.messages.push(Message::ToolResult {
                call_id: call.id,
                content,
                is_error,
            });
        }
    }
}

impl Heard {
    /// The calls that change something.
    pub(crate) fn writes(&self) -> Vec<&Call> {
        self.calls
            .iter()
            .filter(|call| {
                !["list_", "find_", "get_"]
                    .iter()
                    .any(|verb| call.tool.starts_with(verb))
            })
            .collect()
    }
}
