//! Tasks and conversations as files that people and other programs open.

pub(crate) mod calendar;
pub(crate) mod csv;
pub(crate) mod markdown;
pub(crate) mod rows;
