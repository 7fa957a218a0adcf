//! A whole phrase: a preposition, a day, a time, in any order, and ranges of them.

use super::amount::Amount;
use super::clock::Clock;
use super::date::{Day, Named};
use super::{Lead, Parsed, Parser};
use crate::calendar::{add_days, weekday_after};
use crate::lexicon::Key;
use crate::{DayPart, Grain};

/// The parts of a phrase, not yet on the calendar.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Phrase {
    pub(crate) lead: Lead,
    /// The first token after the preposition.
    pub(crate) core: usize,
    pub(crate) day: Option<Day>,
    pub(crate) clock: Option<Clock>,
    /// Where a range of times ends.
    pub(crate) until: Option<Clock>,
    pub(crate) part: Option<DayPart>,
    pub(crate) lasting: Option<Amount>,
}

/// No phrase has more pieces than: day, part, time, length and one to spare.
const MOST_PIECES: usize = 5;

impl Parser<'_> {
    /// The phrase that begins here, with its preposition.
    pub(crate) fn phrase(&self, at: usize) -> Parsed<Phrase> {
        if !self.begins_freely(at) {
            return None;
        }
        let (lead, core) = self.lead(at);
        self.phrase_after(lead, core)
    }

    /// The phrase after a preposition that has been read.
    pub(crate) fn phrase_after(&self, lead: Lead, core: usize) -> Parsed<Phrase> {
        let mut phrase = Phrase {
            lead,
            core,
            day: None,
            clock: None,
            until: None,
            part: None,
            lasting: None,
        };
        let mut next = self.first_piece(&mut phrase)?;
        for _ in 0..MOST_PIECES {
            match self.another_piece(&mut phrase, next) {
                Some(end) => next = end,
                None => break,
            }
        }
        if let Some(end) = self
            .at_the_latest(next)
            .filter(|_| matches!(phrase.lead, Lead::None | Lead::By | Lead::On | Lead::At))
        {
            (phrase.lead, next) = (Lead::By, end);
        }
        self.ends_freely(next).then_some((phrase, next))
    }

    /// "(Friday) at the latest".
    fn at_the_latest(&self, at: usize) -> Option<usize> {
        let from = self.skip(self.skip(at, Key::At), Key::The);
        let latest = self.word(from).eq_ignore_ascii_case("latest");
        (latest && (from > at || self.clause_ends(from + 1))).then_some(from + 1)
    }

    /// A preposition, "due" and the like.
    pub(crate) fn lead(&self, at: usize) -> (Lead, usize) {
        let due = at + usize::from(self.is(at, Key::Due));
        let on_or_before =
            self.is(due, Key::On) && self.is(due + 1, Key::Or) && self.is(due + 2, Key::Before);
        let (lead, next) = match self.key(due) {
            _ if on_or_before => (Lead::By, due + 3),
            Some(Key::No) if self.is(due + 1, Key::Later) && self.is(due + 2, Key::Than) => {
                (Lead::By, due + 3)
            }
            Some(Key::No) if self.is(due + 1, Key::Before) => (Lead::From, due + 2),
            Some(Key::At) => (Lead::At, due + 1),
            Some(Key::On) => (Lead::On, due + 1),
            Some(Key::In | Key::During) => (Lead::In, due + 1),
            Some(Key::For) => (Lead::For, due + 1),
            Some(Key::By) => (Lead::By, due + 1),
            Some(Key::Before) => (Lead::Before, due + 1),
            Some(Key::Until) => (Lead::Until, due + 1),
            Some(Key::Through) if due == at => (Lead::Until, due + 1),
            Some(Key::Later) if self.is(due + 1, Key::Than) => (Lead::After, due + 2),
            Some(Key::After) => (Lead::After, due + 1),
            Some(Key::From) => (Lead::From, due + 1),
            Some(Key::Since) => (Lead::Since, due + 1),
            Some(Key::Starting) => (
                Lead::From,
                self.skip(self.skip(due + 1, Key::From), Key::On),
            ),
            Some(Key::Begin)
                if self.word(due).len() > 5
                    && matches!(self.key(due + 1), Some(Key::On | Key::From | Key::At)) =>
            {
                (Lead::From, due + 2)
            }
            Some(Key::Between) => (Lead::Between, due + 1),
            Some(Key::Within) => (Lead::Within, due + 1),
            Some(Key::About) if !self.is(due + 1, Key::The) => (Lead::Around, due + 1),
            _ if self.mark(due, '@')
                && (!self.glued(due + 1) || self.digits(due + 1).is_some()) =>
            {
                (Lead::At, due + 1)
            }
            _ if due > at => (Lead::On, due),
            _ => (Lead::None, at),
        };
        let between = lead == Lead::In && self.is(next, Key::Between);
        let about = next + usize::from(lead != Lead::None && self.is(next, Key::About));
        match (between, lead) {
            (true, _) => (Lead::Between, next + 1),
            // "before the 5th", but "the" is for the rule to see.
            _ => (lead, about),
        }
    }

    /// Whichever of a day and a time reads further; a day if they are even.
    fn first_piece(&self, phrase: &mut Phrase) -> Option<usize> {
        let (at, lead) = (phrase.core, phrase.lead.plain());
        let day = self.date(at, lead);
        let times = self
            .times(at, lead)
            .or_else(|| self.hour_before_day(at, lead));
        let clock_wins = match (&day, &times) {
            (Some((_, day_end)), Some((_, end))) => {
                end > day_end || end == day_end && lead == Lead::At
            }
            (None, Some(_)) => true,
            _ => false,
        };
        if clock_wins {
            let ((clock, until), next) = times?;
            (phrase.clock, phrase.until) = (Some(clock), until);
            return Some(next);
        }
        let of_date = self.part_of_date(at, lead);
        if let Some((part, (day, next))) =
            of_date.filter(|(_, (_, end))| day.as_ref().is_none_or(|(_, next)| end > next))
        {
            (phrase.day, phrase.part) = (Some(day), Some(part));
            return Some(next);
        }
        if let Some((day, next)) = day {
            (phrase.day, phrase.part) = (Some(day), day.part);
            return Some(next);
        }
        let (part, next) = self.part_alone(at, lead)?;
        phrase.part = Some(part);
        Some(next)
    }

    /// Another part of the phrase, after a comma or a preposition or neither.
    fn another_piece(&self, phrase: &mut Phrase, next: usize) -> Option<usize> {
        let comma = self.skip_mark(next, ',');
        let (lead, from) = self.lead(comma);
        // "at 10 on the 15th of every month": the day belongs to the recurrence.
        if matches!(lead, Lead::None | Lead::On)
            && self.of_every(self.skip(from, Key::The)).is_some()
        {
            return None;
        }
        if comma == next
            && let Some(end) = self.part_piece(phrase, from, lead, from > next)
        {
            return Some(end);
        }
        if let Some(end) = self.time_piece(phrase, from, lead) {
            return Some(end);
        }
        if lead == Lead::For
            && phrase.lasting.is_none()
            && let Some(((amount, _), end)) = self.amount(from)
            && (amount.seconds == 0 || amount.seconds >= 60)
        {
            phrase.lasting = Some(amount);
            return Some(end);
        }
        if let Some(day) = phrase.day {
            return self.refined(phrase, day, from, lead);
        }
        if lead.bounds() || lead == Lead::Between {
            return None;
        }
        let (day, end) = self.date(from, lead.plain())?;
        let firm = from > next || phrase.clock.is_some() || phrase.part.is_some();
        (firm && day.moment.time.is_none()).then_some(())?;
        phrase.day = Some(day);
        phrase.part = phrase.part.or(day.part);
        Some(end)
    }

    /// "(tomorrow) morning". After "6 am tomorrow" a part of the day says it again, unless it
    /// belongs to a noun.
    fn part_piece(&self, phrase: &mut Phrase, at: usize, lead: Lead, led: bool) -> Option<usize> {
        let (part, end) = self
            .part_of_day(at, lead)
            .filter(|_| phrase.part.is_none())?;
        let open = |clock: Clock| clock.ambiguous && clock.part.is_none();
        let undecided = phrase.clock.is_none_or(open) && (phrase.day.is_some() || led);
        if !(undecided || self.clause_ends(end)) {
            return None;
        }
        phrase.part = Some(part);
        Some(end)
    }

    /// "(Friday) at 5", "(Friday) by noon", "(Monday) 8-10".
    fn time_piece(&self, phrase: &mut Phrase, at: usize, lead: Lead) -> Option<usize> {
        let timed = phrase.day.is_some_and(|day| day.moment.time.is_some());
        if phrase.clock.is_some() {
            return None;
        }
        if let Some(((clock, until), end)) = self.times(at, lead).filter(|_| !timed) {
            (phrase.clock, phrase.until) = (Some(clock), until);
            if phrase.lead != Lead::By && lead.bounds() && lead != Lead::From {
                phrase.lead = lead;
            }
            return Some(end);
        }
        // "Monday 8-10": the company of a day makes figures with a dash times.
        let on_a_day = phrase.day.is_some_and(|day| day.moment.grain == Grain::Day);
        if lead != Lead::None || !on_a_day {
            return None;
        }
        let (clock, until, end) = self.clock_range(at, Lead::From)?;
        (phrase.clock, phrase.until) = (Some(clock), Some(until));
        Some(end)
    }

    /// "next week" + "on Friday", "in March" + "on the 3rd".
    fn refined(&self, phrase: &mut Phrase, period: Day, at: usize, lead: Lead) -> Option<usize> {
        if period.end.is_some() {
            return None;
        }
        let (day, end) = self.date(at, if lead == Lead::None { Lead::On } else { lead })?;
        let date = match (period.moment.grain, day.named) {
            (Grain::Week, Named::Weekday(weekday)) => add_days(
                period.moment.date,
                i64::from(weekday.since(self.ctx.week_start)),
            )?,
            (Grain::Month, Named::Number) => {
                self.next_day_number(day.moment.date.day(), period.moment.date)?
            }
            (Grain::Month, Named::Weekday(weekday)) => {
                weekday_after(add_days(period.moment.date, -1)?, weekday)?
            }
            _ => return None,
        };
        phrase.day = Some(Day::new(date));
        Some(end)
    }
}
