//! Who sends letters: the variables `MAIL_…` and `SMTP_URL`.

use mail::{Letter, Sender, Smtp, Webhook};

use super::{Environment, Fault, check_origin};

/// Letters, and whether an address must be verified.
#[derive(Clone)]
pub struct Mail {
    /// `MAIL_WEBHOOK_URL` with `MAIL_WEBHOOK_SECRET`, or `SMTP_URL` with `MAIL_FROM`; on one's
    /// own machine also `MAIL=terminal`. Without one, nothing that needs a letter is offered.
    pub sender: Option<Sender>,
    /// `EMAIL_VERIFICATION=required`: nobody signs in before they have opened the link.
    pub required: bool,
}

pub(super) fn read(variable: Environment<'_>, origin: Option<&str>) -> Result<Mail, Fault> {
    let sender = sender(variable, origin)?;
    const NAME: &str = "EMAIL_VERIFICATION";
    let required = match variable(NAME).as_deref().map(str::trim) {
        None | Some("optional") => false,
        Some("required") if sender.is_some() => true,
        Some("required") => {
            return Err(Fault::new(
                NAME,
                "is `required`, and there is nobody to send letters; set MAIL_WEBHOOK_URL or SMTP_URL",
            ));
        }
        Some(_) => return Err(Fault::new(NAME, "is neither `optional` nor `required`")),
    };
    Ok(Mail { sender, required })
}

fn sender(variable: Environment<'_>, origin: Option<&str>) -> Result<Option<Sender>, Fault> {
    let webhook = variable("MAIL_WEBHOOK_URL");
    let smtp = variable("SMTP_URL");
    let terminal = variable("MAIL");
    match (webhook, smtp, terminal) {
        (None, None, None) => Ok(None),
        (Some(url), None, None) => webhook_at(url.trim(), variable).map(Some),
        (None, Some(url), None) => smtp_at(url.trim(), variable).map(Some),
        (None, None, Some(name)) => terminal_of(&name, origin).map(Some),
        _ => Err(Fault::new(
            "MAIL_WEBHOOK_URL",
            "is one of several senders; set only one of MAIL_WEBHOOK_URL, SMTP_URL and MAIL",
        )),
    }
}

fn webhook_at(url: &str, variable: Environment<'_>) -> Result<Sender, Fault> {
    const NAME: &str = "MAIL_WEBHOOK_URL";
    let (scheme, rest) = url
        .split_once("://")
        .ok_or_else(|| Fault::new(NAME, "does not begin with https://"))?;
    let host = rest.split(['/', '?']).next().unwrap_or_default();
    check_origin(&format!("{scheme}://{host}")).map_err(|problem| Fault::new(NAME, problem))?;
    let webhook = Webhook::new(url, variable("MAIL_WEBHOOK_SECRET"));
    Ok(Sender::Webhook(webhook))
}

fn smtp_at(url: &str, variable: Environment<'_>) -> Result<Sender, Fault> {
    const FROM: &str = "MAIL_FROM";
    let from = variable(FROM).ok_or_else(|| {
        Fault::new(
            FROM,
            "is not set, though SMTP_URL is; give it the sender's address",
        )
    })?;
    match Smtp::new(url, from.trim()) {
        Ok(smtp) => Ok(Sender::Smtp(smtp)),
        Err(mail::Error::Address) => Err(Fault::new(FROM, "is no address of a sender")),
        Err(_) => Err(Fault::new(
            "SMTP_URL",
            "is no address such as smtps://user:password@smtp.example.com",
        )),
    }
}

/// A link in a log is as good as a password in a log, so this is for one's own machine.
fn terminal_of(name: &str, origin: Option<&str>) -> Result<Sender, Fault> {
    const NAME: &str = "MAIL";
    if name.trim() != "terminal" {
        return Err(Fault::new(NAME, "is not `terminal`, the only value it has"));
    }
    if origin.is_none_or(|origin| origin.starts_with("https://")) {
        return Err(Fault::new(NAME, "is for a developer's own machine only"));
    }
    Ok(Sender::Terminal(show))
}

fn show(letter: &Letter) {
    #[expect(
        clippy::print_stderr,
        reason = "the developer's terminal is the mailbox"
    )]
    {
        eprintln!(
            "letter to {}: {}\n    {}",
            letter.to, letter.subject, letter.link
        );
    }
}
