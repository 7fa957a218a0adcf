//! The list as it is drawn.

mod activity;
mod add;
mod bulk;
mod details;
mod due;
mod editor;
mod marks;
mod moving;
mod pane;
mod row;
mod search;

pub use activity::kind_name;
pub use pane::TaskPane;
