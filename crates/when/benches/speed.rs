//! How long a sentence takes: `cargo bench -p when`.

use std::hint::black_box;
use std::io::Write;
use std::time::Instant;

use jiff::tz::TimeZone;
use when::{Context, find};

const SENTENCES: [&str; 8] = [
    "buy milk and bread",
    "may the force be with you",
    "call Ann tomorrow at 5pm",
    "pay electricity bill by friday, high priority",
    "every second Tuesday at half past nine team meeting until the end of June",
    "conference from 10 to 12 July 2027",
    "remind me in an hour and a half to take the cake out of the oven",
    "move the dentist to the first Monday of next month at 10",
];

fn main() -> std::io::Result<()> {
    let civil = jiff::civil::date(2026, 11, 23).at(13, 0, 0, 0);
    let zone = TimeZone::get("Europe/Berlin").unwrap_or(TimeZone::UTC);
    let Ok(now) = zone.to_zoned_datetime(civil) else {
        return Ok(());
    };
    let ctx = Context::new(now);
    let mut out = std::io::stdout().lock();
    for sentence in SENTENCES {
        let rounds: u32 = 20_000;
        let start = Instant::now();
        for _ in 0..rounds {
            black_box(find(black_box(sentence), &ctx));
        }
        let each = start.elapsed() / rounds;
        writeln!(out, "{:>7.2} µs  {sentence}", each.as_secs_f64() * 1e6)?;
    }
    Ok(())
}
