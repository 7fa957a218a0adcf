//! HTTP: configuration, routes, errors, streams, and the adapter to Vercel's runtime.
//!
//! **Invariant:** a handler that acts for somebody takes a [`extract::SignedIn`]; there is no
//! other source of a user's id.
//! **Invariant:** every failure leaves as [`protocol::ErrorBody`], and no cause's text with it.
//! **Invariant:** the process remembers configuration, keys, connections and, for two seconds,
//! how often what happened; nothing of a user.

mod app;
mod book;
mod client;
mod config;
mod cookies;
mod cors;
mod error;
mod extract;
mod files;
mod keys;
mod middleware;
#[cfg(target_os = "linux")]
mod nodelay;
mod origin;
mod outbound;
mod pseudonym;
mod quota;
pub mod routes;
mod run;
mod sse;
mod tallies;
mod times;
mod traces;
mod watch;

pub use app::{App, Background};
pub use config::{Config, Environment, Fault, Limits, Mail, Sessions};
pub use error::Error;
pub use run::{Exit, from_process, now, run, service};
pub use times::Times;
