//! People who are signed in.

use auth::{AccessClaims, Caller, KeySet, Policy, Signer, Verifier};
use protocol::session::{Session, User};
use protocol::{SessionId, Timestamp, UserId};
use store::{Db, sessions, users};

/// The moment of tests: Monday, 23 November 2026, 12:00 UTC.
pub const NOW: Timestamp = Timestamp::from_seconds(1_795_435_200);

pub const ORIGIN: &str = "http://localhost:4000";

/// The key that signs for tests.
pub fn signer() -> Signer {
    Signer::from_seed("test-key", &[7; 32])
}

/// Somebody with an account and a session that outlives every clock.
pub struct Person {
    pub user: User,
    pub session: Session,
}

impl Person {
    /// Signed in at the moment of tests.
    ///
    /// # Panics
    /// If the database refuses.
    pub async fn sign_up(db: &Db, name: &str) -> Self {
        Self::sign_up_at(db, name, NOW).await
    }

    /// Signed in at another moment, for functions that go by a clock of their own.
    ///
    /// # Panics
    /// If the database refuses.
    pub async fn sign_up_at(db: &Db, name: &str, now: Timestamp) -> Self {
        let user = User {
            id: UserId::new(name),
            name: name.to_owned(),
            email: format!("{name}@example.com"),
            email_verified: false,
            image: None,
            created_at: now,
            updated_at: now,
        };
        let account = users::NewAccount {
            user: &user,
            account_id: &format!("account-{name}"),
            password_hash: "none",
        };
        users::insert(db, &account, now)
            .await
            .expect("the account is new");
        let session = Session {
            id: SessionId::new(format!("session-{name}")),
            token: format!("token-{name}"),
            user_id: user.id.clone(),
            expires_at: Timestamp::from_seconds(4_000_000_000),
            created_at: now,
            updated_at: now,
            ip_address: None,
            user_agent: None,
        };
        sessions::insert(db, &session, Some(5))
            .await
            .expect("the session is new");
        Self { user, session }
    }

    /// An access token that is valid at `now`.
    pub fn token(&self, now: Timestamp) -> String {
        signer().access_token(&AccessClaims {
            user: serde_json::json!({"id": self.user.id}),
            subject: &self.user.id,
            session: &self.session.id,
            origin: ORIGIN,
            issued_at: now,
            lifetime: 900,
        })
    }

    /// The proof that handlers take, made the only way there is.
    ///
    /// # Panics
    /// If our own token is refused.
    pub fn caller(&self) -> Caller {
        let mut keys = KeySet::default();
        keys.add_row("test-key", &signer().public_jwk(), None)
            .expect("it is the only key");
        let policy = Policy::of_origin(ORIGIN);
        let verifier = Verifier {
            keys: &keys,
            policy: &policy,
        };
        verifier
            .verify(&self.token(NOW), NOW)
            .expect("our own token is good")
    }
}
