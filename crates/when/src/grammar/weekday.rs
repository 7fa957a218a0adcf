//! Weekdays: "Friday", "next Tuesday", "Friday week", "Monday the 19th", "Wed, 3 March".

use jiff::civil::{Date, Weekday};

use super::date::{Day, Named};
use super::{Lead, Parsed, Parser};
use crate::calendar::{add_days, add_months, weekday_after};
use crate::lexicon::{Key, Sense, Trust, Unit};
use crate::scan::Kind;
use crate::{Grain, Moment};

impl Parser<'_> {
    pub(crate) fn weekday(&self, at: usize, lead: Lead) -> Parsed<Day> {
        let at = self.skip(at, Key::The);
        let (step, from) = self
            .direction(at)
            .map_or((None, at), |(step, next)| (Some(step), next));
        let weekday = self.weekday_at(from)?;
        if matches!(self.sense(from), Sense::Weekdays(_)) && step.is_none() {
            return None;
        }
        let dot = self.mark(from + 1, '.') && self.glued(from + 1) && self.word(from).len() <= 5;
        let next = from + 1 + usize::from(dot && !self.clause_after_dot(from + 2));
        if let Some(exact) = self.dated_weekday(weekday, next) {
            return Some(exact);
        }
        if !self.weekday_is_meant(from, next, lead, step.is_some()) {
            return None;
        }
        if step.is_none()
            && let Some(other_week) = self.week_of_weekday(weekday, next)
        {
            return Some(other_week);
        }
        let mut day = Day::new(self.stepped_weekday(
            weekday,
            step,
            self.key(from - usize::from(from > at)),
        )?);
        day.named = if step.is_none() {
            Named::Weekday(weekday)
        } else {
            Named::Exactly
        };
        Some((day, next))
    }

    fn clause_after_dot(&self, at: usize) -> bool {
        self.tokens.get(at).is_none_or(|token| token.capital)
    }

    /// "Friday" is the first after today; "next Friday" the one of next week; "last Friday" the
    /// latest before today; "this Friday" may be today.
    fn stepped_weekday(
        &self,
        weekday: Weekday,
        step: Option<i64>,
        word: Option<Key>,
    ) -> Option<Date> {
        match step {
            None => weekday_after(self.today, weekday),
            Some(0) => weekday_after(add_days(self.today, -1)?, weekday),
            Some(1) if word == Some(Key::Coming) => weekday_after(self.today, weekday),
            Some(1) => {
                let week = add_days(self.week(self.today)?, 7)?;
                add_days(week, i64::from(weekday.since(self.ctx.week_start)))
            }
            Some(_) => add_days(weekday_after(add_days(self.today, -1)?, weekday)?, -7),
        }
    }

    /// Short forms that are words need company; full names only must not describe a noun.
    fn weekday_is_meant(&self, at: usize, next: usize, lead: Lead, stepped: bool) -> bool {
        let the_noun = self.is(next, Key::The)
            && matches!(self.sense(next + 1), Sense::Unknown | Sense::Hint(_))
            && !self.clause_ends(next + 1)
            && self.ordinal(next + 1).is_none();
        if self.is_description(at, next) || the_noun && !lead.is_temporal() && !stepped {
            return false;
        }
        let before = at.checked_sub(1).map(|before| self.sense(before));
        if matches!(before, Some(Sense::Article | Sense::Key(Key::Owner))) {
            return false;
        }
        let weak = matches!(self.sense(at), Sense::Weekday(_, Trust::Weak | Trust::Name));
        if !weak || stepped || lead.is_temporal() && lead != Lead::In || self.whole || next > at + 1
        {
            return !weak || !matches!(lead, Lead::The);
        }
        let timed = matches!(self.sense(next), Sense::Part(_))
            || self.is(next, Key::At) && self.clock(next + 1, Lead::At).is_some()
            || self
                .clock(next, Lead::None)
                .is_some_and(|(clock, _)| clock.explicit);
        let ends = self.kind(next).is_none() || self.glued(next) && self.clause_ends(next);
        lead != Lead::The && (timed || ends && !self.follows_subject(at) && lead != Lead::In)
    }

    /// "Monday the 19th", "Monday, Feb 18", "Fri 18 July 2014", "Mon 3/4".
    fn dated_weekday(&self, weekday: Weekday, next: usize) -> Parsed<Day> {
        let from = self.skip(self.skip_mark(next, ','), Key::The);
        let from = self.skip(from, Key::On);
        let from = self.skip(from, Key::The);
        // "Monday 8-10" are hours.
        let hours =
            self.mark(from + 1, '-') && !self.mark(from + 3, '-') && self.month(from).is_none();
        let figures = self.numeric(from, Lead::On).filter(|_| !hours);
        let Some((day, end)) = figures.or_else(|| self.month_and_day(from, Lead::On)) else {
            return self.numbered_weekday(weekday, from);
        };
        if day.moment.grain != Grain::Day || day.end.is_some() {
            return None;
        }
        let date = match day.named {
            Named::MonthDay => self.matching_year(day.moment.date, weekday),
            _ => day.moment.date,
        };
        let written = day.named == Named::Written;
        Some((if written { day } else { Day::new(date) }, end))
    }

    /// "Thu 15th", "Friday the 13th": the next that is both. "Monday 21" only if it is one of the
    /// next two.
    fn numbered_weekday(&self, weekday: Weekday, at: usize) -> Parsed<Day> {
        let ordinal = self.ordinal(at);
        let (number, end) =
            ordinal.or_else(|| self.digits(at).map(|(number, _)| (number, at + 1)))?;
        let number = i8::try_from(number)
            .ok()
            .filter(|number| (1..=31).contains(number))?;
        if !self.clause_ends(end) || self.unit(end).is_some() || self.weekday_at(end).is_some() {
            return None;
        }
        let fits = |months| {
            let month = add_months(self.today.first_of_month(), months)?;
            let date = Date::new(month.year(), month.month(), number).ok()?;
            (date.weekday() == weekday && date >= self.today).then_some(date)
        };
        if ordinal.is_some() {
            let date = (0..60).find_map(fits);
            return Some((
                Day::new(date.or_else(|| self.next_day_number(number, self.today))?),
                end,
            ));
        }
        let mark = matches!(self.kind(end), Some(Kind::Mark('-' | ':')));
        let timely = mark || self.meridiem(end).is_some() || self.counts_something(end);
        let date = (0..2).find_map(fits).filter(|_| !timely)?;
        Some((Day::new(date), end))
    }

    /// The year in which the day is that weekday, the nearest first; people date mails of last
    /// week that way too.
    pub(super) fn matching_year(&self, date: Date, weekday: Weekday) -> Date {
        let in_year = |years: i64| {
            add_months(date, years * 12)
                .filter(|other| other.weekday() == weekday && other.day() == date.day())
                .filter(|other| add_days(self.today, -60).is_none_or(|recent| *other >= recent))
        };
        [0, -1, 1].into_iter().find_map(in_year).unwrap_or(date)
    }

    /// "Friday week", "Friday after next", "Wednesday (of) next week", "Sunday from last week".
    fn week_of_weekday(&self, weekday: Weekday, next: usize) -> Parsed<Day> {
        let first = weekday_after(self.today, weekday)?;
        if matches!(self.sense(next), Sense::Unit(Unit::Week, _)) && self.word(next).len() > 1 {
            return Some((Day::new(add_days(first, 7)?), next + 1));
        }
        if self.is(next, Key::After)
            && self.is(next + 1, Key::Next)
            && self.unit(next + 2).is_none()
        {
            return Some((Day::new(add_days(first, 7)?), next + 2));
        }
        if let Some(found) = self.weekday_in_weeks(weekday, next) {
            return Some(found);
        }
        let from = match self.key(next) {
            Some(Key::Of | Key::In | Key::From) => next + 1,
            _ => next,
        };
        let (week, end) = self.named_week(from)?;
        let date = add_days(week.date, i64::from(weekday.since(self.ctx.week_start)))?;
        Some((Day::new(date), end))
    }

    /// "Friday in two weeks", "Monday two weeks from now": of the week that is so far away.
    fn weekday_in_weeks(&self, weekday: Weekday, at: usize) -> Parsed<Day> {
        let lead = if self.is(at, Key::In) {
            Lead::In
        } else {
            Lead::None
        };
        let from = self.skip(at, Key::In);
        self.amount(from)
            .filter(|((_, unit), _)| *unit == Unit::Week)?;
        let (day, end) = self.distance(from, lead)?;
        let week = self.week(day.moment.date)?;
        Some((
            Day::new(add_days(
                week,
                i64::from(weekday.since(self.ctx.week_start)),
            )?),
            end,
        ))
    }

    /// "next week", "this week", "the week after next".
    pub(crate) fn named_week(&self, at: usize) -> Parsed<Moment> {
        let at = self.skip(at, Key::The);
        if self.unit(at).is_some_and(|(unit, _)| unit == Unit::Week) {
            let after_next = self.is(at + 1, Key::After) && self.is(at + 2, Key::Next);
            return after_next
                .then(|| self.shifted(Unit::Week, 2))
                .flatten()
                .map(|week| (week, at + 3));
        }
        let (step, next) = self.direction(at)?;
        let (Unit::Week, end) = self.unit(next)? else {
            return None;
        };
        Some((self.shifted(Unit::Week, step)?, end))
    }
}
