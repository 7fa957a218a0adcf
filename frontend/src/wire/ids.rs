//! Ids, instants and days.

use protocol::{Due, ItemId, RunId, TaskId, ThreadId, Timestamp};
use serde_json::Value;

use super::Read;

macro_rules! read_ids {
    ($($name:ident)*) => {
        $(impl Read for $name {
            fn read(value: Value) -> Option<Self> {
                String::read(value).map(Self::new)
            }
        })*
    };
}

read_ids!(ItemId RunId ThreadId);

impl Read for TaskId {
    fn read(value: Value) -> Option<Self> {
        i32::read(value).map(Self)
    }
}

impl Read for Timestamp {
    fn read(value: Value) -> Option<Self> {
        value.as_str()?.parse().ok()
    }
}

impl Read for Due {
    fn read(value: Value) -> Option<Self> {
        value.as_str()?.parse().ok()
    }
}
