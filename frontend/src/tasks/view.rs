//! The list as it is drawn.

mod add;
mod due;
mod editor;
mod marks;
mod pane;
mod row;

pub use pane::TaskPane;
