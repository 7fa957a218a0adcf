//! The gate.

mod state;
mod user;

pub use state::{Event, Gate, Session};
pub use user::{Answer, VerifiedUser};
