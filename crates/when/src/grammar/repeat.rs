//! Recurrences in words.

use super::Parser;
use crate::When;

impl Parser<'_> {
    pub(crate) fn repeated(&self, _at: usize) -> Option<(usize, When, Option<When>, usize)> {
        None
    }
}
