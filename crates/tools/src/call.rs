//! The circumstances of an operation.

use auth::Caller;
use protocol::Timestamp;
use protocol::task::Actor;
use store::{Db, Scope};

use crate::Zone;

/// Who does something, on whose behalf, when, and where their day begins.
#[derive(Clone, Copy)]
pub struct Call<'a> {
    pub db: &'a Db,
    pub caller: &'a Caller,
    pub actor: &'a Actor,
    /// A repeat with the same key and the same arguments changes nothing and gets the first
    /// answer.
    pub key: Option<&'a str>,
    pub now: Timestamp,
    pub zone: &'a Zone,
}

impl<'a> Call<'a> {
    pub(crate) const fn scope(&self) -> Scope<'a> {
        Scope {
            user: self.caller.user(),
            session: self.caller.session(),
        }
    }
}
