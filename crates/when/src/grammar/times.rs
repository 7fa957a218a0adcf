//! When a time of day is meant, and ranges of them.

use super::clock::Clock;
use super::{Lead, Parsed, Parser};
use crate::lexicon::{Key, Sense};
use crate::scan::Kind;

impl Parser<'_> {
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
        // "5 by 5"
        let measure =
            lead == Lead::By && !clock.explicit && at >= 2 && self.number(at - 2).is_some();
        let measure = measure || !clock.explicit && self.measures(at);
        let verse = at > 0 && self.is(at - 1, Key::Numbered) && !lead.is_temporal();
        (firm && !(bare_bound || verse || measure)).then_some(((clock, None), next))
    }

    /// The sentence or clause is over here, so that a bare number counts nothing.
    pub(super) fn nothing_follows(&self, at: usize) -> bool {
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
    pub(super) fn clock_range(&self, at: usize, lead: Lead) -> Option<(Clock, Clock, usize)> {
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
        // "15 to noon"
        if self.is(next, Key::To)
            && !first.explicit
            && matches!(self.sense(next + 1), Sense::Noon | Sense::Midnight)
        {
            return None;
        }
        let before = self.skip(next + 1, Key::Before);
        let (last, end) = loose.clock(before, Lead::Between)?;
        let framed = matches!(lead, Lead::From | Lead::Between) && self.nothing_follows(end);
        let at_first = lead == Lead::At && !self.is(next, Key::To) && self.nothing_follows(end);
        let firm = first.explicit || last.explicit;
        // "5-1-2027" and "7-11" are no times.
        let sum = dash && self.mark(end, '-');
        let short = !first.explicit
            && last.explicit
            && !last.bare_hour
            && last.ambiguous
            && !dash
            && !lead.is_temporal();
        (firm && !sum && !short || (framed || at_first) && !self.measures(at))
            .then_some((first, last, end))
    }

    /// "8 tonight", "9 tomorrow morning": a bare hour before its day, unless it may count
    /// something ("chapter 5 tomorrow", "buy 6 tonight").
    pub(super) fn hour_before_day(&self, at: usize, lead: Lead) -> Parsed<(Clock, Option<Clock>)> {
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
