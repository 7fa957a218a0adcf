//! What can be done with tasks. Mouse, chat and MCP clients all go through the operations here,
//! one per file; [`ToolServer`] offers them over MCP.
//!
//! **Invariant:** every operation takes a [`Call`], which holds a verified [`auth::Caller`]. No
//! argument of any operation names a person.

mod add_tasks;
mod call;
mod catalog;
mod complete_tasks;
mod delete_tasks;
mod draft;
mod error;
mod fields;
mod list_tasks;
mod outcome;
mod reopen_tasks;
mod restore_tasks;
mod schema;
mod server;
mod update_tasks;
mod zone;

pub use add_tasks::{AddTasks, NewTask};
pub use call::Call;
pub use complete_tasks::CompleteTasks;
pub use delete_tasks::DeleteTasks;
pub use error::Error;
pub use list_tasks::{ListTasks, Listing, Status};
pub use outcome::{Failure, Outcome, View};
pub use reopen_tasks::ReopenTasks;
pub use restore_tasks::RestoreTasks;
pub use server::ToolServer;
pub use update_tasks::{TaskUpdate, UpdateTasks};
pub use zone::Zone;
