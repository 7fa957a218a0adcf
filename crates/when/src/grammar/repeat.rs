//! Recurrences in words: "every other Monday at 9", "weekdays", "the last day of every month",
//! "daily until Friday", "every 3 months on the 15th".
//!
//! **"every second Tuesday"** is every other Tuesday, and so on for other ordinals; the second
//! Tuesday of each month, which some mean by it, is the other reading. With "of the month" it is
//! the only one. **"every! 3 days"** and **"3 days after completion"** count from the completion.

mod days;
mod draft;
mod first;
mod limits;
mod monthly;
mod plural;

use draft::rhythm;
pub(crate) use draft::{Draft, weekend};

use super::{Lead, Parsed, Parser};
use crate::When;
use crate::lexicon::{Key, Sense, Unit};
use crate::recurrence::{ByDay, Frequency, WORKDAYS};
use crate::scan::Kind;

impl Parser<'_> {
    /// The recurrence that begins here: its first core token, meaning, other reading and end.
    pub(crate) fn repeated(&self, at: usize) -> Option<(usize, When, Option<When>, usize)> {
        if !self.begins_freely(at) {
            return None;
        }
        let (lead, from) = self.lead(at);
        let from = if lead == Lead::None || lead == Lead::On || lead == Lead::In || lead == Lead::At
        {
            from
        } else {
            at
        };
        let ((mut draft, mut next), core) = match self.repeat_core(self.skip(from, Key::The), lead)
        {
            Some(found) => (found, from),
            None => self.after_a_time(at)?,
        };
        while let Some(end) = self.modifier(&mut draft, next) {
            next = end;
        }
        if !self.ends_freely(next) {
            return None;
        }
        let (when, other) = self.first_time(&draft)?;
        Some((core, when, other, next))
    }

    /// "at 9 every Monday", "tomorrow at 9, then every day", "from 1 May every week".
    fn after_a_time(&self, at: usize) -> Option<((Draft, usize), usize)> {
        if !self.repeats {
            return None;
        }
        let (phrase, next) = self.phrase(at)?;
        let plain = matches!(
            phrase.lead,
            Lead::None | Lead::At | Lead::On | Lead::In | Lead::From | Lead::For
        );
        if !plain || phrase.until.is_some() || phrase.day.is_some_and(|day| day.end.is_some()) {
            return None;
        }
        // "at 8am, 2pm and 8pm every day"
        let mut more = Vec::new();
        let mut next = next;
        while phrase.clock.is_some() && phrase.day.is_none() && more.len() < 6 {
            let and = self.skip(self.skip_mark(next, ','), Key::And);
            let Some(((clock, None), end)) = self
                .times(self.skip(and, Key::At), Lead::At)
                .filter(|_| and > next)
            else {
                break;
            };
            more.push(clock);
            next = end;
        }
        let comma = self.skip_mark(next, ',');
        let (lead, from) = self.lead(comma);
        let from = if matches!(lead, Lead::None | Lead::On) {
            from
        } else {
            comma
        };
        let (mut draft, end) = self.repeat_core(self.skip(from, Key::The), lead)?;
        draft.clocks.extend(phrase.clock.into_iter().chain(more));
        draft.part = draft.part.or(phrase.part);
        draft.start = draft.start.or(phrase.day.map(|day| day.moment.date));
        Some(((draft, end), phrase.core))
    }

    fn repeat_core(&self, at: usize, lead: Lead) -> Parsed<Draft> {
        self.every(at)
            .or_else(|| self.alternating(at))
            .or_else(|| self.often(at))
            .or_else(|| self.times_a(at))
            .or_else(|| self.plural_days(at, lead))
            .or_else(|| self.of_every(at))
    }

    /// "every day", "each other week", "every! 3 days", "every Mon and Thu", "every 4 July".
    fn every(&self, at: usize) -> Parsed<Draft> {
        if !self.is(at, Key::Every) {
            return None;
        }
        let bang = self.mark(at + 1, '!') && self.glued(at + 1);
        let next = at + 1 + usize::from(bang);
        let next = next + usize::from(self.word(next).eq_ignore_ascii_case("single"));
        let (mut draft, end) = self.every_what(next)?;
        draft.completion = bang;
        Some((draft, end))
    }

    fn every_what(&self, at: usize) -> Parsed<Draft> {
        if self.is(at, Key::Other) {
            return self.stepped(at + 1, 2);
        }
        // "every few days", "every couple of weeks"
        if let Sense::Some(count) = self.sense(at) {
            return self.stepped(self.skip(at + 1, Key::Of), count.into());
        }
        if let Some(found) = self.positions_of(at) {
            return Some(found);
        }
        if let Some((count, next)) = self.ordinal(at).or_else(|| self.number(at)) {
            let found = u16::try_from(count)
                .ok()
                .filter(|count| (1..=999).contains(count))
                .and_then(|count| self.stepped(next, count));
            if let Some((mut draft, end)) = found {
                let ordinal = self.ordinal(at).is_some();
                if let (true, [by]) = (ordinal, draft.by_day.as_slice()) {
                    draft.ordinal_weekday = Some((i8::try_from(count).ok()?, by.weekday));
                }
                return Some((draft, end));
            }
        }
        self.stepped(at, 1)
            .or_else(|| self.yearly_day(at))
            .or_else(|| self.bare_month_days(at))
    }

    /// A unit or weekdays, every so many of them.
    fn stepped(&self, at: usize, interval: u16) -> Parsed<Draft> {
        let draft = |frequency, factor: u16| Draft {
            frequency: Some(frequency),
            interval: interval.saturating_mul(factor),
            ..Draft::default()
        };
        if let Some((by_day, next)) = self.weekdays(at) {
            return Some((
                Draft {
                    by_day,
                    ..draft(Frequency::Weekly, 1)
                },
                next,
            ));
        }
        if let Sense::Part(part) | Sense::Parts(part) = self.sense(at) {
            return Some((
                Draft {
                    part: Some(part),
                    ..draft(Frequency::Daily, 1)
                },
                at + 1,
            ));
        }
        // "every 3 d" is no length of time, "every 3d" is.
        let counted = at
            .checked_sub(1)
            .is_some_and(|before| self.digits(before).is_some());
        if interval > 1 && counted && self.word(at).len() == 1 && !self.glued(at) {
            return None;
        }
        let (unit, next) = self.unit(at)?;
        let (frequency, factor) = rhythm(unit)?;
        let by_day = match unit {
            Unit::Workday => WORKDAYS.map(ByDay::every).to_vec(),
            Unit::Weekend => weekend(),
            _ => Vec::new(),
        };
        Some((
            Draft {
                by_day,
                ..draft(frequency, factor)
            },
            next,
        ))
    }

    /// "alternate Fridays", "alternating weeks".
    fn alternating(&self, at: usize) -> Parsed<Draft> {
        let alternate = self.is(at, Key::Other) && self.word(at).len() > 5;
        let plural =
            matches!(self.sense(at + 1), Sense::Weekdays(_)) || self.is_plural_unit(at + 1);
        (alternate && plural)
            .then(|| self.stepped(at + 1, 2))
            .flatten()
    }

    /// "daily", "biweekly"; an adjective after "the" or "my" ("the weekly report").
    pub(crate) fn often(&self, at: usize) -> Parsed<Draft> {
        // "bi-weekly"
        let twice = self.word(at).eq_ignore_ascii_case("bi") && self.mark(at + 1, '-');
        let start = at;
        let at = if twice { at + 2 } else { at };
        let Sense::Often(frequency, interval) = self.sense(at) else {
            return None;
        };
        let interval = if twice {
            interval.saturating_mul(2)
        } else {
            interval
        };
        // "twice weekly"
        if start > 0 && matches!(self.sense(start - 1), Sense::Times(2..)) {
            return None;
        }
        let noun_follows = matches!(
            self.kind(at + 1),
            Some(Kind::Word(
                Sense::Unknown | Sense::Hint(_) | Sense::Key(Key::Measure | Key::Numbered)
            ))
        );
        let owned = start > 0
            && matches!(
                self.key(start - 1),
                Some(Key::The | Key::Owner | Key::This | Key::Next | Key::Last)
            );
        // "daily standup" and "add weekly review" repeat; "finish quarterly report" does not.
        let small = matches!(
            self.sense(at),
            Sense::Often(Frequency::Daily | Frequency::Weekly, _)
        );
        let inside = at > 1 && !self.is(at - 1, Key::Command);
        if noun_follows && (owned || inside || !small) {
            return None;
        }
        let draft = Draft {
            frequency: Some(frequency),
            interval: interval.into(),
            ..Draft::default()
        };
        Some((draft, at + 1))
    }

    /// "once a week", "twice a day", "3 times per day".
    fn times_a(&self, at: usize) -> Parsed<Draft> {
        let (times, next) = match self.sense(at) {
            Sense::Times(times) => (u32::from(times), at + 1),
            _ => {
                let (times, next) = self.number(at)?;
                (times, self.is(next, Key::Timely).then_some(next + 1)?)
            }
        };
        if times == 1 && self.is(next, Key::Every) {
            return self.every(next);
        }
        let per = self.sense(next) == Sense::Article
            || self.is(next, Key::Every)
            || self.word(next).eq_ignore_ascii_case("per");
        let (unit, end) = self.unit(next + 1).filter(|_| per)?;
        match (times, unit) {
            (1, _) => self.stepped(next + 1, 1),
            (2 | 3 | 4 | 6 | 8 | 12, Unit::Day) => {
                let interval = u16::try_from(24 / times).ok()?;
                Some((
                    Draft {
                        frequency: Some(Frequency::Hourly),
                        interval,
                        ..Draft::default()
                    },
                    end,
                ))
            }
            _ => None,
        }
    }
}
