//! The processor's time, which tells on a busy machine what a clock does not.

use std::fs;
use std::time::Duration;

/// Linux tells times in hundredths of a second, whatever its own clock does.
const PER_SECOND: u64 = 100;

/// What all ended children of this process have used, and theirs; `None` on other systems.
pub(super) fn of_children() -> Option<Duration> {
    parse(&fs::read_to_string("/proc/self/stat").ok()?)
}

/// By proc(5): after the name, which may hold anything but ends with the last parenthesis, fields
/// 16 and 17 are the children's time in user and kernel mode.
fn parse(stat: &str) -> Option<Duration> {
    let (_, fields) = stat.rsplit_once(')')?;
    let ticks = fields.split_whitespace().skip(13).take(2);
    let ticks: Vec<u64> = ticks.map(str::parse).collect::<Result<_, _>>().ok()?;
    let [user, kernel] = ticks.try_into().ok()?;
    Some(Duration::from_millis((user + kernel) * 1000 / PER_SECOND))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_childrens_time_is_found_behind_any_name() {
        let stat = "7 (a) b (c) S 1 7 7 0 -1 0 10 20 0 0 400 500 1250 250 20 0 1 0 99";

        assert_eq!(parse(stat), Some(Duration::from_secs(15)));
        assert_eq!(parse("7 (xtask) S 1"), None);
    }
}
