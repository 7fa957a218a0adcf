//! The ChatKit server: conversations, durable turns, streams.
//!
//! **Invariant:** every check (ownership, a locked thread, the length of a message) comes before
//! the first byte of a stream; after it there are events only.
//! **Invariant:** nobody is shown an event that is not in the database, so every reader sees the
//! same sequence, from any process, at any time.

mod action;
mod answer;
mod attachments;
mod choice;
mod costs;
mod driver;
mod error;
mod export;
mod follow;
mod history;
mod ids;
mod input;
mod open;
mod own;
mod prepare;
mod question;
mod report;
mod requests;
mod scribe;
mod secretary;
mod speech;
mod state;
mod stream;
mod summary;
mod trace;
mod workflow;

use std::sync::Arc;

use agent::{Model, Transcriber};
use protocol::Timestamp;
use store::Db;
use tokio::time::Instant;

pub use attachments::Blob;
pub use costs::{Costs, Price};
pub use error::Error;
pub use export::Format;
pub use ids::Chance;
pub use own::OwnModels;
pub use report::{Observer, Report};
pub use stream::{Frame, Reply, Stream};
pub use summary::{Summary, ToolCall};
pub use trace::{Step, Trace, What, hex};

/// Conversations of everybody; one per process.
#[derive(Clone)]
pub struct Chat {
    pub db: Db,
    pub model: Arc<Model>,
    pub clock: fn() -> Timestamp,
    pub chance: Chance,
    /// Seals what tools ask while a person thinks about it.
    pub secret: Arc<str>,
    /// Where people reach us, without a slash at the end.
    pub origin: Arc<str>,
    /// For what people say aloud, where a model for it is configured.
    pub transcriber: Option<Arc<Transcriber>>,
    /// A model for titles and for notes on old turns; without one a title is the first words, and
    /// old turns are left out.
    pub secretary: Option<Arc<Model>>,
    /// Opens the models that people bring; without it nobody's is used.
    pub own_models: Option<OwnModels>,
    /// What models cost, and may cost.
    pub costs: Arc<Costs>,
    /// Is told what turns take.
    pub observer: Option<Observer>,
    /// The trace that the request belongs to, if anybody wants to know.
    pub trace: Option<Trace>,
}

/// Who asks, and under which circumstances.
#[derive(Clone)]
pub struct Visit {
    pub caller: auth::Caller,
    pub zone: tools::Zone,
    /// The client's `Idempotency-Key`.
    pub key: Option<String>,
    /// When this process hands on what it works on.
    pub deadline: Instant,
    /// When it must have let go of everything.
    pub end: Instant,
}

impl Visit {
    fn scope(&self) -> store::Scope<'_> {
        store::Scope {
            user: self.caller.user(),
            session: self.caller.session(),
        }
    }
}
