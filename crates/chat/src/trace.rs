//! A turn's place in a trace, for whoever watches over the deployment (W3C Trace Context).
//!
//! **Invariant:** a step is named by what the house calls it, never by what anybody said.

use std::time::Duration;

use agent::Usage;

use crate::ids::Chance;

/// The trace that a request belongs to, and the part of it under which its turn stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Trace {
    pub id: [u8; 16],
    pub parent: [u8; 8],
}

impl Trace {
    /// The header by which another system adds to the trace, below this part of it.
    pub fn header(&self, part: [u8; 8]) -> String {
        format!("00-{}-{}-01", hex(&self.id), hex(&part))
    }
}

/// Lower-case digits.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Something that a turn waited for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    pub id: [u8; 8],
    pub what: What,
    /// Since the turn was taken up.
    pub began: Duration,
    pub took: Duration,
    pub failed: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// An answer of the model.
    Model(Usage),
    /// A call of a tool, by a name of ours.
    Tool(String),
}

/// Ids of parts; eight zeros would be none.
pub(crate) fn part(chance: Chance) -> [u8; 8] {
    let mut id = [0; 8];
    chance(&mut id);
    id[0] |= 1;
    id
}
