//! The date a task gets when it is moved.

use jiff::civil::{Date, Time};
use protocol::Due;
use when::{Amount, Context};

use crate::intent::NewDue;

/// Why there is no new date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NoDue {
    /// Nothing to count from.
    Undated,
    /// Beyond the calendar.
    Beyond,
}

/// The date as the tools read it; `none` takes it off.
pub(crate) fn moved(due: NewDue, before: Option<Due>, ctx: &Context) -> Result<String, NoDue> {
    match due {
        NewDue::Clear => Ok("none".to_owned()),
        NewDue::Unsaid => Err(NoDue::Undated),
        NewDue::To(date, time) => {
            let date = date.or_else(|| before.is_none().then(|| next_day(time, ctx)));
            joined(before, date, time)
                .map(|due| due.to_string())
                .ok_or(NoDue::Beyond)
        }
        NewDue::By(amount) => shifted(before.ok_or(NoDue::Undated)?, amount).ok_or(NoDue::Beyond),
    }
}

/// A time without a day is the next time the clock shows it.
fn next_day(time: Option<Time>, ctx: &Context) -> Date {
    let now = ctx.now.datetime();
    match time {
        Some(time) if time <= now.time() => now.date().tomorrow().unwrap_or(now.date()),
        _ => now.date(),
    }
}

/// What is not said stays: a day keeps its time, a time its day.
pub(crate) fn joined(before: Option<Due>, date: Option<Date>, time: Option<Time>) -> Option<Due> {
    let kept = before.and_then(when::date_of);
    let date = date.or(kept)?;
    let day = Due::on(
        date.year(),
        u8::try_from(date.month()).ok()?,
        u8::try_from(date.day()).ok()?,
    )?;
    let clock = match time {
        Some(time) => Some((
            u8::try_from(time.hour()).ok()?,
            u8::try_from(time.minute()).ok()?,
        )),
        None => before.and_then(Due::time),
    };
    match clock {
        Some((hour, minute)) => day.at(hour, minute),
        None => Some(day),
    }
}

fn shifted(before: Due, amount: Amount) -> Option<String> {
    let at = amount.after(when::datetime_of(before)?)?;
    let timed = before.time().is_some() || !amount.is_whole_days();
    let time = timed.then(|| at.time());
    let empty = Due::on(1, 1, 1)?;
    joined(Some(empty), Some(at.date()), time).map(|due| due.to_string())
}
