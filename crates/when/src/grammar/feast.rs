//! Holidays by name: "Christmas", "Easter 2027", "next Thanksgiving", "Black Friday of last year".

use jiff::civil::Date;

use super::date::Day;
use super::{Lead, Parsed, Parser};
use crate::holiday;
use crate::lexicon::{self, Key};
use crate::scan::Kind;

impl Parser<'_> {
    pub(crate) fn holiday(&self, at: usize, lead: Lead) -> Parsed<Day> {
        let at = self.skip(at, Key::The);
        let (step, from) = self
            .direction(at)
            .map_or((None, at), |(step, next)| (Some(step), next));
        let (feast, next) = self.holiday_name(from)?;
        let comma = self.skip_mark(next, ',');
        let of = match self.key(comma) {
            Some(Key::Of | Key::In) => comma + 1,
            _ => comma,
        };
        if let Some((year, end)) = self.year(of, false).or_else(|| self.relative_year(of)) {
            return Some((Day::new(holiday::date(feast, year)?), end));
        }
        // "Christmas tree", "Easter eggs": a noun makes it a description.
        let named_day = next > from + 1
            && self
                .word(next - 1)
                .to_ascii_lowercase()
                .starts_with(['d', 'e', 's', 'm', 'f', 't']);
        if !(self.clause_ends(next) || named_day && lead.is_temporal()) {
            return None;
        }
        let weak = self.word(next - 1).eq_ignore_ascii_case("year")
            || self.word(next - 1).eq_ignore_ascii_case("years");
        if weak && !lead.is_temporal() && step.is_none() && !self.whole {
            return None;
        }
        Some((Day::new(self.nearest(feast, step)?), next))
    }

    fn holiday_name(&self, at: usize) -> Parsed<u8> {
        let words = (at..at + 5)
            .take_while(|index| matches!(self.kind(*index), Some(Kind::Word(_))))
            .map(|index| self.word(index));
        let (feast, count) = lexicon::holiday(words)?;
        Some((feast, at + count))
    }

    /// The next one, today included; the one before for "last".
    fn nearest(&self, feast: u8, step: Option<i64>) -> Option<Date> {
        let year = self.today.year();
        let on = |years: i16| holiday::date(feast, year.checked_add(years)?);
        match step {
            Some(-1) => [0, -1, -2]
                .into_iter()
                .filter_map(on)
                .find(|date| *date < self.today),
            _ => [0, 1, 2]
                .into_iter()
                .filter_map(on)
                .find(|date| *date >= self.today),
        }
    }
}
