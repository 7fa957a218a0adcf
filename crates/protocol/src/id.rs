//! Identifiers, each its own type so that one cannot stand in for another.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::Timestamp;

macro_rules! text_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
        #[serde(transparent)]
        pub struct $name(String);

        impl $name {
            pub fn new(id: impl Into<String>) -> Self {
                Self(id.into())
            }

            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> Self {
                id.0
            }
        }
    };
}

text_id!(
    /// A person. Better Auth's ids are opaque text, so ours are too.
    UserId
);
text_id!(
    /// A row of the `session` table (its id, not its secret token).
    SessionId
);
text_id!(
    /// A conversation, `thr_…`.
    ThreadId
);
text_id!(
    /// An entry of a conversation, prefixed by its kind: `msg_…`, `wf_…`, `si_…`.
    ItemId
);
text_id!(
    /// The durable execution of one turn, `run_…`.
    RunId
);

/// A task is named by the number its owner sees ("task 3"). Numbers count per user and are
/// never given twice, so a number of one user says nothing about another's tasks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct TaskId(pub i32);

impl fmt::Display for TaskId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// A prefixed id that sorts by the time it was made: the prefix, then 48 bits of milliseconds
/// and 80 bits of chance in Crockford's base 32 (the layout of a ULID).
pub fn sortable(prefix: &str, now: Timestamp, chance: [u8; 10]) -> String {
    const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
    let mut bits = u128::from(now.millis().cast_unsigned() & 0xffff_ffff_ffff) << 80;
    for (place, byte) in chance.iter().rev().enumerate() {
        bits |= u128::from(*byte) << (8 * place);
    }
    let digits = (0..26).rev().map(|place| {
        let digit = (bits >> (5 * place)) & 31;
        char::from(ALPHABET[usize::try_from(digit).unwrap_or(0)])
    });
    prefix.chars().chain(digits).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sortable_ids_follow_the_clock() {
        let early = sortable("msg_", Timestamp::from_millis(1_000), [255; 10]);
        let late = sortable("msg_", Timestamp::from_millis(1_001), [0; 10]);

        assert!(early < late, "{early} {late}");
        assert_eq!(early.len(), 4 + 26);
    }

    #[test]
    fn sortable_ids_keep_every_bit_of_chance() {
        let id = sortable("", Timestamp::from_millis(0), [0xff; 10]);

        assert_eq!(id, "0000000000zzzzzzzzzzzzzzzz");
    }
}
