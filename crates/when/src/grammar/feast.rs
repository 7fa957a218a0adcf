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
        if let Some((year, end)) = self.distant_year(next) {
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
        let last = self.word(next - 1).to_ascii_lowercase();
        let weak = next == from + 2 && last.starts_with("year");
        if weak && !lead.is_temporal() && step.is_none() && !self.whole {
            return None;
        }
        Some((Day::new(self.nearest(feast, step)?), next))
    }

    /// "in three years", "a year ago": the year that is meant.
    pub(super) fn distant_year(&self, at: usize) -> Parsed<i16> {
        let (lead, from) = match self.key(at) {
            Some(Key::In) => (Lead::In, at + 1),
            _ => (Lead::None, at),
        };
        self.amount(from).filter(|_| self.depth == 0)?;
        let (day, end) = Self { depth: 3, ..*self }.distance(from, lead)?;
        day.moment
            .time
            .is_none()
            .then_some((day.moment.date.year(), end))
    }

    fn holiday_name(&self, at: usize) -> Parsed<u8> {
        let words = (at..at + 5)
            .take_while(|index| matches!(self.kind(*index), Some(Kind::Word(_))))
            .map(|index| self.word(index));
        let (feast, count) = lexicon::holiday(&words)?;
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

    /// Whether it is on the same day of the same month every year.
    pub(crate) fn is_fixed_holiday(&self, at: usize) -> bool {
        let feast = self.holiday_name(at).map(|(feast, _)| feast);
        let days = |year| {
            feast
                .and_then(|feast| holiday::date(feast, year))
                .map(|date| (date.month(), date.day()))
        };
        [2027, 2028, 2029]
            .into_iter()
            .all(|year| days(year) == days(2026))
    }
}
