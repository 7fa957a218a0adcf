//! A person whom the session endpoint has named.

use std::rc::Rc;

use protocol::UserId;
use yew::html::ImplicitClone;

use crate::wire::{self, read_struct};

/// Proof that somebody is signed in, and who. There is no way to make one but to read the
/// answer of the session endpoint, so whatever takes a `VerifiedUser` cannot be mounted before
/// that answer is there (FR-002).
#[derive(Clone, Debug, PartialEq)]
pub struct VerifiedUser(Rc<Identity>);

#[derive(Debug, PartialEq)]
struct Identity {
    id: UserId,
    name: String,
    email: String,
    is_verified: bool,
    session: String,
}

/// The answer of `GET /api/auth/get-session`.
#[derive(Clone, Debug, PartialEq)]
pub enum Answer {
    /// The body `null`.
    Nobody,
    /// A body whose user has no id, or another one than the session.
    NoUserId,
    User(VerifiedUser),
}

impl ImplicitClone for VerifiedUser {}

impl VerifiedUser {
    pub fn id(&self) -> &UserId {
        &self.0.id
    }

    pub fn name(&self) -> &str {
        &self.0.name
    }

    pub fn email(&self) -> &str {
        &self.0.email
    }

    /// Whether the address is known to be theirs.
    pub fn is_verified(&self) -> bool {
        self.0.is_verified
    }

    /// Names the sign-in of this browser.
    pub fn session(&self) -> &str {
        &self.0.session
    }
}

struct Body {
    session: Option<OfSession>,
    user: Option<OfUser>,
}

// Of both only what matters here, each field of which is allowed to be missing.

#[expect(non_snake_case, reason = "fields are called as they are on the wire")]
struct OfSession {
    id: String,
    userId: Option<String>,
}

#[expect(non_snake_case, reason = "fields are called as they are on the wire")]
struct OfUser {
    id: Option<String>,
    name: String,
    email: String,
    emailVerified: bool,
}

read_struct! {
    Body { session, user }
    OfSession { id, userId }
    OfUser { id, name, email, emailVerified }
}

impl Answer {
    /// Reads the endpoint's body; `None` when it is no such body at all.
    pub fn read(body: &str) -> Option<Self> {
        let Some(Body { session, user }) = wire::parse::<Option<Body>>(body)? else {
            return Some(Self::Nobody);
        };
        let (Some(user), Some(session)) = (user, session) else {
            return Some(Self::NoUserId);
        };
        let id = user.id.unwrap_or_default();
        if id.is_empty() || session.userId.as_ref() != Some(&id) {
            return Some(Self::NoUserId);
        }
        Some(Self::User(VerifiedUser(Rc::new(Identity {
            id: UserId::new(id),
            name: user.name,
            email: user.email,
            is_verified: user.emailVerified,
            session: session.id,
        }))))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn null_is_nobody() {
        assert_eq!(Answer::read("null"), Some(Answer::Nobody));
    }

    #[test]
    fn a_user_must_have_the_id_that_the_session_names() {
        for body in [
            "{}",
            r#"{"session":{"userId":"ann"},"user":{"name":"Ann"}}"#,
            r#"{"session":{"userId":"ann"},"user":{"id":""}}"#,
            r#"{"session":{"userId":"ann"},"user":{"id":null}}"#,
            r#"{"session":{},"user":{"id":"ann"}}"#,
            r#"{"session":{"userId":"bob"},"user":{"id":"ann"}}"#,
        ] {
            assert_eq!(Answer::read(body), Some(Answer::NoUserId), "{body}");
        }
    }

    #[test]
    fn what_is_no_session_answer_is_no_answer() {
        for body in ["", "<html>", "[1]", "7", r#"{"user":"ann"}"#] {
            assert_eq!(Answer::read(body), None, "{body}");
        }
    }

    #[test]
    fn the_whole_answer_gives_a_verified_user() {
        let body = r#"{"session":{"id":"s","token":"t","userId":"ann"},"user":{"id":"ann","name":"Ann","email":"ann@x.org","emailVerified":false}}"#;

        let Some(Answer::User(user)) = Answer::read(body) else {
            panic!("no user");
        };

        assert_eq!((user.id().as_str(), user.name()), ("ann", "Ann"));
        assert_eq!(user.email(), "ann@x.org");
    }
}
