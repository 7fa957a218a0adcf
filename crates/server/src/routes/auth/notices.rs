//! Letters that want nothing: what was changed about an account, told to whom it belongs, so that
//! a change somebody else made does not go unseen (OWASP ASVS 5, 6.3.7).

use mail::Letter;

use super::letters::logged;
use crate::{App, Background};

pub(super) enum Notice {
    Password,
    /// To the address that was the account's until now. It does not say what the new one is: who
    /// reads the old mailbox need not be who moved.
    Email,
}

/// Sends it after the answer, if anybody sends letters.
pub(super) fn tell(app: &App, background: &Background, notice: &Notice, to: String) {
    let Some(sender) = app.config.mail.sender.clone() else {
        return;
    };
    let letter = letter(app, notice, to);
    let kind = letter.kind;
    background.start(logged(kind, async move {
        sender.send(&letter).await?;
        Ok(())
    }));
}

fn letter(app: &App, notice: &Notice, to: String) -> Letter {
    let link = app.config.origin().to_owned();
    let (kind, subject, sentences) = match notice {
        Notice::Password => (
            "password-changed",
            "Your password was changed",
            "The password of your account was changed just now. If that was you, there is nothing \
             to do. If not, ask for a new password at once; that ends every sign-in.",
        ),
        Notice::Email => (
            "email-changed",
            "Your address was changed",
            "Your account signs in with another address from now on, and no more with this one. \
             If that was you, there is nothing to do. If not, write to whoever runs the site.",
        ),
    };
    Letter {
        kind,
        to,
        subject: subject.to_owned(),
        text: format!("{sentences}\n\n{link}\n"),
        link,
    }
}
