//! Parts of periods: "end of the month", "early March", "first Monday of next month",
//! "the 20th of this month", "third last week of 2018".

use jiff::civil::{Date, Weekday};

use super::date::Day;
use super::{Lead, Parsed, Parser};
use crate::calendar::{add_days, add_months};
use crate::lexicon::{Key, Sense, Unit};
use crate::scan::{Kind, Token};
use crate::{DayPart, Grain, Moment};

/// A period that something lies in, and whether it was pinned down ("this month", "March 2027")
/// or may be the next of its kind ("the month", "March").
type Container = (Moment, bool);

impl Parser<'_> {
    /// "end of March", "the beginning of next week", "mid-June", "late next month", "eom".
    pub(crate) fn edge(&self, at: usize, _lead: Lead) -> Parsed<Day> {
        let at = self.skip(at, Key::The);
        if let Sense::EndOf(unit) = self.sense(at) {
            return Some((self.end_of(self.shifted(unit, 0)?)?, at + 1));
        }
        let edge @ (Key::Begin | Key::Middle | Key::End | Key::Early | Key::Late) = self.key(at)?
        else {
            return None;
        };
        let mut next = self.skip_mark(at + 1, '-');
        let of = self.is(next, Key::Of);
        next = self.skip(next, Key::Of);
        let Some(((period, pinned), end)) = self.container(next, true) else {
            let (day, end) = self
                .inner_date(next, Lead::On)
                .filter(|(day, _)| of && day.moment.grain == Grain::Day)?;
            let part = if edge == Key::End {
                DayPart::End
            } else {
                DayPart::Morning
            };
            return (edge == Key::End || edge == Key::Begin).then_some((
                Day {
                    part: Some(part),
                    ..day
                },
                end,
            ));
        };
        // "start work", "end day": only the short forms go without "of".
        if !of && matches!(edge, Key::Begin | Key::End) {
            return None;
        }
        let day = match edge {
            Key::End => self.end_of(period)?,
            Key::Begin if period.grain == Grain::Day => Day {
                part: Some(DayPart::Morning),
                ..Day::new(period.date)
            },
            Key::Begin => Day::new(self.not_past(period, pinned, |start| Some(start.date))?),
            Key::Middle => Day::new(middle(period)?),
            _ => self.third(period, edge == Key::Late)?,
        };
        Some((day, end))
    }

    /// The last day; of a week the last working day, as long as it lies ahead; of a day the end
    /// of work.
    fn end_of(&self, period: Moment) -> Option<Day> {
        let last = add_days(period.end(self.ctx.week_start).date(), -1)?;
        let date = match period.grain {
            Grain::Day => {
                return Some(Day {
                    part: Some(DayPart::End),
                    ..Day::new(period.date)
                });
            }
            Grain::Week => {
                let friday = add_days(
                    period.date,
                    i64::from(Weekday::Friday.since(self.ctx.week_start)),
                )?;
                if friday < self.today && self.today <= last {
                    last
                } else {
                    friday
                }
            }
            _ => last,
        };
        Some(Day::new(date))
    }

    /// The first or the last third of a month, the first or the last half of anything longer or
    /// shorter.
    fn third(&self, period: Moment, late: bool) -> Option<Day> {
        let start = period.date;
        let last = add_days(period.end(self.ctx.week_start).date(), -1)?;
        let (from, to) = match (period.grain, late) {
            (Grain::Month, false) => (start, add_days(start, 9)?),
            (Grain::Month, true) => (add_days(start, 20)?, last),
            (Grain::Week, false) => (start, add_days(start, 2)?),
            (Grain::Week, true) => (add_days(start, 3)?, last),
            (Grain::Year, false) => (start, add_days(add_months(start, 4)?, -1)?),
            (Grain::Year, true) => (add_months(start, 8)?, last),
            _ => return None,
        };
        Some(Day::range(from, to))
    }

    /// What "of" can be followed by. `days` lets a day be one: "end of the day", "end of today".
    pub(super) fn container(&self, at: usize, days: bool) -> Parsed<Container> {
        let the = self.is(at, Key::The);
        let from = self.skip(at, Key::The);
        let about = self.skip(from, Key::About);
        if let Some((step, next)) = self.direction(about) {
            let (unit, end) = self.unit(next).unwrap_or((Unit::Second, next));
            if let Some(period) = self
                .shifted(unit, step)
                .filter(|_| days || unit != Unit::Day)
            {
                return Some(((period, true), end));
            }
        }
        if let Some((quarter, next)) = self.quarter(from, Lead::In) {
            return Some(((quarter.moment, true), next));
        }
        if let Some((unit, next)) = self.unit(from)
            && !self.is_plural_unit(from)
            && self.word(from).len() > 2
            && (the || self.clause_ends(next))
            && let Some(period) = self.shifted(unit, 0).filter(|_| days || unit != Unit::Day)
        {
            let week_after_next = self.named_week(from).map(|(week, end)| ((week, true), end));
            return week_after_next.or(Some(((period, false), next)));
        }
        if let Sense::Day(step) = self.sense(from) {
            let date = add_days(self.today, i64::from(step))?;
            return days.then_some(((Moment::day(date), true), from + 1));
        }
        if let Some((year, next)) = self.year(from, false) {
            let start = Date::new(year, 1, 1).ok()?;
            return Some(((Day::period(start, Grain::Year).moment, true), next));
        }
        self.container_month(from)
    }

    fn container_month(&self, at: usize) -> Parsed<Container> {
        let (step, from) = self
            .direction(at)
            .map_or((None, at), |(step, next)| (Some(step), next));
        let ((month, _), next) = self.month(from)?;
        let comma = self.skip(self.skip_mark(next, ','), Key::Of);
        let month_of = |date: Date| Day::period(date, Grain::Month).moment;
        if let Some((year, end)) = self
            .year(comma, false)
            .or_else(|| self.relative_year(comma))
        {
            return Some(((month_of(Date::new(year, month, 1).ok()?), true), end));
        }
        Some((
            (month_of(self.month_from(month, step)?), step.is_some()),
            next,
        ))
    }

    /// A day in a period; in the next such period if this one's has passed and nobody said which.
    pub(super) fn not_past(
        &self,
        period: Moment,
        pinned: bool,
        pick: impl Fn(Moment) -> Option<Date>,
    ) -> Option<Date> {
        let found = pick(period);
        if pinned || found.is_some_and(|date| date >= self.today) {
            return found;
        }
        let unit = |months| {
            let date = add_months(period.date, months)?;
            pick(Moment { date, ..period })
        };
        // "The month" rolls on by months; a month by name comes once a year.
        let this_month = period.grain == Grain::Month && period.date == self.today.first_of_month();
        match period.grain {
            Grain::Month
                if this_month && !self.tokens.is_empty() && self.month_is_unnamed(period) =>
            {
                unit(1)
            }
            Grain::Month | Grain::Year => unit(12),
            Grain::Quarter => unit(3),
            _ => found,
        }
    }

    /// Whether no month is named in the text, so that this month came from "the month".
    fn month_is_unnamed(&self, period: Moment) -> bool {
        let named = |token: &Token| matches!(token.kind, Kind::Word(Sense::Month(month, _)) if month == period.date.month());
        !self.tokens.iter().take(400).any(named)
    }
}

fn middle(period: Moment) -> Option<Date> {
    let days = match period.grain {
        Grain::Month => 14,
        Grain::Week => 2,
        Grain::Quarter => 45,
        Grain::Year => return add_months(period.date, 6),
        _ => return None,
    };
    add_days(period.date, days)
}
