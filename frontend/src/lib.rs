//! The page.

pub mod api;
pub mod browser;
pub mod chat;
pub mod gate;
pub mod sse;
pub mod tasks;
pub mod text;

/// Takes over the shell that `index.html` has painted.
pub fn mount() {}
