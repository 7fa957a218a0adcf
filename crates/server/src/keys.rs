//! The public keys that tokens are checked with, fetched when first needed.

use std::sync::Arc;

use auth::{Caller, KeySet, Policy, Presented, Verifier};
use protocol::{ErrorCode, Timestamp};
use store::Db;
use tokio::sync::RwLock;

use crate::Error;

/// Seconds after which an unknown key makes us look again.
const PAUSE: i64 = 30;

#[derive(Clone)]
pub(crate) struct Keys {
    db: Db,
    policy: Arc<Policy>,
    known: Arc<RwLock<Known>>,
}

#[derive(Default)]
struct Known {
    keys: KeySet,
    fetched: Option<Timestamp>,
}

impl Keys {
    pub(crate) fn new(db: Db, origin: &str) -> Self {
        Self {
            db,
            policy: Arc::new(Policy::of_origin(origin)),
            known: Arc::default(),
        }
    }

    /// The caller that a token proves. What needs no key is checked first, so that nonsense is
    /// refused without a database.
    pub(crate) async fn verify(&self, token: &str, now: Timestamp) -> Result<Caller, Error> {
        let token = Presented::read(token)?;
        let kid = token.kid()?;
        {
            let known = self.known.read().await;
            if known.keys.has(kid) {
                return Ok(self.check(&known, &token, now)?);
            }
            if !is_stale(&known, now) {
                return Err(ErrorCode::TokenUnknownKey.into());
            }
        }
        let mut known = self.known.write().await;
        // Whoever waited for the lock finds what the first has fetched.
        if !known.keys.has(kid) && is_stale(&known, now) {
            known.keys = self.fetch().await?;
            known.fetched = Some(now);
        }
        Ok(self.check(&known, &token, now)?)
    }

    fn check(
        &self,
        known: &Known,
        token: &Presented<'_>,
        now: Timestamp,
    ) -> Result<Caller, ErrorCode> {
        let verifier = Verifier {
            keys: &known.keys,
            policy: &self.policy,
        };
        verifier.verify_presented(token, now)
    }

    async fn fetch(&self) -> Result<KeySet, Error> {
        let mut keys = KeySet::default();
        for row in store::keys::all(&self.db).await? {
            // The id is the primary key, so no name comes twice.
            let _ = keys.add_row(&row.id, &row.public_key, None);
        }
        Ok(keys)
    }
}

fn is_stale(known: &Known, now: Timestamp) -> bool {
    known
        .fetched
        .is_none_or(|fetched| now.seconds() - fetched.seconds() >= PAUSE)
}
