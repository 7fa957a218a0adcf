//! From the parts of a phrase to a moment: which morning, which evening, which side of a bound.

mod clock;

use jiff::civil::{Date, Time};

use crate::calendar::{add_days, add_months, add_seconds, days_between};
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
        let first = self.in_the_past(phrase, self.after_lunch(phrase, first));
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
            Lead::From | Lead::Since => Bound::From,
            _ => match phrase.day.and_then(|day| day.bound) {
                Some(bound) => bound,
                None => return When::At(first),
            },
        };
        When::Bound(bound, first)
    }

    /// "since Monday" and "since March" have been; the rules found the next ones.
    fn in_the_past(&self, phrase: &Phrase, first: Moment) -> Moment {
        let named = phrase.day.map(|day| day.named);
        if phrase.lead != Lead::Since || first.start() <= self.now {
            return first;
        }
        let before = match named {
            Some(Named::Weekday(_)) => add_days(first.date, -7),
            Some(Named::Number) => add_months(first.date, -1),
            Some(Named::MonthDay | Named::Period) => add_months(first.date, -12),
            None => add_days(first.date, -1),
            Some(Named::Exactly | Named::Written) => None,
        };
        Moment {
            date: before.unwrap_or(first.date),
            ..first
        }
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
            let (from, to) = (as_written(from, phrase.day), as_written(to, phrase.day));
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
                let seconds = (to.seconds() - from.seconds() - 1).rem_euclid(86_400) + 1;
                let end = add_seconds(start, i64::from(seconds))?;
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
        match (
            phrase.day,
            phrase.clock.map(|clock| as_written(clock, phrase.day)),
        ) {
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

    /// From one phrase to another: "Monday to Friday", "Dec 24 at noon until Dec 26".
    pub(crate) fn settle_range(&self, from: &Phrase, to: &Phrase) -> Option<When> {
        let mut first = self.moment(from)?;
        let mut last = self.moment(to)?;
        // "Nov 18 - Dec 19, 2015": the year at the end is the year of both.
        let yearless = |day: Day| {
            day.named == Named::MonthDay
                || day.named == Named::Period && day.moment.grain == Grain::Month
        };
        if from.day.is_some_and(yearless)
            && to
                .day
                .is_some_and(|day| matches!(day.named, Named::Exactly | Named::Written))
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
                    let behind = days_between(first.date, last.date);
                    add_days(last.date, (-behind + 6) / 7 * 7)?
                }
                Some(Named::Number) => add_months(last.date, 1)?,
                Some(Named::MonthDay) => add_months(last.date, 12)?,
                Some(Named::Period) => match last.grain {
                    Grain::Month => add_months(last.date, 12)?,
                    Grain::Week | Grain::Weekend => add_days(last.date, 7)?,
                    _ => return None,
                },
                _ => return None,
            };
        }
        (first.start() <= last.start()).then_some(When::Between(first, last))
    }
}

/// After a date with its year "10:30" is written by the clock of 24 hours.
fn as_written(clock: Clock, day: Option<Day>) -> Clock {
    let written = day.is_some_and(|day| day.named == Named::Written) && clock.hour >= 10;
    Clock {
        ambiguous: clock.ambiguous && (clock.bare_hour || !written),
        ..clock
    }
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
