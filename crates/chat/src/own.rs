//! Models that people have brought themselves.
//!
//! **Invariant:** a key is opened for a turn of the person whose it is, and for nothing else.

use std::sync::Arc;

use agent::{Endpoint, Model, Reach};
use auth::seal::Vault;
use protocol::UserId;
use store::model_keys::ModelKey;

/// What opens the keys, and how far they may be sent.
#[derive(Clone)]
pub struct OwnModels {
    vault: Vault,
    pub reach: Reach,
}

impl OwnModels {
    pub fn new(secret: &str, reach: Reach) -> Self {
        Self {
            vault: Vault::new(secret, "latchwork model keys"),
            reach,
        }
    }

    pub fn seal(&self, user: &UserId, endpoint: &Endpoint, nonce: [u8; 24]) -> Vec<u8> {
        let bound = bound(user, &endpoint.base_url, &endpoint.model);
        self.vault.seal(&endpoint.api_key, &bound, nonce)
    }

    /// `None` if the key does not open any more, or its server is out of reach.
    pub(crate) fn model(&self, user: &UserId, kept: &ModelKey) -> Option<Arc<Model>> {
        let bound = bound(user, &kept.base_url, &kept.model);
        let endpoint = Endpoint {
            api_key: self.vault.open(&kept.sealed, &bound)?,
            model: kept.model.clone(),
            base_url: kept.base_url.clone(),
        };
        Model::of_person(endpoint, self.reach).ok().map(Arc::new)
    }
}

/// What a key belongs to. No part has a line of its own inside.
fn bound(user: &UserId, base_url: &str, model: &str) -> String {
    format!("{}\n{base_url}\n{model}", user.as_str())
}
