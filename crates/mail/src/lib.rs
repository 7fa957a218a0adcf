//! Letters, handed to whoever sends them: a webhook, an SMTP server, or on a developer's machine
//! the terminal.
//!
//! **Invariant:** an error says what failed and never shows a letter, an address or a link.

mod letter;
mod smtp;
mod webhook;

pub use letter::Letter;
pub use smtp::Smtp;
pub use webhook::Webhook;

/// Why a letter was not handed over, for the log.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("the mail server did not take the letter: {0}")]
    Smtp(String),
    #[error("the webhook answered {0}")]
    Webhook(u16),
    #[error("the webhook does not answer")]
    Unreachable,
    #[error("an address cannot be written to")]
    Address,
}

/// Who sends letters.
#[derive(Clone)]
pub enum Sender {
    Webhook(Webhook),
    Smtp(Smtp),
    /// Shown to the developer. Never for a deployment: links are as good as passwords.
    Terminal(fn(&Letter)),
}

impl Sender {
    /// # Errors
    /// If the letter was not taken.
    pub async fn send(&self, letter: &Letter) -> Result<(), Error> {
        match self {
            Self::Webhook(webhook) => webhook.send(letter).await,
            Self::Smtp(smtp) => smtp.send(letter).await,
            Self::Terminal(show) => {
                show(letter);
                Ok(())
            }
        }
    }
}
