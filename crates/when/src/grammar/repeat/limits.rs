//! What may follow a recurrence: its times and days, where it starts and when it ends.

use super::Draft;
use crate::grammar::relative::one;
use crate::grammar::{Lead, Parsed, Parser};
use crate::lexicon::{Key, Sense, Unit};
use crate::recurrence::{ByDay, Frequency};

impl Parser<'_> {
    /// Reads one more part of a recurrence into the draft.
    pub(super) fn modifier(&self, draft: &mut Draft, at: usize) -> Option<usize> {
        let comma = self.skip_mark(at, ',');
        let then = comma + usize::from(self.word(comma).eq_ignore_ascii_case("then"));
        self.end_of_repeat(draft, then)
            .or_else(|| self.start_of_repeat(draft, then))
            .or_else(|| self.days_of_repeat(draft, then))
            .or_else(|| self.times_of_repeat(draft, then))
            .or_else(|| self.completion(draft, then))
            .or_else(|| self.exception(draft, then))
    }

    /// "until May", "for 5 weeks", "for 10 times", "10x", "twice".
    fn end_of_repeat(&self, draft: &mut Draft, at: usize) -> Option<usize> {
        if draft.until.is_some() || draft.count.is_some() || draft.lasting.is_some() {
            return None;
        }
        if matches!(self.key(at), Some(Key::Until | Key::Through | Key::End)) {
            let from = at + 1 + usize::from(self.is(at, Key::End) && self.is(at + 1, Key::On));
            let (day, next) = self.date(from, Lead::Until)?;
            draft.until = Some(day);
            return Some(next);
        }
        let lead = self.is(at, Key::For);
        let from = self.skip(at, Key::For);
        let up_to = self.word(from).eq_ignore_ascii_case("up") && self.is(from + 1, Key::To);
        let from = self.skip(if up_to { from + 2 } else { from }, Key::The);
        let from = self.skip(from, Key::Next);
        if let Some((count, next)) = self.count_of_repeat(from) {
            draft.count = Some(count);
            return Some(next);
        }
        let next_unit = || {
            // "for the next month"
            let (unit, next) = self.unit(from).filter(|_| self.is(from - 1, Key::Next))?;
            Some(((one(unit)?, unit), next))
        };
        let ((amount, unit), next) = self
            .amount(from)
            .filter(|_| lead)
            .or_else(|| next_unit().filter(|_| lead))?;
        draft.lasting = Some(amount);
        (unit >= Unit::Day).then_some(next)
    }

    /// "twice", "10 times", "3x", "5 occurrences".
    fn count_of_repeat(&self, at: usize) -> Parsed<u32> {
        if let Sense::Times(count) = self.sense(at) {
            // "twice a day" is another frequency.
            return (self.sense(at + 1) != Sense::Article).then_some((count.into(), at + 1));
        }
        let (count, next) = self
            .number(at)
            .filter(|(count, _)| (1..=9999).contains(count))?;
        let named = [
            "occurrences",
            "occurrence",
            "repetitions",
            "instances",
            "time",
        ];
        let named = named
            .iter()
            .any(|word| self.word(next).eq_ignore_ascii_case(word));
        (self.is(next, Key::Timely) || named).then_some((count, next + 1))
    }

    /// "starting 1 May", "from Monday", "beginning in April", "as of tomorrow".
    fn start_of_repeat(&self, draft: &mut Draft, at: usize) -> Option<usize> {
        let from = match self.key(at)? {
            Key::Starting | Key::Begin | Key::From | Key::Since => at + 1,
            _ => return None,
        };
        let from = self.skip(self.skip(self.skip(from, Key::From), Key::On), Key::In);
        let (day, next) = self
            .date(from, Lead::From)
            .filter(|_| draft.start.is_none())?;
        draft.start = Some(day.moment.date);
        // "from November to February"
        if self.is(next, Key::To)
            && let Some((until, end)) = self.date(next + 1, Lead::Until)
        {
            draft.until = Some(until);
            return Some(end);
        }
        Some(next)
    }

    /// "on Mondays", "on the 15th", "on the first Friday", "on 4 July", "in November", "of the
    /// month", "at the end".
    fn days_of_repeat(&self, draft: &mut Draft, at: usize) -> Option<usize> {
        if let Some(next) = self.edge_of_repeat(draft, at) {
            return Some(next);
        }
        let bare = draft.by_day.is_empty() && draft.by_month_day.is_empty();
        if let Some(next) = self.of_month(at, draft) {
            return Some(next);
        }
        let on = self.is(at, Key::On);
        let from = self.skip(self.skip(at, Key::On), Key::The);
        let often = matches!(
            draft.frequency,
            Some(Frequency::Minutely | Frequency::Hourly | Frequency::Daily)
        );
        if !bare || !on && often && !matches!(self.sense(from), Sense::Weekdays(_)) {
            return None;
        }
        if let Some((days, next)) = self.weekdays(from) {
            draft.by_day = days;
            if draft.frequency == Some(Frequency::Daily) && draft.interval <= 1 {
                draft.frequency = Some(Frequency::Weekly);
            }
            return Some(next);
        }
        let monthly = draft.frequency == Some(Frequency::Monthly) && self.ordinal(from).is_some();
        let yearly = draft.frequency == Some(Frequency::Yearly);
        if !(on || monthly || yearly) {
            return None;
        }
        if let Some(((month, days), next)) = self.days_in_month(from).filter(|_| yearly || on) {
            draft.by_month.push(month);
            draft.by_month_day = days;
            return Some(next);
        }
        if !(on || monthly) {
            return None;
        }
        let next = self.positions(from, draft)?;
        // "every year on the 1st Friday" is of the year, "every week on the 4th" of nothing.
        (draft.frequency != Some(Frequency::Weekly)).then_some(next)
    }

    /// "every month at the end", "monthly at the beginning".
    fn edge_of_repeat(&self, draft: &mut Draft, at: usize) -> Option<usize> {
        let from = match self.key(at)? {
            Key::At | Key::On => self.skip(at + 1, Key::The),
            _ => return None,
        };
        let day = match self.key(from)? {
            Key::Begin => 1,
            Key::End => -1,
            _ => return None,
        };
        if draft.frequency != Some(Frequency::Monthly) || !draft.by_month_day.is_empty() {
            return None;
        }
        draft.by_month_day.push(day);
        Some(
            self.of_month(from + 1, &mut Draft::default())
                .unwrap_or(from + 1),
        )
    }

    /// "at 9", "at 10, 12 and 17", "in the morning", "9am".
    fn times_of_repeat(&self, draft: &mut Draft, at: usize) -> Option<usize> {
        let (lead, from) = self.lead(at);
        if let Some((part, next)) = self
            .part_of_day(from, lead)
            .filter(|_| draft.part.is_none() && draft.clocks.is_empty())
        {
            draft.part = Some(part);
            return Some(next);
        }
        if !draft.clocks.is_empty() || !matches!(lead, Lead::None | Lead::At | Lead::Around) {
            return None;
        }
        let ((clock, until), mut next) = self.times(from, lead)?;
        // "Thursdays 7-8pm" begins in the evening.
        let first = until.map_or(clock, |until| self.shared_half(clock, until, true).0);
        draft.clocks.push(first);
        for _ in 0..6 {
            let and = self.skip(self.skip_mark(next, ','), Key::And);
            let Some(((clock, None), end)) = self
                .times(self.skip(and, Key::At), Lead::At)
                .filter(|_| and > next)
            else {
                break;
            };
            draft.clocks.push(clock);
            next = end;
        }
        Some(next)
    }

    /// "except weekends", "except on Mondays": the other days of the week. Other exceptions are
    /// left in the text, because no rule can hold them.
    fn exception(&self, draft: &mut Draft, at: usize) -> Option<usize> {
        let from = self.skip(self.skip(at, Key::Except), Key::For);
        let daily = draft.frequency == Some(Frequency::Daily) && draft.interval <= 1;
        let weekly = draft.frequency == Some(Frequency::Weekly) && !draft.by_day.is_empty();
        if !self.is(at, Key::Except) || !(daily || weekly) {
            return None;
        }
        let (without, next) = self.weekdays(self.skip(from, Key::On))?;
        if daily {
            draft.by_day = jiff::civil::Weekday::Monday
                .cycle_forward()
                .take(7)
                .map(ByDay::every)
                .collect();
            draft.frequency = Some(Frequency::Weekly);
        }
        draft.by_day.retain(|by| !without.contains(by));
        (!draft.by_day.is_empty()).then_some(next)
    }

    /// "after completion", "after completing it", "from completion".
    fn completion(&self, draft: &mut Draft, at: usize) -> Option<usize> {
        let after = matches!(self.key(at), Some(Key::After | Key::From | Key::Since));
        (after && self.is(at + 1, Key::Completion)).then(|| {
            draft.completion = true;
            at + 2
        })
    }
}
