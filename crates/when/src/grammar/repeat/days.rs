//! The days of a recurrence: lists of weekdays, days of the month, and "the last Friday".

use jiff::civil::Weekday;

use super::Draft;
use crate::grammar::{Lead, Parsed, Parser};
use crate::lexicon::{Key, Plural, Sense, Unit};
use crate::recurrence::{ByDay, Frequency, WORKDAYS};

/// Longer lists are not said.
pub(super) const MOST: usize = 12;

impl Parser<'_> {
    /// "Mon", "Monday, Wednesday and Friday", "Mon-Fri", "Mon/Wed", "Saturdays through Tuesdays".
    pub(super) fn weekdays(&self, at: usize) -> Parsed<Vec<ByDay>> {
        let mut days: Vec<Weekday> = Vec::new();
        let mut next = at;
        let mut from = at;
        while days.len() < MOST {
            let Some(weekday) = self.weekday_at(from) else {
                let plural = match self.sense(from) {
                    Sense::Unit(Unit::Weekend, _) => super::weekend(),
                    Sense::Unit(Unit::Workday, Plural::Yes) => WORKDAYS.map(ByDay::every).to_vec(),
                    _ => break,
                };
                days.extend(plural.iter().map(|by| by.weekday));
                next = from + 1;
                break;
            };
            next = from
                + 1
                + usize::from(
                    self.mark(from + 1, '.') && self.glued(from + 1) && self.word(from).len() < 5,
                );
            match self.through(next) {
                Some(last) => {
                    let mut day = weekday;
                    days.push(day);
                    while day != self.weekday_at(last)? && days.len() < 8 {
                        day = day.next();
                        days.push(day);
                    }
                    next = last + 1;
                }
                None => days.push(weekday),
            }
            from = self.another(next);
            if from == next {
                break;
            }
        }
        let mut unique: Vec<ByDay> = Vec::new();
        for day in days {
            if !unique.iter().any(|by| by.weekday == day) {
                unique.push(ByDay::every(day));
            }
        }
        (!unique.is_empty()).then_some((unique, next))
    }

    /// Where the last weekday of "Mon-Fri" stands.
    fn through(&self, at: usize) -> Option<usize> {
        let joined = self.mark(at, '-') || matches!(self.key(at), Some(Key::To | Key::Through));
        (joined && self.weekday_at(at + 1).is_some()).then_some(at + 1)
    }

    /// Past a comma, a slash, "and", "&" or a comma with "and"; the same place if there is none.
    pub(super) fn another(&self, at: usize) -> usize {
        let comma = at
            + usize::from(
                self.mark(at, ',')
                    || self.mark(at, '/')
                    || self.mark(at, '&')
                    || self.mark(at, '+'),
            );
        self.skip(self.skip(comma, Key::And), Key::Or)
    }

    /// "November", "July and September".
    pub(super) fn months(&self, at: usize, draft: &mut Draft) -> Option<usize> {
        let ((month, _), mut next) = self.month(at)?;
        draft.by_month.push(month);
        for _ in 0..MOST {
            let from = self.another(next);
            match self.month(from) {
                Some(((month, _), end)) if from > next => {
                    draft.by_month.push(month);
                    next = end;
                }
                _ => break,
            }
        }
        Some(next)
    }

    /// "every 4 July", "every July 4th", "every aug 20 and 30", "every 20th and 30th of August",
    /// "every Christmas", "every December".
    pub(super) fn yearly_day(&self, at: usize) -> Parsed<Draft> {
        let yearly = Draft {
            interval: 1,
            frequency: Some(Frequency::Yearly),
            ..Draft::default()
        };
        if let Some((month_days, next)) = self.days_in_month(at) {
            let (month, days) = month_days;
            return Some((
                Draft {
                    by_month: vec![month],
                    by_month_day: days,
                    ..yearly
                },
                next,
            ));
        }
        if let Some((day, next)) = self.holiday(at, Lead::On) {
            let date = day.moment.date;
            let again = self.next_month_day(date.month(), date.day())?;
            let fixed = again.month() == date.month() && self.is_fixed_holiday(at);
            let found = Draft {
                by_month: vec![date.month()],
                by_month_day: vec![date.day()],
                ..yearly
            };
            return fixed.then_some((found, next));
        }
        let mut draft = yearly;
        let next = self.months(at, &mut draft)?;
        draft.by_month_day.push(1);
        Some((draft, next))
    }

    /// A month with days in it, in either order.
    pub(super) fn days_in_month(&self, at: usize) -> Parsed<(i8, Vec<i8>)> {
        let at = self.skip(at, Key::The);
        if let Some(((month, _), next)) = self.month(at) {
            let next = self.skip(next, Key::On);
            let (days, end) = self.month_days(next)?;
            return Some(((month, days), end));
        }
        let (days, next) = self.month_days(at)?;
        let ((month, _), end) = self.month(self.skip(next, Key::Of))?;
        Some(((month, days), end))
    }

    fn month_days(&self, at: usize) -> Parsed<Vec<i8>> {
        let mut days = Vec::new();
        let mut next = at;
        while days.len() < MOST {
            let from = self.skip(
                if days.is_empty() {
                    at
                } else {
                    self.another(next)
                },
                Key::The,
            );
            let day_word = self.unit(from).is_some_and(|(unit, _)| unit == Unit::Day);
            match self.month_day(from + usize::from(day_word)) {
                Some((day, end)) if days.is_empty() || from > next => {
                    days.push(day);
                    next = end;
                }
                _ => break,
            }
        }
        (!days.is_empty()).then_some((days, next))
    }
}
