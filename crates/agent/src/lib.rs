//! The assistant: a loop that calls a model and, over MCP, tools.
//!
//! **Invariant:** this crate can name neither the database nor the tools nor the caller. It holds
//! one end of a byte pipe and speaks MCP through it.
//! **Invariant:** [`Turn`] does no IO and can be saved after every step; who drives it decides
//! where and when the steps happen.

mod budget;
mod claims;
mod listed;
mod message;
mod model;
mod prompt;
mod reach;
mod toolbox;
mod turn;

pub use budget::{LAST_WORDS, SPENT};
pub use claims::{UNPROVEN, claims_a_change};
pub use message::{Call, File, Message, Native};
pub use model::{
    Api, Endpoint, Finished, Model, ModelError, ModelEvent, ModelStream, Patience, Transcriber,
    Transcript, Usage,
};
pub use prompt::Clock;
pub use reach::{Reach, checked_address, is_public};
pub use toolbox::{Called, Catalogue, Consent, Question, ToolError, ToolOutput, Toolbox};
pub use turn::{Asked, Ending, Next, Turn};

/// The name of the built-in assistant.
pub use rules::MODEL as BUILTIN;

/// Whether a text agrees to a question (`true`), declines it, or is something else.
pub use rules::agrees;

/// The instructions that every model is given.
pub use prompt::system as system_prompt;
