//! The gateway in front of a real function, over real connections.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod failures;
mod lab;
mod lifecycle;
mod output;
mod requests;
mod site;
mod streams;
