//! Quarters, seasons and years: "Q3 2027", "next winter", "in 2030", "2014-2018".

use jiff::civil::Date;

use super::date::Day;
use super::{Lead, Parsed, Parser};
use crate::Grain;
use crate::calendar::add_months;
use crate::lexicon::{Key, Sense, Unit};

impl Parser<'_> {
    /// "Q3", "2027 Q1", "third quarter of 2027", "the first quarter".
    pub(super) fn quarter(&self, at: usize, lead: Lead) -> Parsed<Day> {
        let at = self.skip(at, Key::The);
        let leading_year = self
            .year(at, true)
            .map(|(year, next)| (year, self.skip_mark(next, '-')))
            .filter(|(_, next)| matches!(self.sense(*next), Sense::Letter('q')));
        let from = leading_year.map_or(at, |(_, next)| next);
        let (number, next) = match self.sense(from) {
            Sense::Letter('q') => {
                let (number, _) = self.digits(from + 1).filter(|_| self.glued(from + 1))?;
                (number, from + 2)
            }
            _ => {
                let (number, next) = self.ordinal(from)?;
                let quarter = matches!(self.sense(next), Sense::Quarter)
                    && (self.clause_ends(next + 1) || lead.is_temporal());
                (number, quarter.then_some(next + 1)?)
            }
        };
        let first = i8::try_from(number)
            .ok()
            .filter(|number| (1..=4).contains(number))?
            * 3
            - 2;
        let dash = self.mark(next, '-') && self.glued(next);
        let of = self.skip(self.skip_mark(next, ',') + usize::from(dash), Key::Of);
        if let Some((year, end)) = self.year(of, true).or_else(|| self.relative_year(of)) {
            return Some((
                Day::period(Date::new(year, first, 1).ok()?, Grain::Quarter),
                end,
            ));
        }
        if let Some((year, _)) = leading_year {
            return Some((
                Day::period(Date::new(year, first, 1).ok()?, Grain::Quarter),
                next,
            ));
        }
        let this_year = Date::new(self.today.year(), first, 1).ok()?;
        let over = add_months(this_year, 3)? <= self.today;
        let start = if over {
            add_months(this_year, 12)?
        } else {
            this_year
        };
        Some((Day::period(start, Grain::Quarter), next))
    }

    /// "this summer", "next winter", "in the spring", "summer 2027".
    pub(super) fn season(&self, at: usize, lead: Lead) -> Parsed<Day> {
        let start = self.skip(at, Key::The);
        let (step, from) = self
            .direction(start)
            .map_or((None, start), |(step, next)| (Some(step), next));
        let Sense::Season(season) = self.sense(from) else {
            return None;
        };
        let of = self.skip(from + 1, Key::Of);
        let beginnings = [(3, 20), (6, 21), (9, 23), (12, 21)];
        let (month, day) = *beginnings.get(usize::from(season))?;
        if let Some((year, end)) = self.year(of, false).or_else(|| self.relative_year(of)) {
            return Some((
                Day::period(Date::new(year, month, day).ok()?, Grain::Season),
                end,
            ));
        }
        let lead = matches!(
            lead,
            Lead::In | Lead::By | Lead::Before | Lead::Until | Lead::After
        );
        if step.is_none() && !(lead && self.clause_ends(from + 1)) {
            return None;
        }
        let this_year = Date::new(self.today.year(), month, day).ok()?;
        let running = (-1..=1)
            .filter_map(|years| add_months(this_year, years * 12))
            .find(|start| add_months(*start, 3).is_some_and(|end| end > self.today))?;
        let current = running <= self.today;
        let start = match step {
            Some(1) if current => add_months(running, 12)?,
            Some(-1) => add_months(running, -12)?,
            _ => running,
        };
        Some((Day::period(start, Grain::Season), from + 1))
    }

    /// "2014-2018", "2014 to 2018".
    fn years(&self, at: usize) -> Parsed<Day> {
        let (from, next) = self.year(at, false)?;
        let joined = self.mark(next, '-')
            || matches!(self.key(next), Some(Key::To | Key::Until | Key::Through));
        let (to, end) = self.year(next + 1, false).filter(|_| joined)?;
        let plausible = 1900 <= from && from < to && to < 2200;
        let mut day = Day::period(Date::new(from, 1, 1).ok()?, Grain::Year);
        day.end = Some(Day::period(Date::new(to, 1, 1).ok()?, Grain::Year).moment);
        plausible.then_some((day, end))
    }

    /// "in 2030": a year needs a preposition, or to be all there is.
    pub(super) fn year_alone(&self, at: usize, lead: Lead) -> Parsed<Day> {
        if let Some(range) = self.years(at) {
            return Some(range);
        }
        let the = self.skip(at, Key::The);
        if self.unit(the).is_some_and(|(unit, _)| unit == Unit::Year) {
            let (year, next) = self.year(self.skip(the + 1, Key::Of), false)?;
            return Some((Day::period(Date::new(year, 1, 1).ok()?, Grain::Year), next));
        }
        let (year, next) = self.year(at, false)?;
        let lead = matches!(
            lead,
            Lead::In
                | Lead::By
                | Lead::Before
                | Lead::Until
                | Lead::After
                | Lead::From
                | Lead::Within
                | Lead::Between
        );
        let plausible =
            (1900..=2199).contains(&year) && self.clause_ends(next) && !self.counts_something(next);
        let meant = (self.whole || lead) && plausible;
        meant.then_some((Day::period(Date::new(year, 1, 1).ok()?, Grain::Year), next))
    }
}
