//! Turns under fire: real function processes that die at any moment, a database that goes away,
//! crowds. Nothing that a person said may be lost, nothing done twice, and every turn ends.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod client;
mod crowd;
mod outage;
mod proxy;
mod site;
mod steps;
mod storm;
