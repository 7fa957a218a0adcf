//! The chat as it is drawn.

mod assistant;
mod commands;
mod composer;
mod dictation;
mod entry;
mod feedback;
mod files;
mod pane;
mod question;
mod receipt;
mod scroll;
mod start;
mod steps;
mod transcript;
mod turns;

pub use commands::Mention;
pub use pane::ChatPane;
