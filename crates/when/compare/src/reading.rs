//! Both libraries' answers in one form: the civil times at which what they found begins and ends.

use chrono::{FixedOffset, NaiveDate, NaiveDateTime, TimeZone as _};
use duckling::{Context as Theirs, DimensionKind, DimensionValue, Grain, Lang, Locale, Options, Region, TimePoint, TimeValue, parse};
use jiff::civil::{Time, date};
use when::{Context, Moment, When};

/// What was found in a text.
pub(crate) struct Reading {
    /// `2026-11-24` or `2026-11-24 17:00`, of both ends of an interval.
    pub(crate) ends: Vec<String>,
    pub(crate) every: bool,
}

/// Both libraries on Monday, 23 November 2026, 13:00 in Berlin, days before months.
pub(crate) struct Readers {
    ours: Context,
    theirs: Theirs,
    locale: Locale,
}

impl Readers {
    pub(crate) fn new() -> Self {
        let zone = jiff::tz::TimeZone::get("Europe/Berlin").expect("the zone is bundled");
        let now = date(2026, 11, 23).at(13, 0, 0, 0).to_zoned_datetime(zone).expect("the time exists");
        let locale = Locale::new(Lang::EN, Some(Region::GB));
        let offset = FixedOffset::east_opt(3600).expect("an hour is an offset");
        let civil = NaiveDate::from_ymd_opt(2026, 11, 23).and_then(|day| day.and_hms_opt(13, 0, 0)).expect("the time exists");
        let now_there = offset.from_local_datetime(&civil).single().expect("offsets have no gaps");
        Self {
            ours: Context::new(now),
            theirs: Theirs::new(now_there, locale),
            locale,
        }
    }

    pub(crate) fn when(&self, text: &str) -> Vec<Reading> {
        when::find(text, &self.ours).iter().map(|found| ours(&found.when)).collect()
    }

    pub(crate) fn resolve(&self, text: &str) -> Vec<Reading> {
        when::resolve(text, &self.ours).iter().map(ours).collect()
    }

    pub(crate) fn duckling(&self, text: &str) -> Vec<Reading> {
        let found = parse(text, &self.locale, &[DimensionKind::Time], &self.theirs, &Options::default());
        let times = found.iter().filter_map(|entity| match &entity.value {
            DimensionValue::Time(time) => Some(theirs(time)),
            _ => None,
        });
        times.collect()
    }
}

/// The times a row of the table allows, and whether it is a recurrence.
pub(crate) fn expected(meaning: &str) -> (Vec<String>, bool) {
    if let Some((_, first)) = meaning.strip_prefix("FREQ=").and_then(|rule| rule.split_once(" from ")) {
        return (vec![first.to_owned()], true);
    }
    let plain = ["by ", "before ", "until ", "after ", "from "].iter().find_map(|bound| meaning.strip_prefix(bound));
    let ends = plain.unwrap_or(meaning).split(" to ");
    let grain = |end: &str| {
        let end = end.trim_end_matches(|letter: char| letter.is_ascii_lowercase()).trim_end();
        end.strip_suffix(":00:00").map_or(end.to_owned(), |hour| format!("{hour}:00"))
    };
    (ends.take(1).map(grain).collect(), false)
}

fn ours(when: &When) -> Reading {
    let ends = match when {
        When::Between(first, last) => vec![moment(first), moment(last)],
        other => vec![moment(other.moment())],
    };
    Reading { ends, every: matches!(when, When::Every(_)) }
}

fn moment(moment: &Moment) -> String {
    match moment.time {
        None => moment.date.to_string(),
        Some(time) if time.second() == 0 => format!("{} {:02}:{:02}", moment.date, time.hour(), time.minute()),
        Some(time) => format!("{} {}", moment.date, Time::constant(time.hour(), time.minute(), time.second(), 0)),
    }
}

/// All that an answer of theirs may be taken to mean: interval ends are exclusive there, a part
/// of a day is an interval, and a grain of a day or more is a day.
fn theirs(time: &TimeValue) -> Reading {
    let ends = match time {
        TimeValue::Single { value, .. } => point(value),
        TimeValue::Interval { from, to, .. } => from.iter().chain(to).flat_map(spread).collect(),
    };
    Reading { ends, every: false }
}

fn civil(point: &TimePoint) -> (NaiveDateTime, Grain) {
    match point {
        TimePoint::Naive { value, grain } => (*value, *grain),
        TimePoint::Instant { value, grain } => (value.naive_local(), *grain),
    }
}

fn point(point: &TimePoint) -> Vec<String> {
    let (value, grain) = civil(point);
    match grain {
        Grain::Second => vec![value.format("%F %T").to_string(), value.format("%F %R").to_string()],
        Grain::Minute => vec![value.format("%F %R").to_string()],
        Grain::Hour if value.format("%R").to_string() == "13:00" => vec![value.format("%F %R").to_string(), value.format("%F").to_string()],
        Grain::Hour => vec![value.format("%F %R").to_string()],
        _ => vec![value.format("%F").to_string()],
    }
}

/// An end of an interval as a day, as the day before, as a time, and as any usual time of a part
/// of its day, so that no convention of ours costs them a point.
fn spread(end: &TimePoint) -> Vec<String> {
    let (value, _) = civil(end);
    let day = value.format("%F").to_string();
    let before = (value - chrono::Duration::seconds(1)).format("%F").to_string();
    let usual = ["09:00", "12:00", "15:00", "17:00", "19:00", "20:00"];
    let parts = usual.iter().flat_map(|time| [format!("{day} {time}"), format!("{before} {time}")]);
    let exact = [day.clone(), before.clone(), value.format("%F %R").to_string()];
    let minute = (value - chrono::Duration::minutes(1)).format("%F %R").to_string();
    exact.into_iter().chain([minute]).chain(parts).collect()
}
