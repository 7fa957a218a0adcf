//! The verified identity of a request.

use protocol::{SessionId, Timestamp, UserId};

use crate::Scopes;

/// Proof that a token was verified. There is no other way to make one than
/// [`Verifier::verify`](crate::Verifier::verify) and
/// [`Personal::verify`](crate::secret::Personal::verify).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Caller {
    user: UserId,
    session: Option<SessionId>,
    expires_at: Timestamp,
    scopes: Scopes,
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
            scopes: Scopes::ALL,
        }
    }

    /// The same person through a program that may do no more than this.
    pub(crate) fn limited_to(self, scopes: Scopes) -> Self {
        Self { scopes, ..self }
    }

    pub const fn user(&self) -> &UserId {
        &self.user
    }

    /// What may be done on the person's behalf.
    pub const fn scopes(&self) -> Scopes {
        self.scopes
    }

    /// The sign-in or the grant that the token was made from; the database decides whether it still lives.
    /// Tokens of a foreign issuer name none.
    pub const fn session(&self) -> Option<&SessionId> {
        self.session.as_ref()
    }

    pub const fn expires_at(&self) -> Timestamp {
        self.expires_at
    }
}
