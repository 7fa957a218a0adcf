//! The chat as it is drawn.

mod assistant;
mod composer;
mod entry;
mod pane;
mod question;
mod receipt;
mod scroll;
mod start;
mod steps;
mod transcript;
mod turns;

pub use pane::ChatPane;
