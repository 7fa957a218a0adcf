//! The list as it is drawn.

mod add;
mod details;
mod due;
mod editor;
mod marks;
mod pane;
mod row;
mod search;

pub use pane::TaskPane;
