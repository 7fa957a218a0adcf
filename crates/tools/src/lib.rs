//! What can be done with tasks. Mouse, chat and MCP clients all go through the operations here,
//! one per file; [`ToolServer`] offers them over MCP.
//!
//! **Invariant:** every operation takes a [`Call`], which holds a verified [`auth::Caller`]. No
//! argument of any operation names a person.

mod add_tasks;
mod call;
mod catalog;
mod complete_tasks;
mod consent;
mod delete_tasks;
mod draft;
mod error;
mod fields;
mod find_tasks;
mod get_overview;
mod import_tasks;
mod list_activity;
mod list_tasks;
mod move_tasks;
mod order;
mod outcome;
mod public;
mod reopen_tasks;
mod reschedule_tasks;
mod restore_tasks;
mod schema;
mod server;
mod undo;
mod update_tasks;
mod zone;

pub use add_tasks::{AddTasks, NewTask};
pub use call::Call;
pub use complete_tasks::CompleteTasks;
pub use delete_tasks::DeleteTasks;
pub use error::Error;
pub use find_tasks::{FindTasks, Finding};
pub use get_overview::GetOverview;
pub use import_tasks::ImportTasks;
pub use list_activity::ListActivity;
pub use list_tasks::{ListTasks, Listing, Sort, Status};
pub use move_tasks::MoveTasks;
pub use outcome::{Failure, Outcome, View};
pub use public::{PublicServer, only_reads};
pub use reopen_tasks::ReopenTasks;
pub use reschedule_tasks::RescheduleTasks;
pub use restore_tasks::RestoreTasks;
pub use server::ToolServer;
pub use undo::Undo;
pub use update_tasks::{TaskUpdate, UpdateTasks};
pub use zone::Zone;

/// Whether there is a tool of this name.
pub fn is_tool(name: &str) -> bool {
    catalog::find(name).is_some()
}
