//! Recurrences within months: "the last Friday", "every 1st and 15th", "of every other month".

use super::Draft;
use crate::grammar::{Parsed, Parser};
use crate::lexicon::{Key, Sense, Unit};
use crate::recurrence::{ByDay, Frequency, WORKDAYS};

use super::days::MOST;

impl Parser<'_> {
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
}
