//! The built-in assistant: it takes the place of a language model where none is connected, and
//! understands the English that tasks are spoken of in.
//!
//! It sees exactly what a model would see: the conversation with the results of the tools, the
//! names of the tools, and the person's clock. From these it says what comes next, calls or an
//! answer. A sentence goes through `tokens` → `understand` (clauses, intents, slots) → `settle`
//! (intents become calls, questions or lists, by looking at what the tools told) → `report`.
//!
//! **Invariant:** the same conversation gives the same reply. There is no memory, clock or chance;
//! what "it" or "the second one" means is read from the conversation each time.
//! **Invariant:** no text makes it panic, and time is bounded for every text.
//! **Invariant:** an answer says what the results of the tools say, never what was asked for.
//! **Invariant:** a deletion needs one strong match, or a question that was answered with yes.
//! **Invariant:** what stands in tasks is data: titles are compared and shown, never understood.

mod capabilities;
mod conversation;
mod filter;
mod intent;
mod lexicon;
mod matching;
mod memory;
mod pattern;
mod pending;
mod pool;
mod report;
mod say;
mod settle;
mod slots;
mod target;
mod tell;
mod tokens;
mod turn;
mod typos;
mod understand;
mod view;

pub use conversation::{Call, Message, Reply};

/// The name under which the built-in assistant speaks.
pub const MODEL: &str = "offline-rules-1";

/// Says what comes next in a conversation.
///
/// `tools` are the names of the tools at hand. An argument that a tool may or may not have is
/// named as `add_tasks.recurrence`.
pub fn reply(conversation: &[Message], tools: &[String], ctx: &when::Context) -> Reply {
    turn::reply(conversation, &capabilities::Capabilities::of(tools), ctx)
}

/// Whether a text agrees to a question (`true`), declines it, or is something else.
pub fn agrees(text: &str) -> Option<bool> {
    pending::agrees(text)
}
