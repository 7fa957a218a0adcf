//! The page as people use it: the real front end in Chromium, on the built functions and a real
//! database.

#![expect(clippy::unwrap_used, reason = "a test may panic")]
#![expect(
    clippy::print_stderr,
    reason = "a test that fails says where its pictures are"
)]

mod account;
mod changes;
mod driver;
mod first;
mod gate;
mod keyboard;
mod lab;
mod list;
mod loads;
mod look;
mod owner;
mod page;
mod parts;
#[path = "../shared/site.rs"]
mod site;
mod speech;
mod states;
mod tabs;
mod turns;
mod words;
mod world;
