//! Where keys that are not pinned come from, and how often it may be asked.

use auth::KeySet;
use protocol::Timestamp;
use store::Db;

use super::remote::Remote;
use crate::Error;
use crate::config::Further;

pub(super) enum Origin {
    /// Our own `jwks` table.
    Table(Db),
    Remote(Remote),
}

/// What becomes of a key that is not known, so soon after the origin was asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Pause {
    /// The request waits for its turn. Our own keys are used in the moment they are made, so a
    /// good token may name one that was not there a second ago.
    Wait { seconds: i64 },
    /// The token is refused. Whoever rotates keys publishes them before they are used.
    Refuse { seconds: i64 },
}

impl Origin {
    pub(super) fn new(further: &Further, db: &Db) -> Option<Self> {
        match further {
            Further::Nowhere => None,
            Further::Table => Some(Self::Table(db.clone())),
            Further::Remote(url) => Some(Self::Remote(Remote::new(url))),
        }
    }

    /// Anybody can name keys that do not exist: their requests must not become ours to others.
    pub(super) const fn pause(&self) -> Pause {
        match self {
            Self::Table(_) => Pause::Wait { seconds: 1 },
            Self::Remote(_) => Pause::Refuse { seconds: 30 },
        }
    }

    pub(super) async fn fetch(&self, now: Timestamp) -> Result<KeySet, Error> {
        match self {
            Self::Table(db) => {
                let mut keys = KeySet::default();
                for row in store::keys::public(db, now).await? {
                    // The id is the primary key, so no name comes twice.
                    let _ = keys.add_row(&row.id, &row.public_key, row.alg.as_deref());
                }
                Ok(keys)
            }
            Self::Remote(remote) => remote.fetch().await,
        }
    }
}
