//! Reading the shared types from JSON with little code.
//!
//! What `serde` derives for tagged and flattened types is fast and large: for the types of
//! `protocol` it was a quarter of the whole program. Here a text is parsed into a tree once,
//! and the types are picked from the tree.
//!
//! **Invariant:** what `serde` reads from a server's answer is read here too, and alike; the
//! tests hold every recorded exchange to it. A struct is built field by field, so a field that
//! is added to the protocol stops the build until it is read here.

mod chatkit;
mod ids;
mod tasks;
#[cfg(test)]
mod tests;

use serde_json::{Map, Value};

/// The fields of an object.
pub(crate) type Fields = Map<String, Value>;

/// What can be picked from a tree of JSON.
pub trait Read: Sized {
    /// `None` when the tree is of another shape.
    fn read(value: Value) -> Option<Self>;

    /// What a missing field means; `None` where it must not be missing.
    fn absent() -> Option<Self> {
        None
    }
}

/// Reads a text; `None` when it is not JSON, or not of that shape.
pub fn parse<T: Read>(text: &str) -> Option<T> {
    match serde_json::from_str(text).ok()? {
        Value::Null => T::absent(),
        value => T::read(value),
    }
}

pub(crate) fn fields(value: Value) -> Option<Fields> {
    match value {
        Value::Object(fields) => Some(fields),
        _ => None,
    }
}

/// Takes a field out; one that is `null` is as good as missing.
pub(crate) fn take<T: Read>(fields: &mut Fields, name: &str) -> Option<T> {
    match fields.remove(name) {
        None | Some(Value::Null) => T::absent(),
        Some(value) => T::read(value),
    }
}

impl Read for Value {
    fn read(value: Value) -> Option<Self> {
        Some(value)
    }

    fn absent() -> Option<Self> {
        Some(Self::Null)
    }
}

impl Read for String {
    fn read(value: Value) -> Option<Self> {
        match value {
            Value::String(text) => Some(text),
            _ => None,
        }
    }

    fn absent() -> Option<Self> {
        Some(Self::new())
    }
}

impl Read for bool {
    fn read(value: Value) -> Option<Self> {
        value.as_bool()
    }

    fn absent() -> Option<Self> {
        Some(false)
    }
}

impl Read for i64 {
    fn read(value: Value) -> Option<Self> {
        value.as_i64()
    }
}

impl Read for i32 {
    fn read(value: Value) -> Option<Self> {
        value.as_i64()?.try_into().ok()
    }
}

impl Read for usize {
    fn read(value: Value) -> Option<Self> {
        value.as_i64()?.try_into().ok()
    }
}

impl Read for f64 {
    fn read(value: Value) -> Option<Self> {
        value.as_f64()
    }
}

impl<T: Read> Read for Option<T> {
    fn read(value: Value) -> Option<Self> {
        T::read(value).map(Some)
    }

    fn absent() -> Option<Self> {
        Some(None)
    }
}

impl<T: Read> Read for Vec<T> {
    fn read(value: Value) -> Option<Self> {
        match value {
            Value::Array(values) => values.into_iter().map(T::read).collect(),
            _ => None,
        }
    }

    fn absent() -> Option<Self> {
        Some(Self::new())
    }
}

impl Read for Fields {
    fn read(value: Value) -> Option<Self> {
        fields(value)
    }

    fn absent() -> Option<Self> {
        Some(Self::new())
    }
}

/// A struct whose fields are called alike on the wire.
macro_rules! read_struct {
    ($($name:path { $($field:ident),* $(,)? })*) => {
        $(impl $crate::wire::Read for $name {
            fn read(value: serde_json::Value) -> Option<Self> {
                let mut fields = $crate::wire::fields(value)?;
                Some(Self { $($field: $crate::wire::take(&mut fields, stringify!($field))?),* })
            }
        })*
    };
}

/// An enum of bare names; `else` is for names that this program does not know.
macro_rules! read_names {
    ($($name:path { $($text:literal => $variant:ident),* $(,)? } else $other:expr;)*) => {
        $(impl $crate::wire::Read for $name {
            fn read(value: serde_json::Value) -> Option<Self> {
                match value.as_str()? {
                    $($text => Some(Self::$variant),)*
                    _ => $other,
                }
            }

            fn absent() -> Option<Self> {
                $other
            }
        })*
    };
}

pub(crate) use {read_names, read_struct};
