//! What can go wrong with a call, in the cases the page treats differently.

use protocol::ErrorCode;
use yew::AttrValue;

use crate::text::Text;
use crate::wire::{self, read_struct};

/// Why a call gave nothing.
#[derive(Clone, Debug, PartialEq)]
pub enum Failure {
    /// No answer came: no network, nobody listening, or nothing within the time limit.
    Unreachable,
    /// Nobody is signed in any more, or somebody else is; the code says how that was noticed.
    SignedOut(AttrValue),
    /// The server answered that it will not.
    Refused(Box<Refusal>),
    /// The page has moved on and closed its calls. Nobody needs to hear of it.
    Closed,
}

/// An answer that is not a success.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Refusal {
    pub status: u16,
    /// An [`ErrorCode`], or under `/api/auth` one of Better Auth's upper-case words.
    pub code: String,
    pub message: String,
    pub request_id: String,
    /// Seconds to wait, where the server said so.
    pub retry_after: Option<u32>,
}

/// Both error bodies of the server: problem details everywhere, `{code, message}` under
/// `/api/auth`.
#[derive(Default)]
struct Body {
    code: String,
    message: String,
    request_id: String,
}

read_struct! {
    Body { code, message, request_id }
}

/// The code given to an answer that is not in our language, such as a proxy's HTML page.
pub(super) const UNREADABLE: &str = "answer.unreadable";

impl Failure {
    /// Reads the body of an answer whose status is not a success.
    pub fn refused(status: u16, body: &str, retry_after: Option<u32>) -> Self {
        let body = wire::parse::<Body>(body).unwrap_or_else(|| Body {
            code: UNREADABLE.to_owned(),
            ..Body::default()
        });
        Self::Refused(Box::new(Refusal {
            status,
            code: body.code,
            message: body.message,
            request_id: body.request_id,
            retry_after,
        }))
    }

    /// A refusal of which only the code is known.
    pub fn named(code: &str) -> Self {
        Self::Refused(Box::new(Refusal {
            code: code.to_owned(),
            ..Refusal::default()
        }))
    }

    /// A success whose body is not what was promised.
    pub fn unreadable(status: u16) -> Self {
        Self::refused(status, "", None)
    }

    /// The server's code, or an empty text.
    pub fn code(&self) -> &str {
        match self {
            Self::Refused(refusal) => &refusal.code,
            Self::SignedOut(code) => code,
            Self::Unreachable | Self::Closed => "",
        }
    }

    pub fn is(&self, code: ErrorCode) -> bool {
        self.code() == code.as_str()
    }

    /// Whether the same request, with the same key, may well succeed a little later.
    pub fn may_pass(&self) -> bool {
        match self {
            Self::Unreachable => true,
            Self::Refused(refusal) => {
                let stays = self.is(ErrorCode::ConfigInvalid) || self.is(ErrorCode::ReadOnly);
                refusal.status >= 500 && !stays
            }
            Self::SignedOut(_) | Self::Closed => false,
        }
    }

    /// The sentence a person reads. Where the page has words of its own they are used, because
    /// those exist in every language; the server's sentence is for the rest.
    pub fn sentence(&self) -> AttrValue {
        match self {
            Self::Unreachable => Text::FailUnreachable.into(),
            Self::SignedOut(_) => Text::FailSignedOut.into(),
            Self::Closed => AttrValue::default(),
            Self::Refused(refusal) => refusal.sentence(),
        }
    }
}

impl Refusal {
    fn sentence(&self) -> AttrValue {
        let is_rate = self.status == 429 && self.code != "budget.spent";
        if let Some(seconds) = self.retry_after.filter(|_| is_rate) {
            return Text::FailTooMany.with(&[("seconds", &seconds.to_string())]);
        }
        let known = match self.code.as_str() {
            "INVALID_EMAIL_OR_PASSWORD" => Text::FailWrongPassword,
            "INVALID_PASSWORD" => Text::FailOldPassword,
            "INVALID_TOKEN" => Text::LinkIsOver,
            "SESSION_NOT_FRESH" | "SESSION_EXPIRED" => Text::FailNotFresh,
            "RESET_PASSWORD_DISABLED" | "VERIFICATION_EMAIL_NOT_ENABLED" => Text::FailNoLetters,
            "USER_ALREADY_EXISTS" | "USER_ALREADY_EXISTS_USE_ANOTHER_EMAIL" => Text::FailEmailTaken,
            "INVALID_EMAIL" => Text::FailEmail,
            "PASSWORD_TOO_SHORT" => Text::FailPasswordShort,
            "PASSWORD_TOO_LONG" => Text::FailPasswordLong,
            "budget.spent" => Text::FailBudget,
            "server.read_only" => Text::ReadOnly,
            "database.unavailable" => Text::FailDatabase,
            "model.unavailable" => Text::FailModel,
            "message.too_long" => Text::FailMessageLong,
            UNREADABLE => Text::FailUnreadable,
            _ if self.message.is_empty() => Text::FailUnknown,
            _ => return self.message.as_str().into(),
        };
        known.into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn problem_details_are_read() {
        let body = r#"{"title":"Conflict","status":412,"code":"task.changed","message":"The task was changed elsewhere.","request_id":"req_1"}"#;

        let failure = Failure::refused(412, body, None);

        assert!(failure.is(ErrorCode::TaskChanged));
        assert!(!failure.may_pass());
        assert_eq!(failure.sentence(), "The task was changed elsewhere.");
    }

    #[test]
    fn better_auths_codes_are_text() {
        let body = r#"{"message":"Invalid email or password","code":"INVALID_EMAIL_OR_PASSWORD"}"#;

        let failure = Failure::refused(401, body, None);

        assert_eq!(failure.code(), "INVALID_EMAIL_OR_PASSWORD");
        assert_eq!(failure.sentence(), Text::FailWrongPassword.as_str());
    }

    #[test]
    fn a_page_of_html_is_not_shown_to_anybody() {
        let failure = Failure::refused(502, "<html>Bad gateway</html>", None);

        assert_eq!(failure.code(), UNREADABLE);
        assert!(failure.may_pass());
        assert_eq!(failure.sentence(), Text::FailUnreadable.as_str());
    }

    #[test]
    fn a_wait_is_named_when_the_server_names_it() {
        let failure = Failure::refused(429, "{}", Some(7));

        assert!(failure.sentence().contains('7'));
    }

    #[test]
    fn a_wrong_configuration_does_not_pass_by_waiting() {
        let body = r#"{"code":"config.invalid","message":"DATABASE_URL is not set."}"#;

        let failure = Failure::refused(503, body, None);

        assert!(!failure.may_pass());
        assert_eq!(failure.sentence(), "DATABASE_URL is not set.");
    }
}
