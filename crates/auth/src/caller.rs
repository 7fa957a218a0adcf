//! The verified identity of a request.

use protocol::{SessionId, Timestamp, UserId};

/// Proof that a token was verified. There is no other way to make one than
/// [`Verifier::verify`](crate::Verifier::verify).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Caller {
    user: UserId,
    session: Option<SessionId>,
    expires_at: Timestamp,
}

impl Caller {
    pub(crate) const fn verified(
        user: UserId,
        session: Option<SessionId>,
        expires_at: Timestamp,
    ) -> Self {
        Self {
            user,
            session,
            expires_at,
        }
    }

    pub const fn user(&self) -> &UserId {
        &self.user
    }

    /// The sign-in that the token was made from; the database decides whether it still lives.
    /// Tokens of a foreign issuer name none.
    pub const fn session(&self) -> Option<&SessionId> {
        self.session.as_ref()
    }

    pub const fn expires_at(&self) -> Timestamp {
        self.expires_at
    }
}
