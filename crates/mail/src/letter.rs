//! What a letter says.

/// A letter with one link in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    /// What it is for, by which a webhook chooses its own words: `reset-password`,
    /// `verify-email`, `change-email`; and what was done: `password-changed`, `email-changed`.
    pub kind: &'static str,
    pub to: String,
    pub subject: String,
    /// The whole letter as plain text, the link in it.
    pub text: String,
    pub link: String,
}
