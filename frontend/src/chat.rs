//! The chat: conversations, their streams, and how they are drawn.
//!
//! `store` holds the state, `hook` and `driver` do what follows from it, `view` draws it.

mod conversation;
mod driver;
mod fold;
#[cfg(test)]
mod golden;
mod hook;
mod link;
mod list;
mod pump;
mod store;
mod turn;
mod view;

pub use conversation::Conversation;
pub use hook::use_chats;
pub use link::ChatLink;
pub use list::{ListState, ThreadList, ThreadName};
pub use view::{ChatPane, Mention};
