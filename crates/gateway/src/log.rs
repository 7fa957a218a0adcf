//! What functions say, line by line.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use serde_json::{Map, Value};

/// Receives every line, on the gateway's own thread.
pub type Log = Arc<dyn Fn(&LogLine) + Send + Sync>;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogLine {
    pub function: String,
    pub level: Level,
    pub text: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    Debug,
    Info,
    Warn,
    Error,
    /// Written to the process's own output instead of through the runtime.
    Output,
    /// Said by the gateway about the function.
    Gateway,
}

impl Level {
    pub(crate) fn named(name: &str) -> Self {
        match name {
            "debug" => Self::Debug,
            "warn" => Self::Warn,
            "error" => Self::Error,
            _ => Self::Info,
        }
    }

    fn as_str(self) -> &'static str {
        match self {
            Self::Debug => "debug",
            Self::Info => "info",
            Self::Warn => "warn",
            Self::Error => "error",
            Self::Output => "",
            Self::Gateway => "gateway",
        }
    }
}

impl fmt::Display for LogLine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let level = self.level.as_str();
        let text = readable(&self.text);
        write!(f, "{:>13} │ {level:<7} {text}", self.function)
    }
}

/// What a reader looks for first.
const FIRST: [&str; 7] = [
    "level",
    "message",
    "event",
    "method",
    "route",
    "status",
    "duration_ms",
];

/// A line of JSON as `name=value name=value`, without what is null; any other line as it is.
fn readable(text: &str) -> Cow<'_, str> {
    let Ok(mut fields) = serde_json::from_str::<Map<String, Value>>(text) else {
        return text.into();
    };
    fields.retain(|_, value| !value.is_null());
    let first: Vec<(String, Value)> = FIRST
        .iter()
        .filter_map(|name| fields.remove_entry(*name))
        .collect();
    let shown: Vec<String> = first
        .iter()
        .map(|(name, value)| (name, value))
        .chain(&fields)
        .map(|(name, value)| match value {
            Value::String(text) => format!("{name}={text}"),
            value => format!("{name}={value}"),
        })
        .collect();
    shown.join(" ").into()
}

/// One function's way to the log.
#[derive(Clone)]
pub(crate) struct Voice {
    pub(crate) function: String,
    pub(crate) log: Log,
}

impl Voice {
    pub(crate) fn say(&self, level: Level, text: &str) {
        for line in text.lines() {
            (self.log)(&LogLine {
                function: self.function.clone(),
                level,
                text: line.to_owned(),
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn structured_lines_are_shown_to_be_read() {
        let text = r#"{"cause":null,"duration_ms":11,"request_id":"req_1","status":200}"#;

        assert_eq!(readable(text), "status=200 duration_ms=11 request_id=req_1");
        assert_eq!(readable("{ no json"), "{ no json");
    }
}
