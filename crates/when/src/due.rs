//! From a phrase's meaning to the due date of a task, and back to jiff's types.

use jiff::civil::{Date, DateTime, Time};
use protocol::Due;

use crate::calendar::add_days;
use crate::{Context, Grain, Moment, When};

impl When {
    /// When a task is due that was given this phrase.
    ///
    /// A span and a longer period are due when they begin, a deadline when it expires, a
    /// repetition at its first time. `None` outside the years 1 to 9999.
    pub fn due(&self) -> Option<Due> {
        self.moment().due()
    }

    /// The same, except that a period which is running ("this week", "in November" said in
    /// November) is due on its last day and not on a day that has passed.
    pub fn due_in(&self, ctx: &Context) -> Option<Due> {
        let today = ctx.clock().date();
        match self {
            Self::At(moment) if moment.grain > Grain::Day && moment.date <= today => {
                let last = add_days(moment.end(ctx.week_start).date(), -1)?;
                let day = if last >= today { last } else { moment.date };
                Moment::day(day).due()
            }
            _ => self.due(),
        }
    }
}

impl Moment {
    /// The local date, or the local date and minute.
    pub fn due(&self) -> Option<Due> {
        let day = Due::on(
            self.date.year(),
            u8::try_from(self.date.month()).ok()?,
            u8::try_from(self.date.day()).ok()?,
        )?;
        let Some(time) = self.time else {
            return Some(day);
        };
        day.at(
            u8::try_from(time.hour()).ok()?,
            u8::try_from(time.minute()).ok()?,
        )
    }
}

/// The day of a due date, as jiff counts it.
pub fn date_of(due: Due) -> Option<Date> {
    Date::new(
        due.year(),
        i8::try_from(due.month()).ok()?,
        i8::try_from(due.day()).ok()?,
    )
    .ok()
}

/// A due date as a civil time; a due day begins at midnight.
pub fn datetime_of(due: Due) -> Option<DateTime> {
    let (hour, minute) = due.time().unwrap_or((0, 0));
    let time = Time::new(i8::try_from(hour).ok()?, i8::try_from(minute).ok()?, 0, 0).ok()?;
    Some(date_of(due)?.to_datetime(time))
}
