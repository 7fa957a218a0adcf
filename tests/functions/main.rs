//! The real function binaries, behind the real routing table, each request in a new process
//! where nothing can be remembered.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod built;
mod chatkit;
mod contract;
mod documented;
mod faults;
mod logs;
mod path;
mod proof;
mod site;
