//! The words the assistant knows, as data. A pattern is words with spaces between them; `a|b` is
//! either, `?` marks a word that may be absent; apostrophes are left out ("dont").

pub(crate) mod answers;
pub(crate) mod asking;
pub(crate) mod commands;
pub(crate) mod lists;
pub(crate) mod polite;
pub(crate) mod talk;
pub(crate) mod words;
