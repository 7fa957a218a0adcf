//! Dates as programs write them: ISO 8601 and RFC 3339.

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::{Offset, TimeZone};

use crate::{Context, Grain, Moment};

/// Reads `2026-11-24`, `2026-11-24T17:00`, with seconds, fractions, a space for the `T`, and an
/// offset (`Z`, `+01:00`, `-0500`), at the beginning of a text. With an offset the result is what
/// the reader's clock shows at that instant. Also says how many bytes were read.
pub(crate) fn moment(text: &str, ctx: &Context) -> Option<(Moment, usize)> {
    let bytes = text.as_bytes();
    let date = date(bytes)?;
    let day = Some((Moment::day(date), 10));
    let after = bytes.get(10).copied();
    if !matches!(after, Some(b'T' | b't' | b' ')) || !bytes.get(11).is_some_and(u8::is_ascii_digit)
    {
        return day.filter(|_| !after.is_some_and(|byte| byte.is_ascii_alphanumeric()));
    }
    let Some((time, grain, length)) = clock(bytes.get(11..)?) else {
        return day.filter(|_| after == Some(b' '));
    };
    let end = 11 + length;
    let local = date.to_datetime(time);
    Some(match offset(bytes.get(end..)?) {
        Some((offset, length)) => (
            Moment::at(convert(local, offset, ctx)?, grain),
            end + length,
        ),
        None => (Moment::at(ctx.existing(local), grain), end),
    })
}

fn convert(local: DateTime, offset: Offset, ctx: &Context) -> Option<DateTime> {
    let instant = TimeZone::fixed(offset).to_timestamp(local).ok()?;
    Some(ctx.local(instant))
}

fn digits(bytes: &[u8], count: usize) -> Option<i16> {
    let digits = bytes.get(..count)?;
    let add = |sum: i16, byte: &u8| {
        byte.is_ascii_digit()
            .then(|| sum * 10 + i16::from(byte - b'0'))
    };
    digits.iter().try_fold(0, add)
}

fn date(bytes: &[u8]) -> Option<Date> {
    let year = digits(bytes, 4)?;
    let month = digits(bytes.get(5..)?, 2)?;
    let day = digits(bytes.get(8..)?, 2)?;
    let dashes = bytes.get(4) == Some(&b'-') && bytes.get(7) == Some(&b'-');
    let more = bytes.get(10).is_some_and(u8::is_ascii_digit);
    if !dashes || more {
        return None;
    }
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

fn clock(bytes: &[u8]) -> Option<(Time, Grain, usize)> {
    let two = |at: usize| i8::try_from(digits(bytes.get(at..)?, 2)?).ok();
    if bytes.get(2) != Some(&b':') {
        return None;
    }
    let (hour, minute) = (two(0)?, two(3)?);
    let Some(second) = (bytes.get(5) == Some(&b':')).then(|| two(6)).flatten() else {
        return Some((Time::new(hour, minute, 0, 0).ok()?, Grain::Minute, 5));
    };
    let mut end = 8;
    if bytes.get(8) == Some(&b'.') {
        let fraction = bytes
            .get(9..)?
            .iter()
            .take_while(|byte| byte.is_ascii_digit())
            .count();
        end += if fraction == 0 { 0 } else { fraction + 1 };
    }
    let grain = if second == 0 {
        Grain::Minute
    } else {
        Grain::Second
    };
    // RFC 3339 allows a leap second, which no civil clock of ours shows.
    Some((Time::new(hour, minute, second.min(59), 0).ok()?, grain, end))
}

fn offset(bytes: &[u8]) -> Option<(Offset, usize)> {
    let sign = match bytes.first()? {
        b'Z' | b'z' if !bytes.get(1).is_some_and(u8::is_ascii_alphanumeric) => {
            return Some((Offset::UTC, 1));
        }
        b'+' => 1,
        b'-' => -1,
        _ => return None,
    };
    let hours = digits(bytes.get(1..)?, 2)?;
    let colon = usize::from(bytes.get(3) == Some(&b':'));
    let (minutes, length) = match bytes.get(3 + colon..).and_then(|rest| digits(rest, 2)) {
        Some(minutes) => (minutes, 5 + colon),
        None if colon == 0 => (0, 3),
        None => return None,
    };
    if hours > 14 || minutes > 59 {
        return None;
    }
    let seconds = sign * (i32::from(hours) * 3600 + i32::from(minutes) * 60);
    Some((Offset::from_seconds(seconds).ok()?, length))
}
