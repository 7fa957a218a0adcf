//! A whole phrase: a preposition, a day, a time, in any order, and ranges of them.

use super::amount::Amount;
use super::clock::Clock;
use super::date::{Day, Named};
use super::{Lead, Parsed, Parser};
use crate::lexicon::{Key, Sense};
use crate::scan::Kind;
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
        self.ends_freely(next).then_some((phrase, next))
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
            Some(Key::At) => (Lead::At, due + 1),
            Some(Key::On) => (Lead::On, due + 1),
            Some(Key::In | Key::During) => (Lead::In, due + 1),
            Some(Key::For) => (Lead::For, due + 1),
            Some(Key::By) => (Lead::By, due + 1),
            Some(Key::Before) => (Lead::Before, due + 1),
            Some(Key::Until) => (Lead::Until, due + 1),
            Some(Key::Through) if due == at => (Lead::Until, due + 1),
            Some(Key::After) => (Lead::After, due + 1),
            Some(Key::From | Key::Since) => (Lead::From, due + 1),
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
            _ if self.mark(due, '@') => (Lead::At, due + 1),
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
        let (at, lead) = (phrase.core, phrase.lead);
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
        if let Some((day, next)) = day {
            (phrase.day, phrase.part) = (Some(day), day.part);
            return Some(next);
        }
        let (part, next) = self.part_alone(at, lead)?;
        phrase.part = Some(part);
        Some(next)
    }

    /// "in the morning", "by evening", "at lunch"; other bare parts of the day are greetings,
    /// shifts and dresses.
    fn part_alone(&self, at: usize, lead: Lead) -> Parsed<DayPart> {
        let the = self.is(at, Key::The);
        let from = self.skip(at, Key::The);
        let from = from + usize::from(matches!(self.key(from), Some(Key::Early | Key::Late)));
        let Sense::Part(part) = self.sense(from) else {
            return None;
        };
        let meant = match lead {
            Lead::In => the,
            Lead::At => part == DayPart::Lunch,
            Lead::By | Lead::Before | Lead::Until | Lead::After => self.clause_ends(from + 1),
            _ => self.whole,
        };
        (meant && self.clause_ends(from + 1)).then_some((part, from + 1))
    }

    /// Another part of the phrase, after a comma or a preposition or neither.
    fn another_piece(&self, phrase: &mut Phrase, next: usize) -> Option<usize> {
        let comma = self.skip_mark(next, ',');
        let (lead, from) = self.lead(comma);
        if (phrase.day.is_some() && phrase.clock.is_none() && phrase.part.is_none()
            || phrase.day.is_none())
            && let Some((part, end)) = self
                .part_of_day(from, lead)
                .filter(|_| phrase.part.is_none() && comma == next)
        {
            phrase.part = Some(part);
            return Some(end);
        }
        if phrase.clock.is_none()
            && !matches!(
                phrase.day,
                Some(Day {
                    moment: crate::Moment { time: Some(_), .. },
                    ..
                })
            )
            && let Some(((clock, until), end)) = self.times(from, lead)
        {
            (phrase.clock, phrase.until) = (Some(clock), until);
            if phrase.lead != Lead::By
                && matches!(lead, Lead::By | Lead::Before | Lead::Until | Lead::After)
            {
                phrase.lead = lead;
            }
            return Some(end);
        }
        if lead == Lead::For
            && phrase.lasting.is_none()
            && let Some(((amount, _), end)) = self.amount(from)
        {
            phrase.lasting = Some(amount);
            return Some(end);
        }
        match phrase.day {
            None if !matches!(
                lead,
                Lead::By | Lead::Before | Lead::Until | Lead::After | Lead::From | Lead::Between
            ) =>
            {
                let ((day, end), _) = (self.date(from, lead)?, ());
                let firm = from > next || phrase.clock.is_some() || phrase.part.is_some();
                (firm && day.moment.time.is_none()).then_some(())?;
                phrase.day = Some(day);
                phrase.part = phrase.part.or(day.part);
                Some(end)
            }
            Some(day) => self.refined(phrase, day, from, lead),
            None => None,
        }
    }

    /// "next week" + "on Friday", "in March" + "on the 3rd".
    fn refined(&self, phrase: &mut Phrase, period: Day, at: usize, lead: Lead) -> Option<usize> {
        if period.named != Named::Period || period.end.is_some() {
            return None;
        }
        let (day, end) = self.date(at, if lead == Lead::None { Lead::On } else { lead })?;
        let date = match (period.moment.grain, day.named) {
            (Grain::Week, Named::Weekday(weekday)) => crate::calendar::add_days(
                period.moment.date,
                i64::from(weekday.since(self.ctx.week_start)),
            )?,
            (Grain::Month, Named::Number) => {
                self.next_day_number(day.moment.date.day(), period.moment.date)?
            }
            (Grain::Month, Named::Weekday(weekday)) => crate::calendar::weekday_after(
                crate::calendar::add_days(period.moment.date, -1)?,
                weekday,
            )?,
            _ => return None,
        };
        phrase.day = Some(Day::new(date));
        Some(end)
    }

    /// "morning" after a day: "tomorrow morning", "Friday in the evening", "Monday early morning".
    fn part_of_day(&self, at: usize, lead: Lead) -> Parsed<DayPart> {
        let of = self.skip(self.skip(at, Key::Of), Key::The);
        let from = of
            + usize::from(matches!(
                self.key(of),
                Some(Key::Early | Key::Late | Key::This)
            ));
        let (part, next) = match self.sense(from) {
            Sense::Part(part) => (part, from + 1),
            _ => return None,
        };
        let plain = matches!(
            lead,
            Lead::None | Lead::In | Lead::At | Lead::On | Lead::For
        );
        plain.then_some((part, next))
    }

    /// A time, or a range of times, or "9a" and the like.
    pub(crate) fn times(&self, at: usize, lead: Lead) -> Parsed<(Clock, Option<Clock>)> {
        if let Some((first, last, next)) = self.clock_range(at, lead) {
            return Some(((first, Some(last)), next));
        }
        let (clock, next) = self.clock(at, lead)?;
        let firm = clock.explicit
            || self.whole
            || matches!(
                lead,
                Lead::At | Lead::Until | Lead::By | Lead::Before | Lead::After | Lead::Around
            );
        let bare_bound =
            !clock.explicit && lead != Lead::At && !self.whole && !self.nothing_follows(next);
        let verse = at > 0 && self.is(at - 1, Key::Numbered) && !lead.is_temporal();
        (firm && !bare_bound && !verse).then_some(((clock, None), next))
    }

    /// The sentence or clause is over here, so that a bare number counts nothing.
    fn nothing_follows(&self, at: usize) -> bool {
        match self.kind(at) {
            None => true,
            Some(Kind::Mark(mark)) => matches!(mark, ',' | '.' | ';' | '!' | '?' | ')'),
            _ => {
                matches!(
                    self.sense(at),
                    Sense::Day(_) | Sense::Tonight | Sense::Weekday(..)
                ) || matches!(self.key(at), Some(Key::On | Key::This))
            }
        }
    }

    /// "3-4pm", "9:30 to 11", "between 9 and 5", "8am until 6".
    fn clock_range(&self, at: usize, lead: Lead) -> Option<(Clock, Clock, usize)> {
        let loose = Self {
            whole: false,
            ..*self
        };
        let (first, next) = loose.clock(at, Lead::Between)?;
        let and = lead == Lead::Between && self.is(next, Key::And);
        let dash = self.mark(next, '-');
        let word = matches!(self.key(next), Some(Key::To | Key::Until | Key::Through));
        if !(and || dash || word) {
            return None;
        }
        let before = self.skip(next + 1, Key::Before);
        let (last, end) = loose.clock(before, Lead::Between)?;
        let framed = matches!(lead, Lead::From | Lead::Between) && self.nothing_follows(end);
        let at_first = lead == Lead::At && self.nothing_follows(end);
        let firm = first.explicit || last.explicit;
        // "5-1-2027" and "7-11" are no times.
        let sum = dash && self.mark(end, '-');
        let short = !first.explicit
            && last.explicit
            && last.grain == Grain::Minute
            && last.ambiguous
            && !dash
            && !lead.is_temporal();
        (firm && !sum && !short || framed || at_first).then_some((first, last, end))
    }

    /// "8 tonight", "9 tomorrow morning": a bare hour before its day, unless it may count
    /// something ("chapter 5 tomorrow", "buy 6 tonight").
    fn hour_before_day(&self, at: usize, lead: Lead) -> Parsed<(Clock, Option<Clock>)> {
        let (hour, next) = self
            .number(at)
            .filter(|(hour, _)| (1..=12).contains(hour))?;
        let timely = match self.sense(next) {
            Sense::Day(_) | Sense::Tonight => true,
            Sense::Key(Key::This) => matches!(self.sense(next + 1), Sense::Part(_)),
            _ => false,
        };
        let begins = match at.checked_sub(1).and_then(|before| self.kind(before)) {
            None => true,
            Some(Kind::Mark(mark)) => mark != '#',
            Some(Kind::Word(Sense::Hint(_))) => true,
            _ => lead.is_temporal(),
        };
        let clock = Clock::new(hour, 0)?;
        (timely && begins).then_some(((clock, None), next))
    }
}
