//! What phrases mean, by category. "Now" is Monday, 23 November 2026, 13:00 in Berlin unless a
//! test says otherwise.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod context;
mod found;
mod nothing;
mod properties;
mod rules;
mod sentences;
mod support;
mod table;
mod times;
mod written;
mod zones;
