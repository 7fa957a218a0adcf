//! The lines that tell what is being done and how long it took.

use std::io::Write as _;
use std::time::{Duration, Instant};

use crate::fault::Result;

/// Names a step before it starts and its outcome when it ends.
pub(crate) fn step<T>(name: &str, work: impl FnOnce() -> Result<(T, String)>) -> Result<T> {
    println!("• {name}");
    let start = Instant::now();
    let (value, outcome) = work()?;
    println!("  {outcome} ({})", seconds(start.elapsed()));
    Ok(value)
}

/// A remark inside a step.
pub(crate) fn note(text: &str) {
    println!("  {text}");
}

/// A line for a terminal that may have been closed, which must not end what is being served.
pub(crate) fn say(text: &str) {
    let _ = writeln!(std::io::stdout(), "{text}");
}

pub(crate) fn seconds(time: Duration) -> String {
    format!("{:.1} s", time.as_secs_f64())
}
