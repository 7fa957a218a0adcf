//! Days and periods: the rules in one place, and the choice between them.

use jiff::civil::{Date, Weekday};

use super::{Lead, Parsed, Parser};
use crate::calendar::{add_days, add_months};
use crate::lexicon::{Key, Sense, Unit};
use crate::scan::Kind;
use crate::{Bound, DayPart, Grain, Moment};

/// A day or period as it was said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Day {
    pub(crate) moment: Moment,
    /// The last day of a range: "July 13-15", "the next three days".
    pub(crate) end: Option<Moment>,
    pub(crate) part: Option<DayPart>,
    /// "within two weeks".
    pub(crate) bound: Option<Bound>,
    pub(crate) named: Named,
    /// The day somebody still up after midnight may mean.
    pub(crate) other: Option<Date>,
}

/// How a day was named, as far as neighbours care: "Friday" + "next week" is one day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Named {
    Exactly,
    /// With its year, as in writing: "24 Nov 2026".
    Written,
    Weekday(Weekday),
    /// "the 15th".
    Number,
    /// "March 3" without a year.
    MonthDay,
    Period,
}

impl Day {
    pub(crate) const fn new(date: Date) -> Self {
        Self {
            moment: Moment::day(date),
            end: None,
            part: None,
            bound: None,
            named: Named::Exactly,
            other: None,
        }
    }

    pub(crate) const fn written(date: Date) -> Self {
        let mut day = Self::new(date);
        day.named = Named::Written;
        day
    }

    pub(crate) const fn period(date: Date, grain: Grain) -> Self {
        let mut day = Self::new(date);
        day.moment.grain = grain;
        day.named = Named::Period;
        day
    }

    pub(crate) const fn range(from: Date, to: Date) -> Self {
        let mut day = Self::new(from);
        day.end = Some(Moment::day(to));
        day
    }
}

impl Parser<'_> {
    /// The longest reading of a day or period here.
    pub(crate) fn date(&self, at: usize, lead: Lead) -> Parsed<Day> {
        let rules = [
            Self::numeric,
            Self::month_and_day,
            Self::weekday,
            Self::relative_day,
            Self::distance,
            Self::edge,
            Self::nth_of,
            Self::period,
            Self::holiday,
            Self::day_number,
        ];
        let mut best: Parsed<Day> = None;
        for rule in rules {
            if let Some((day, next)) = rule(self, at, lead)
                && best.is_none_or(|(_, longest)| next > longest)
            {
                best = Some((day, next));
            }
        }
        best
    }

    /// A day or period inside another ("two days before …"), to a small depth.
    pub(crate) fn inner_date(&self, at: usize, lead: Lead) -> Parsed<Day> {
        if self.depth > 2 {
            return None;
        }
        Self {
            depth: self.depth + 1,
            ..*self
        }
        .date(at, lead)
    }

    /// "the 15th": the next day of that number. Without "the" or a preposition an ordinal is an
    /// entry of a list, and so it is after a command ("complete the 2nd").
    fn day_number(&self, at: usize, lead: Lead) -> Parsed<Day> {
        let the = self.is(at, Key::The);
        let from = self.skip(at, Key::The);
        let digits = self.digits(from).is_some();
        let (number, next) = self
            .ordinal(from)
            .or_else(|| self.number(from).filter(|_| digits && the))?;
        let day = i8::try_from(number)
            .ok()
            .filter(|day| (1..=31).contains(day))?;
        let commanded = at > 0 && self.is(at - 1, Key::Command);
        let spelled = !matches!(self.kind(from), Some(Kind::Ordinal(_)));
        let firm = matches!(
            lead,
            Lead::On
                | Lead::By
                | Lead::Before
                | Lead::Until
                | Lead::After
                | Lead::From
                | Lead::Between
        ) || lead == Lead::For && the && number > 3;
        let said = firm || self.whole && (the || !spelled) || the && !spelled && !commanded;
        let ends = self.clause_ends(next)
            && !self.is(next, Key::Last)
            && self.unit(next).is_none()
            && self.weekday_at(next).is_none();
        let loose = spelled && !the && lead != Lead::On && !self.whole;
        if !said || !ends || loose || digits && !firm && !self.whole {
            return None;
        }
        let mut found = Day::new(self.next_day_number(day, self.today)?);
        found.named = Named::Number;
        Some((found, next))
    }

    /// The first day of that number from a day on.
    pub(crate) fn next_day_number(&self, day: i8, from: Date) -> Option<Date> {
        let first = from.first_of_month();
        let candidate = |months| {
            let month = add_months(first, months)?;
            Date::new(month.year(), month.month(), day).ok()
        };
        (0..=12).filter_map(candidate).find(|date| *date >= from)
    }

    pub(crate) fn weekday_at(&self, at: usize) -> Option<Weekday> {
        match self.sense(at) {
            Sense::Weekday(weekday, _) | Sense::Weekdays(weekday) => Some(weekday),
            _ => None,
        }
    }

    /// How a word such as "next" moves: in units from the current one.
    pub(crate) fn direction(&self, at: usize) -> Parsed<i64> {
        let (step, next) = match self.key(at)? {
            Key::This => match self.key(at + 1) {
                Some(Key::Coming) => (1, at + 2),
                Some(Key::Past | Key::Last) => (-1, at + 2),
                _ => (0, at + 1),
            },
            Key::Current => (0, at + 1),
            Key::Next | Key::Coming | Key::Following => (1, at + 1),
            Key::Last | Key::Past | Key::Previous => (-1, at + 1),
            _ => return None,
        };
        Some((step, next))
    }

    /// The period of a unit that lies so many units from the current one.
    pub(crate) fn shifted(&self, unit: Unit, step: i64) -> Option<Moment> {
        let today = self.today;
        let (date, grain) = match unit {
            Unit::Day => (add_days(today, step)?, Grain::Day),
            Unit::Week => (
                add_days(self.week(today)?, step.checked_mul(7)?)?,
                Grain::Week,
            ),
            Unit::Weekend => (self.weekend(step)?, Grain::Weekend),
            Unit::Month => (add_months(today.first_of_month(), step)?, Grain::Month),
            Unit::Quarter => {
                let months = i64::from((today.month() - 1) % 3);
                (
                    add_months(today.first_of_month(), step.checked_mul(3)? - months)?,
                    Grain::Quarter,
                )
            }
            Unit::Year => (
                add_months(today.first_of_year(), step.checked_mul(12)?)?,
                Grain::Year,
            ),
            _ => return None,
        };
        Some(Moment {
            date,
            time: None,
            grain,
        })
    }

    pub(crate) fn week(&self, date: Date) -> Option<Date> {
        crate::calendar::week_of(date, self.ctx.week_start)
    }

    /// The Saturday of this weekend (the running one on a Sunday) or of another week's.
    fn weekend(&self, step: i64) -> Option<Date> {
        let today = self.today;
        let ahead = match today.weekday() {
            Weekday::Sunday => -1,
            weekday => i64::from(Weekday::Saturday.since(weekday)),
        };
        let running = matches!(today.weekday(), Weekday::Saturday | Weekday::Sunday);
        let back = i64::from(step < 0 && !running) - i64::from(step < 0);
        let step = if step < 0 {
            step + back + i64::from(running)
        } else {
            step
        };
        add_days(today, ahead + 7 * step)
    }
}
