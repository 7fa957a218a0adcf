//! Every route through the whole stack of a function, on a real Postgres.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod auth;
mod chat;
mod desk;
mod errors;
mod isolation;
<<<<<<< HEAD
mod limits;
=======
mod issuers;
>>>>>>> 73baec3 (server: Take tokens by pinned keys, a remote key set or a dedicated secret)
mod tasks;
