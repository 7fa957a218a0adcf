//! What functions say, line by line.

use std::fmt;
use std::sync::Arc;

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
        write!(f, "{:>13} │ {level:<5} {}", self.function, self.text)
    }
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
