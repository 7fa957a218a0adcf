//! The real clock, by which the real functions go.

use std::time::{SystemTime, UNIX_EPOCH};

use protocol::Timestamp;

/// For what real functions judge by their own clock, such as tokens. Everything else is told the
/// time: [`crate::NOW`].
///
/// # Panics
/// If the clock stands before 1970.
pub fn now() -> Timestamp {
    #[expect(
        clippy::disallowed_methods,
        reason = "this is the clock that the real functions read"
    )]
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    let micros = since.expect("no clock is that slow").as_micros();
    Timestamp::from_micros(i64::try_from(micros).expect("nor that fast"))
}
