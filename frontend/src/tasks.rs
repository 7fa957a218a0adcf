//! The list of tasks beside the chat.
//!
//! `store` holds the state, `hook` and `sender` do what follows from it, `view` draws it.

mod dates;
mod hook;
mod link;
mod op;
mod order;
mod quick;
mod receipts;
mod remind;
mod rows;
mod sender;
mod store;
#[cfg(test)]
mod tests;
mod view;

pub use hook::use_tasks;
pub use link::TaskLink;
pub use receipts::Receipt;
pub use remind::use_reminders;
pub use store::Tasks;
pub use view::{TaskPane, kind_name};
