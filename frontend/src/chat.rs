//! The chat.

pub mod conversation;
mod fold;
#[cfg(test)]
mod golden;
pub mod list;
pub mod store;
pub mod turn;
