//! One line per phrase: what a meaning looks like in a table.

use jiff::tz::TimeZone;
use when::{Bound, Context, Grain, Moment, When, find, resolve};

/// A context in Berlin, at a civil time.
pub(crate) fn at(now: &str) -> Context {
    in_zone(now, "Europe/Berlin")
}

pub(crate) fn in_zone(now: &str, zone: &str) -> Context {
    let civil: jiff::civil::DateTime = now.parse().unwrap();
    let zone = TimeZone::get(zone).unwrap();
    Context::new(zone.to_zoned_datetime(civil).unwrap())
}

pub(crate) fn monday() -> Context {
    at("2026-11-23T13:00")
}

fn moment(moment: &Moment) -> String {
    let grain = match moment.grain {
        Grain::Weekend => " weekend",
        Grain::Week => " week",
        Grain::Month => " month",
        Grain::Quarter => " quarter",
        Grain::Season => " season",
        Grain::Year => " year",
        _ => "",
    };
    match (moment.time, moment.grain) {
        (Some(time), Grain::Second) => format!("{} {time}", moment.date),
        (Some(time), _) => format!("{} {:02}:{:02}", moment.date, time.hour(), time.minute()),
        (None, _) => format!("{}{grain}", moment.date),
    }
}

/// `2026-11-24 17:00`, `2026-11-30 week`, `by 2026-11-27`, `2026-12-24 to 2026-12-26`,
/// `FREQ=WEEKLY;BYDAY=MO from 2026-11-30 09:00`.
pub(crate) fn text(when: &When) -> String {
    match when {
        When::At(at) => moment(at),
        When::Between(first, last) => format!("{} to {}", moment(first), moment(last)),
        When::Bound(bound, at) => {
            let word = match bound {
                Bound::By => "by",
                Bound::Before => "before",
                Bound::Until => "until",
                Bound::After => "after",
                Bound::From => "from",
            };
            format!("{word} {}", moment(at))
        }
        When::Every(repeat) => format!("{} from {}", repeat.rule, moment(&repeat.first)),
    }
}

/// The phrase is found as a whole in a sentence, and resolved as an argument.
#[track_caller]
pub(crate) fn means(ctx: &Context, phrase: &str, expected: &str) {
    argument(ctx, phrase, expected);
    let sentence = format!("Ring Tim {phrase}");
    let found = find(&sentence, ctx);
    let meanings: Vec<String> = found.iter().map(|found| text(&found.when)).collect();
    assert_eq!(meanings, [expected], "{sentence:?}");
    assert_eq!(&sentence[found[0].range.clone()], phrase);
}

/// The phrase is resolved as an argument; in a sentence it might be too little to go by.
#[track_caller]
pub(crate) fn argument(ctx: &Context, phrase: &str, expected: &str) {
    let resolved = resolve(phrase, ctx).map(|when| text(&when));
    assert_eq!(resolved.as_deref(), Ok(expected), "{phrase:?}");
}

#[track_caller]
pub(crate) fn all_mean(ctx: &Context, table: &[(&str, &str)]) {
    for (phrase, expected) in table {
        means(ctx, phrase, expected);
    }
}
