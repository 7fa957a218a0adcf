//! Our recurrence rules beside those of the `rrule` crate, which follows RFC 5545 to the letter.

use std::time::Instant;

use jiff::civil::date;
use rrule::RRuleSet;
use when::Recurrence;

/// How many times of each rule are compared.
const TIMES: usize = 40;

const PARTS: [&[&str]; 4] = [
    &["FREQ=DAILY", "FREQ=WEEKLY", "FREQ=MONTHLY", "FREQ=YEARLY"],
    &["", ";INTERVAL=2", ";INTERVAL=3"],
    &["", ";BYMONTH=2", ";BYMONTH=3,11"],
    &[
        "",
        ";BYDAY=MO",
        ";BYDAY=TU,SU",
        ";BYDAY=SU,TU;WKST=SU",
        ";BYMONTHDAY=13",
        ";BYMONTHDAY=31",
        ";BYMONTHDAY=-1,5",
        ";BYDAY=FR;BYMONTHDAY=13",
        ";BYDAY=2TU",
        ";BYDAY=-1FR,1MO",
        ";BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
        ";BYMONTHDAY=29",
        ";BYHOUR=8,20",
    ],
];

/// Prints how many rules happen at the same times, and names those that do not.
pub(crate) fn print() {
    let (mut same, mut ours_taken, mut theirs_taken) = (0, 0.0, 0.0);
    let mut others = Vec::new();
    for rule in rules() {
        let start = Instant::now();
        let ours = our_times(&rule);
        ours_taken += start.elapsed().as_secs_f64();
        let start = Instant::now();
        let Some(theirs) = their_times(&rule) else { continue };
        theirs_taken += start.elapsed().as_secs_f64();
        if ours == theirs {
            same += 1;
        } else {
            let first = ours.iter().zip(&theirs).find(|(ours, theirs)| ours != theirs);
            others.push(format!("{rule}: {first:?}, {} and {} times", ours.len(), theirs.len()));
        }
    }
    println!("\nRules: {same} happen as in rrule, {} otherwise", others.len());
    println!("{TIMES} times of each: when {:.1} ms, rrule {:.1} ms", ours_taken * 1e3, theirs_taken * 1e3);
    for other in others {
        println!("  {other}");
    }
}

fn rules() -> impl Iterator<Item = String> {
    let [frequencies, intervals, months, days] = PARTS;
    frequencies.iter().flat_map(move |frequency| {
        intervals.iter().flat_map(move |interval| {
            months.iter().flat_map(move |months| {
                // An ordinal weekday needs a month or a year, a day of the month no week.
                let fits = move |days: &&&str| match *frequency {
                    "FREQ=DAILY" => !days.contains("=2T") && !days.contains("-1F") && !days.contains("SETPOS"),
                    "FREQ=WEEKLY" => !days.contains("=2T") && !days.contains("-1F") && !days.contains("MONTHDAY") && !days.contains("SETPOS"),
                    _ => true,
                };
                days.iter().filter(fits).map(move |days| format!("{frequency}{interval}{months}{days}"))
            })
        })
    })
}

fn our_times(rule: &str) -> Vec<String> {
    let strict = format!("RSCALE=GREGORIAN;{rule};SKIP=OMIT");
    let rule: Recurrence = strict.parse().expect("the parts are ours");
    let start = date(1997, 9, 2).at(9, 0, 0, 0);
    rule.occurrences(start).take(TIMES).map(|time| time.to_string()).collect()
}

fn their_times(rule: &str) -> Option<Vec<String>> {
    let set: RRuleSet = format!("DTSTART:19970902T090000Z\nRRULE:{rule}").parse().ok()?;
    let times = set.limit().all(u16::try_from(TIMES).ok()?).dates;
    Some(times.iter().map(|time| time.format("%Y-%m-%dT%H:%M:%S").to_string()).collect())
}
