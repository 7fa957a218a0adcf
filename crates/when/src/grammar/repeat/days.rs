//! The days of a recurrence: lists of weekdays, days of the month, and "the last Friday".

use jiff::civil::Weekday;

use super::Draft;
use crate::grammar::{Lead, Parsed, Parser};
use crate::lexicon::{Key, Plural, Sense, Unit};
use crate::recurrence::{ByDay, Frequency, WORKDAYS};

/// Longer lists are not said.
const MOST: usize = 12;

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
    fn another(&self, at: usize) -> usize {
        let comma = at
            + usize::from(
                self.mark(at, ',')
                    || self.mark(at, '/')
                    || self.mark(at, '&')
                    || self.mark(at, '+'),
            );
        self.skip(self.skip(comma, Key::And), Key::Or)
    }

    /// "first Friday", "1st and 15th", "2nd and last Fri", "last day", "3rd last Tuesday", "last
    /// working day".
    pub(super) fn positions(&self, at: usize, draft: &mut Draft) -> Option<usize> {
        let mut pending: Vec<i8> = Vec::new();
        let mut next = at;
        let mut end = None;
        for _ in 0..MOST {
            let from = self.skip(next, Key::The);
            let day_word = self.unit(from).is_some_and(|(unit, _)| unit == Unit::Day)
                && !self.is_plural_unit(from);
            let from = from + usize::from(day_word && self.digits(from + 1).is_some());
            let Some((nth, after)) = self.position(from) else {
                break;
            };
            pending.push(
                i8::try_from(nth)
                    .ok()
                    .filter(|nth| (-31..=31).contains(nth))?,
            );
            let after = self.named_positions(after, &mut pending, draft)?;
            end = Some(after);
            next = self.another(after);
            if next == after {
                break;
            }
        }
        draft.by_month_day.extend(pending);
        end
    }

    /// What the positions so far are of: weekdays, working days or days.
    fn named_positions(
        &self,
        at: usize,
        pending: &mut Vec<i8>,
        draft: &mut Draft,
    ) -> Option<usize> {
        if let Some(weekday) = self.weekday_at(at) {
            draft
                .by_day
                .extend(pending.drain(..).map(|nth| ByDay::nth(nth, weekday)));
            return Some(at + 1);
        }
        match self.unit(at) {
            Some((Unit::Workday, next)) => {
                draft.by_day = WORKDAYS.map(ByDay::every).to_vec();
                draft.by_set_pos = pending.pop().map(i16::from);
                pending.clear();
                Some(next)
            }
            Some((Unit::Day, next)) => {
                draft.by_month_day.append(pending);
                Some(next)
            }
            // "the 2nd week" is no day.
            Some(_) if !self.is(at, Key::Of) && pending.len() == 1 && self.digits(at).is_none() => {
                None
            }
            _ => Some(at),
        }
    }

    /// "every first Friday of the month", "every 4th and 10th of the month", "every fourth
    /// Thursday in November".
    pub(super) fn positions_of(&self, at: usize) -> Parsed<Draft> {
        let mut draft = Draft {
            interval: 1,
            ..Draft::default()
        };
        let next = self.positions(at, &mut draft)?;
        if let Some(end) = self.of_month(next, &mut draft) {
            return Some((draft, end));
        }
        // "every first Monday" can only be of the month.
        let first_or_last = draft
            .by_day
            .iter()
            .all(|by| matches!(by.nth, Some(1) | Some(..=-1)));
        let by_month = draft.by_set_pos.is_some() || !draft.by_day.is_empty() && first_or_last;
        if by_month {
            draft.frequency = Some(Frequency::Monthly);
            return Some((draft, next));
        }
        None
    }

    /// "every 15th", "every 1st and 15th".
    pub(super) fn bare_month_days(&self, at: usize) -> Parsed<Draft> {
        let (_, spelled) = self.ordinal(at)?;
        // "every second" is a unit too small for a task.
        if matches!(self.sense(at), Sense::Second) && spelled == at + 1 {
            return None;
        }
        let mut draft = Draft {
            interval: 1,
            frequency: Some(Frequency::Monthly),
            ..Draft::default()
        };
        let next = self.positions(at, &mut draft)?;
        (self.clause_ends(next) && draft.by_day.is_empty()).then_some((draft, next))
    }

    /// "of the month", "of every other month", "in November", "of each year".
    pub(super) fn of_month(&self, at: usize, draft: &mut Draft) -> Option<usize> {
        let of = match self.key(at)? {
            Key::Of | Key::In => at + 1,
            Key::Every => at,
            _ => return None,
        };
        let every = self.skip(self.skip(of, Key::The), Key::Every);
        if let Some(next) = self.months(every, draft) {
            return Some(next);
        }
        let (interval, from) = match self.key(every) {
            Some(Key::Other) => (2, every + 1),
            _ => match self.ordinal(every).or_else(|| self.number(every)) {
                Some((count, next)) => (
                    u16::try_from(count).ok().filter(|count| *count < 1000)?,
                    next,
                ),
                None => (1, every),
            },
        };
        let (unit, next) = self.unit(from)?;
        draft.frequency = Some(match unit {
            Unit::Month => Frequency::Monthly,
            Unit::Year => Frequency::Yearly,
            Unit::Quarter => Frequency::Monthly,
            _ => return None,
        });
        let factor = if unit == Unit::Quarter { 3 } else { 1 };
        draft.interval = interval * factor;
        Some(next)
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

    /// "first Friday of every month", "15th of each month", "end of every month".
    pub(in crate::grammar) fn of_every(&self, at: usize) -> Parsed<Draft> {
        let mut draft = Draft {
            interval: 1,
            ..Draft::default()
        };
        let edge = match self.key(at) {
            Some(Key::Begin) => Some(1),
            Some(Key::End) => Some(-1),
            _ => None,
        };
        let next = match edge {
            Some(day) => {
                draft.by_month_day.push(day);
                at + 1
            }
            None => self.positions(at, &mut draft)?,
        };
        let of = matches!(self.key(next), Some(Key::Of | Key::In));
        let every = if of {
            self.skip(next + 1, Key::The)
        } else {
            next
        };
        if !self.is(every, Key::Every) {
            return None;
        }
        let end = self.of_month(next, &mut draft)?;
        Some((draft, end))
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
        let ((_, _), _) = self.month(at)?;
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
