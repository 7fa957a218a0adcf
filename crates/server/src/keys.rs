//! The keys that tokens are checked with, fetched when first needed.

mod cache;
mod origin;
mod remote;

use std::sync::Arc;

use auth::{Caller, KeySet, Policy, Presented, Verifier};
use protocol::{ErrorCode, Timestamp};
use store::Db;

use crate::config::{KeySource, Tokens};
use crate::{Background, Error};
use cache::Cache;
use origin::Origin;

#[derive(Clone)]
pub(crate) struct Keys {
    policy: Arc<Policy>,
    source: Source,
}

#[derive(Clone)]
enum Source {
    Secret(Arc<KeySet>),
    Public {
        pinned: Arc<KeySet>,
        further: Option<Arc<Cache>>,
    },
}

impl Keys {
    pub(crate) fn new(tokens: &Tokens, db: &Db) -> Self {
        let source = match &tokens.keys {
            KeySource::Secret(secret) => Source::Secret(secret.clone()),
            KeySource::Public { pinned, further } => Source::Public {
                pinned: pinned.clone(),
                further: Origin::new(further, db).map(|origin| Arc::new(Cache::new(origin))),
            },
        };
        Self {
            policy: Arc::new(tokens.policy.clone()),
            source,
        }
    }

    /// The caller that a token proves. What needs no key is checked first, so that nonsense is
    /// refused without a database.
    pub(crate) async fn verify(
        &self,
        token: &str,
        now: Timestamp,
        background: &Background,
    ) -> Result<Caller, Error> {
        self.verify_by(&self.policy, token, now, background).await
    }

    /// The same for a token that was made for something else than the functions of the page.
    pub(crate) async fn verify_by(
        &self,
        policy: &Policy,
        token: &str,
        now: Timestamp,
        background: &Background,
    ) -> Result<Caller, Error> {
        let token = Presented::read(token)?;
        let keys = self.keys_for(&token, now, background).await?;
        let verifier = Verifier {
            keys: &keys,
            policy,
        };
        Ok(verifier.verify_presented(&token, now)?)
    }

    async fn keys_for(
        &self,
        token: &Presented<'_>,
        now: Timestamp,
        background: &Background,
    ) -> Result<Arc<KeySet>, Error> {
        let (pinned, further) = match &self.source {
            Source::Secret(secret) => return Ok(secret.clone()),
            Source::Public { pinned, further } => (pinned, further),
        };
        let kid = token.kid()?;
        match further {
            _ if pinned.has(kid) => Ok(pinned.clone()),
            Some(cache) => cache.keys_with(kid, now, background).await,
            None => Err(ErrorCode::TokenUnknownKey.into()),
        }
    }
}

#[cfg(test)]
mod tests;
