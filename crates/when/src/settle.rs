//! From the parts of a phrase to a moment: which morning, which evening, which side of a bound.

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::{Offset, TimeZone};

use crate::calendar::{add_days, add_months, add_seconds};
use crate::context::hour;
use crate::grammar::clock::Clock;
use crate::grammar::date::{Day, Named};
use crate::grammar::phrase::Phrase;
use crate::grammar::{Lead, Parser};
use crate::{Bound, DayPart, Grain, Moment, When};

impl Parser<'_> {
    /// What a phrase means, and what else it might.
    pub(crate) fn settle(&self, phrase: &Phrase) -> Option<(When, Option<When>)> {
        let (first, last) = self.moments(phrase)?;
        let first = self.after_lunch(phrase, first);
        let when = |first: Moment| self.with_bound(phrase, first, last);
        let other = phrase
            .day
            .and_then(|day| day.other)
            .map(|date| Moment { date, ..first });
        Some((
            when(first),
            other
                .map(when)
                .or_else(|| self.midnight_after(phrase, first)),
        ))
    }

    fn with_bound(&self, phrase: &Phrase, first: Moment, last: Option<Moment>) -> When {
        if let Some(last) = last {
            return When::Between(first, last);
        }
        let bound = match phrase.lead {
            Lead::By | Lead::Within => Bound::By,
            Lead::Before => Bound::Before,
            Lead::Until => Bound::Until,
            Lead::After if phrase.day.is_none_or(|day| day.bound.is_none()) => Bound::After,
            Lead::From => Bound::From,
            _ => match phrase.day.and_then(|day| day.bound) {
                Some(bound) => bound,
                None => return When::At(first),
            },
        };
        When::Bound(bound, first)
    }

    /// Lunch takes an hour.
    fn after_lunch(&self, phrase: &Phrase, first: Moment) -> Moment {
        let lunch = first.grain == Grain::Part(DayPart::Lunch) && phrase.lead == Lead::After;
        match lunch {
            true => Moment {
                time: Some(hour(self.ctx.hours.lunch.saturating_add(1))),
                grain: Grain::Minute,
                ..first
            },
            false => first,
        }
    }

    /// "Friday at midnight" begins the Friday to a calendar and ends it to many people.
    fn midnight_after(&self, phrase: &Phrase, first: Moment) -> Option<When> {
        let day = phrase
            .day
            .filter(|_| phrase.clock.is_some_and(|clock| clock.ends_day))?;
        let later = Moment {
            date: add_days(day.moment.date, 1)?,
            ..first
        };
        (later.date != first.date).then(|| self.with_bound(phrase, later, None))
    }

    /// The beginning of a phrase and, of a range, its end.
    fn moments(&self, phrase: &Phrase) -> Option<(Moment, Option<Moment>)> {
        let date = phrase.day.map(|day| day.moment.date);
        if let (Some(from), Some(to)) = (phrase.clock, phrase.until) {
            let part = from.part.or(to.part).or(phrase.part);
            let (from, to) = match part {
                // "tonight from 7 to 9": the part of the day decides for both.
                Some(part) => (
                    Clock {
                        part: Some(part),
                        ..from
                    },
                    Clock {
                        part: Some(part),
                        ..to
                    },
                ),
                None => self.shared_half(from, to, date.is_none()),
            };
            let first = self.at_clock(from, phrase.part, date)?;
            let start = first.start();
            if !from.ambiguous && !to.ambiguous {
                let minutes = (to.minutes() - from.minutes() - 1).rem_euclid(1440) + 1;
                let end = add_seconds(start, i64::from(minutes) * 60)?;
                return Some((first, Some(Moment::at(end, to.grain))));
            }
            let mut last = self.at_clock(to, phrase.part, Some(first.date))?;
            if last.start() <= start {
                last.date = add_days(last.date, 1)?;
            }
            return Some((first, Some(last)));
        }
        let first = self.moment(phrase)?;
        if let Some(amount) = phrase.lasting {
            let last = amount.after(first.start())?;
            let last = match first.time.is_none() && amount.is_whole_days() {
                true => Moment::day(add_days(last.date(), -1)?),
                false => Moment::at(last, first.grain.max_minute()),
            };
            return Some((first, Some(last)));
        }
        Some((first, phrase.day.and_then(|day| day.end)))
    }

    pub(crate) fn moment(&self, phrase: &Phrase) -> Option<Moment> {
        match (phrase.day, phrase.clock) {
            (day, Some(clock)) => self.at_clock(clock, phrase.part, day.map(|day| day.moment.date)),
            (Some(day), None) => Some(match phrase.part {
                Some(part) => self.at_part(part, day.moment.date),
                None => day.moment,
            }),
            (None, None) => {
                let part = phrase.part?;
                let today = self.at_part(part, self.today);
                if part == DayPart::End {
                    return Some(today);
                }
                match today.time.is_some_and(|time| time > self.now.time()) {
                    true => Some(today),
                    false => Some(self.at_part(part, add_days(self.today, 1)?)),
                }
            }
        }
    }

    /// The usual time of a part of the day.
    pub(crate) fn at_part(&self, part: DayPart, date: Date) -> Moment {
        let hours = &self.ctx.hours;
        // Who says "by the end of the day" after work means the day.
        if part == DayPart::End && date == self.today && self.now.hour() >= hours.end_of_work {
            let time = Some(Time::constant(23, 59, 0, 0));
            return Moment {
                date,
                time,
                grain: Grain::Part(part),
            };
        }
        let usual = match part {
            DayPart::Morning => hours.morning,
            DayPart::Lunch => hours.lunch,
            DayPart::Afternoon => hours.afternoon,
            DayPart::Evening => hours.evening,
            DayPart::Night => hours.night,
            DayPart::End => hours.end_of_work,
        };
        Moment {
            date,
            time: Some(hour(usual)),
            grain: Grain::Part(part),
        }
    }

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

    /// In a range the halves of the day are shared: "3-4pm", "8am until 6", "9 to 5".
    fn shared_half(&self, from: Clock, to: Clock, dateless: bool) -> (Clock, Clock) {
        let half = |clock: Clock, afternoon: bool| clock.half(afternoon).unwrap_or(clock);
        match (from.ambiguous, to.ambiguous) {
            (true, false) => {
                let from = Clock {
                    zone: from.zone.or(to.zone),
                    part: None,
                    ..from
                };
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
                let (morning, afternoon) = (half(to, false), half(to, true));
                let to = if morning.minutes() > from.minutes() {
                    morning
                } else {
                    afternoon
                };
                (
                    Clock {
                        zone: from.zone.or(to.zone),
                        ..from
                    },
                    to,
                )
            }
            (true, true) => {
                let (a, b) = (from.minutes() % 720, to.minutes() % 720);
                // "9 to 5" wraps at noon; otherwise both halves are that of the beginning.
                let zone = from.zone.or(to.zone);
                let from = Clock { zone, ..from };
                let afternoon = match a > b {
                    true => a < 360,
                    false => match self.at_clock(
                        Clock { zone: None, ..from },
                        None,
                        dateless
                            .then_some(())
                            .map_or(add_days(self.today, 1), |()| None),
                    ) {
                        Some(moment) => moment.time.is_some_and(|time| time.hour() >= 12),
                        None => false,
                    },
                };
                (
                    half(from, afternoon),
                    half(Clock { zone, ..to }, afternoon != (a > b)),
                )
            }
            (false, false) => (
                Clock {
                    zone: from.zone.or(to.zone),
                    ..from
                },
                to,
            ),
        }
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

    /// From one phrase to another: "Monday to Friday", "Dec 24 at noon until Dec 26".
    pub(crate) fn settle_range(&self, from: &Phrase, to: &Phrase) -> Option<When> {
        let mut first = self.moment(from)?;
        let mut last = self.moment(to)?;
        // "Nov 18 - Dec 19, 2015": the year at the end is the year of both.
        if from.day.is_some_and(|day| day.named == Named::Number)
            && to.day.is_some_and(|day| day.named == Named::Exactly)
        {
            let years = i64::from(last.date.year()) - i64::from(first.date.year());
            let same = add_months(first.date, years * 12)?;
            first.date = if same <= last.date {
                same
            } else {
                add_months(same, -12)?
            };
        }
        let named = to.day.map(|day: Day| day.named);
        if last.start() == first.start() && last.time.is_some() {
            return None;
        }
        if last.start() < first.start() {
            last.date = match named {
                Some(Named::Weekday(_)) => {
                    let behind = first.date.duration_until(last.date).as_hours() / 24;
                    add_days(last.date, (-behind + 6) / 7 * 7)?
                }
                Some(Named::Number) => {
                    let year = add_months(last.date, 12)?;
                    [add_months(last.date, 1)?, year]
                        .into_iter()
                        .find(|date| *date >= first.date)?
                }
                _ => return None,
            };
        }
        Some(When::Between(first, last))
    }
}

fn time(clock: Clock, hour: i8) -> Option<Time> {
    Time::new(hour, clock.minute, clock.second, 0).ok()
}

impl Grain {
    /// An end worked out from a length is exact to the minute.
    fn max_minute(self) -> Self {
        match self {
            Self::Second => Self::Second,
            _ => Self::Minute,
        }
    }
}
