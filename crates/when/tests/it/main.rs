//! What phrases mean, by category. "Now" is Monday, 23 November 2026, 13:00 in Berlin unless a
//! test says otherwise.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod bounds;
mod context;
mod days;
mod found;
mod holidays;
mod instants;
mod nothing;
mod numeric;
mod periods;
mod properties;
mod ranges;
mod repeats;
mod rules;
mod sentences;
mod support;
mod times;
mod written;
