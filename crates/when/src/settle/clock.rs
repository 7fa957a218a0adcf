//! Which morning and which evening: a time of day on the calendar.

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::{Offset, TimeZone};

use crate::calendar::{add_days, add_seconds};
use crate::grammar::Parser;
use crate::grammar::clock::Clock;
use crate::{DayPart, Moment};

impl Parser<'_> {
    /// See the rules at [`crate::Context`].
    pub(crate) fn at_clock(
        &self,
        clock: Clock,
        part: Option<DayPart>,
        date: Option<Date>,
    ) -> Option<Moment> {
        if let Some(zone) = clock.zone {
            return self.in_zone(clock, part, date, zone);
        }
        let part = clock.part.or(part);
        let (days, time) = match clock.ambiguous {
            true => self.halved(clock, part, date)?,
            false => (0, time(clock, clock.hour)?),
        };
        let told = match date {
            Some(date) => add_days(date, days)?,
            None if days == 0 && !clock.ends_day && self.today.to_datetime(time) > self.now => {
                self.today
            }
            None if clock.ends_day => self.today,
            None => add_days(self.today, days.max(1))?,
        };
        let tonight =
            part.is_some() || date.is_none() || date == Some(self.today) || clock.minute > 0;
        let told = add_days(told, i64::from(clock.ends_day && tonight))?;
        Some(Moment::at(
            self.ctx.existing(told.to_datetime(time)),
            clock.grain,
        ))
    }

    /// Decides an hour from 1 to 12: the part of the day, then the company, then what is usual.
    /// Also how many days later it is ("tonight at 2").
    fn halved(
        &self,
        clock: Clock,
        part: Option<DayPart>,
        date: Option<Date>,
    ) -> Option<(i64, Time)> {
        let twelve = clock.hour % 12;
        let afternoon = match part {
            Some(DayPart::Morning) => false,
            Some(DayPart::Evening | DayPart::Night) if twelve == 0 => {
                return Some((1, time(clock, 0)?));
            }
            Some(DayPart::Night) if twelve < 5 => return Some((1, time(clock, twelve)?)),
            Some(DayPart::Lunch) => twelve < 6,
            Some(_) => true,
            None => match self.hint {
                Some(afternoon) => afternoon || twelve == 0,
                None if date.is_none_or(|date| date == self.today) => {
                    return self.next_plausible(clock, date.is_some());
                }
                None => twelve < 7,
            },
        };
        Some((0, time(clock, twelve + if afternoon { 12 } else { 0 })?))
    }

    /// The next time a clock with hands shows it while people are awake.
    fn next_plausible(&self, clock: Clock, today: bool) -> Option<(i64, Time)> {
        let twelve = clock.hour % 12;
        for hour in [twelve, twelve + 12] {
            let time = time(clock, hour)?;
            if hour >= self.ctx.hours.wakes.min(12) && time > self.now.time() {
                return Some((0, time));
            }
        }
        let usual = if twelve < 7 { twelve + 12 } else { twelve };
        Some((i64::from(!today), time(clock, usual)?))
    }

    /// In a range the halves of the day are shared, and so is the zone: "3-4pm", "8am until 6",
    /// "9 to 5", "9:30 - 11:00 CST". `dateless` if no day was said.
    pub(crate) fn shared_half(&self, from: Clock, to: Clock, dateless: bool) -> (Clock, Clock) {
        let zone = from.zone.or(to.zone);
        let (from, to) = (Clock { zone, ..from }, Clock { zone, ..to });
        let half = |clock: Clock, afternoon: bool| clock.half(afternoon).unwrap_or(clock);
        match (from.ambiguous, to.ambiguous) {
            (false, false) => (from, to),
            (true, false) => {
                let same = half(from, to.hour >= 12);
                let before = same.minutes() < to.minutes() || to.ends_day;
                (
                    if before {
                        same
                    } else {
                        half(from, to.hour < 12)
                    },
                    to,
                )
            }
            (false, true) => {
                let morning = half(to, false);
                let before = morning.minutes() > from.minutes();
                (from, if before { morning } else { half(to, true) })
            }
            (true, true) => {
                // "9 to 5" wraps at noon; otherwise both halves are that of the beginning.
                let wraps = from.minutes() % 720 > to.minutes() % 720;
                let afternoon = match wraps {
                    true => from.minutes() % 720 < 360,
                    false => self.is_afternoon(from, dateless),
                };
                (half(from, afternoon), half(to, afternoon != wraps))
            }
        }
    }

    fn is_afternoon(&self, clock: Clock, dateless: bool) -> bool {
        let date = if dateless {
            None
        } else {
            add_days(self.today, 1)
        };
        let moment = self.at_clock(
            Clock {
                zone: None,
                ..clock
            },
            None,
            date,
        );
        moment
            .and_then(|moment| moment.time)
            .is_some_and(|time| time.hour() >= 12)
    }

    /// A time in another zone, as the reader's clock shows it. "Thursday 8:00 GMT" is the day there.
    fn in_zone(
        &self,
        clock: Clock,
        part: Option<DayPart>,
        date: Option<Date>,
        minutes: i16,
    ) -> Option<Moment> {
        let offset = Offset::from_seconds(i32::from(minutes) * 60).ok()?;
        let zone = TimeZone::fixed(offset);
        let now = self.now;
        let plain = Clock {
            zone: None,
            ..clock
        };
        let plain = match plain.ambiguous {
            true => plain.half(
                plain
                    .part
                    .or(part)
                    .map_or(plain.hour % 12 < 7, |part| part != DayPart::Morning),
            )?,
            false => plain,
        };
        let there = self.at_clock(plain, part, Some(date.unwrap_or(self.today)))?;
        let local = |told: DateTime| Some(self.ctx.local(zone.to_timestamp(told).ok()?));
        let mut here = local(there.start())?;
        if date.is_none() && here <= now {
            here = local(add_seconds(there.start(), 86_400)?)?;
        }
        Some(Moment::at(here, clock.grain))
    }
}

fn time(clock: Clock, hour: i8) -> Option<Time> {
    Time::new(hour, clock.minute, clock.second, 0).ok()
}
