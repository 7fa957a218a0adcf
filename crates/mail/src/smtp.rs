//! A letter to an SMTP server (RFC 5321), by lettre.

use std::time::Duration;

use lettre::message::Mailbox;
use lettre::message::header::ContentType;
use lettre::{AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};

use crate::{Error, Letter};

/// A mail server that takes letters from us.
#[derive(Clone)]
pub struct Smtp {
    from: Mailbox,
    server: AsyncSmtpTransport<Tokio1Executor>,
}

impl Smtp {
    /// `url` as `smtps://user:password@host` or `smtp://…?tls=required`.
    ///
    /// # Errors
    /// If one of both cannot be read.
    pub fn new(url: &str, from: &str) -> Result<Self, Error> {
        let from = from.parse().map_err(|_| Error::Address)?;
        let server = AsyncSmtpTransport::<Tokio1Executor>::from_url(url)
            .map_err(|_| Error::Smtp("the address is none".to_owned()))?
            .timeout(Some(Duration::from_secs(10)))
            .build();
        Ok(Self { from, server })
    }

    pub(crate) async fn send(&self, letter: &Letter) -> Result<(), Error> {
        let to = letter.to.parse().map_err(|_| Error::Address)?;
        let message = Message::builder()
            .from(self.from.clone())
            .to(to)
            .subject(&letter.subject)
            .header(ContentType::TEXT_PLAIN)
            .body(letter.text.clone())
            .map_err(|_| Error::Address)?;
        // The server's sentence may name the address; its class does not.
        let refused = |error: lettre::transport::smtp::Error| {
            let class = error.status().map(|code| code.to_string());
            Error::Smtp(class.unwrap_or_else(|| "no connection".to_owned()))
        };
        self.server.send(message).await.map(drop).map_err(refused)
    }
}
