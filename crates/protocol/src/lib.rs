//! Every type that crosses the wire, shared by the functions and the front end.
//!
//! **Invariant:** this crate depends on `serde` and `serde_json` only and compiles to wasm; the
//! feature `schema`, which the page does without, lets `schemars` describe the types.
//! It holds data and how data is written down, never behaviour of one side.

pub mod chatkit;
pub mod due;
pub mod error;
pub mod grant;
pub mod id;
pub mod import;
pub mod model;
pub mod run;
pub mod session;
pub mod status;
pub mod task;
pub mod time;
pub mod usage;

pub use due::Due;
pub use error::{ErrorBody, ErrorCode};
pub use id::{ItemId, RunId, SessionId, TaskId, ThreadId, UserId};
pub use time::Timestamp;
