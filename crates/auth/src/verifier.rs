//! From a bearer token to a [`Caller`].

use protocol::Timestamp;

use crate::claims::Claims;
use crate::{Caller, KeySet, Policy, Presented, Refusal};

/// Checks tokens against keys and a policy.
pub struct Verifier<'a> {
    pub keys: &'a KeySet,
    pub policy: &'a Policy,
}

impl Verifier<'_> {
    /// The caller, or the code of the first rule the token breaks.
    ///
    /// # Errors
    /// A `token.*` code.
    pub fn verify(&self, token: &str, now: Timestamp) -> Result<Caller, Refusal> {
        self.verify_presented(&Presented::read(token)?, now)
    }

    /// As [`Verifier::verify`], for a token that was read before its keys were looked up. The
    /// signature is checked before a claim is looked at.
    ///
    /// # Errors
    /// A `token.*` code.
    pub fn verify_presented(
        &self,
        token: &Presented<'_>,
        now: Timestamp,
    ) -> Result<Caller, Refusal> {
        self.keys.check(token)?;
        self.policy.accept(Claims::parse(&token.claims)?, now)
    }
}

#[cfg(test)]
mod tests;
