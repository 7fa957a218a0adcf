//! Days in figures: ISO 8601, "3/4/2027" in the reader's order, "24.12.2026", "2026-W48".

use jiff::civil::{Date, ISOWeekDate, Weekday};

use super::date::{Day, Named};
use super::{Lead, Parsed, Parser};
use crate::context::DayMonthOrder;
use crate::lexicon::{Key, Sense};
use crate::scan::Kind;
use crate::{Grain, iso};

/// What stands between the figures decides how sure one can be.
type Figures = [Option<(u32, u8)>; 3];

impl Parser<'_> {
    pub(crate) fn numeric(&self, at: usize, lead: Lead) -> Parsed<Day> {
        self.iso(at)
            .or_else(|| self.iso_week(at))
            .or_else(|| self.figures_of_date(at, lead))
            .or_else(|| self.compact(at, lead))
    }

    fn iso(&self, at: usize) -> Parsed<Day> {
        let (_, 4) = self.digits(at)? else {
            return None;
        };
        let start = self.tokens.get(at)?.start;
        let (moment, length) = iso::moment(self.text.get(start..)?, self.ctx)?;
        let end = start + length;
        let count = self.tokens[at..]
            .iter()
            .take(16)
            .take_while(|token| token.end <= end)
            .count();
        let aligned = self
            .tokens
            .get(at + count - 1)
            .is_some_and(|token| token.end == end);
        let mut day = Day::written(moment.date);
        day.moment = moment;
        aligned.then_some((day, at + count))
    }

    /// "2026-W48", "2026W485": weeks of ISO 8601, which begin on Monday whatever the reader does.
    fn iso_week(&self, at: usize) -> Parsed<Day> {
        let (year, 4) = self.digits(at)? else {
            return None;
        };
        let next = self.skip_mark(at + 1, '-');
        if !matches!(self.word(next), "W" | "w") || !self.glued(next) {
            return None;
        }
        let (week, digits) = self.digits(next + 1).filter(|_| self.glued(next + 1))?;
        let (week, day, end) = match digits {
            3 => (week / 10, Some(week % 10), next + 2),
            2 if self.mark(next + 2, '-') && self.glued(next + 2) => {
                (week, Some(self.digits(next + 3)?.0), next + 4)
            }
            2 => (week, None, next + 2),
            _ => return None,
        };
        let weekday = Weekday::from_monday_one_offset(i8::try_from(day.unwrap_or(1)).ok()?).ok()?;
        let date = ISOWeekDate::new(i16::try_from(year).ok()?, i8::try_from(week).ok()?, weekday)
            .ok()?
            .date();
        Some((
            if day.is_some() {
                Day::new(date)
            } else {
                Day::period(date, Grain::Week)
            },
            end,
        ))
    }

    /// Up to three figures with the same mark between them.
    fn figures_of_date(&self, at: usize, lead: Lead) -> Parsed<Day> {
        let Some(Kind::Mark(mark @ ('/' | '-' | '.'))) = self.kind(at + 1) else {
            return None;
        };
        let tight = self.glued(at + 1) && self.glued(at + 2);
        if !(tight || self.whole && mark != '.') {
            return None;
        }
        let mut figures: Figures = [self.digits(at), self.digits(at + 2), None];
        let third =
            self.mark(at + 3, mark) && (self.glued(at + 3) && self.glued(at + 4) || self.whole);
        let mut next = at + 3;
        if third && self.digits(at + 4).is_some() {
            figures[2] = self.digits(at + 4);
            next = at + 5;
        } else if mark == '.' && self.mark(next, '.') && self.glued(next) {
            next += 1;
        }
        // "1.2.3.4" and "1-2-3-4" are something else.
        if self.mark(next, mark)
            && self.glued(next)
            && self.glued(next + 1)
            && self.digits(next + 1).is_some()
        {
            return None;
        }
        let day = self.arranged(figures, mark, lead, at, next)?;
        Some((day, next))
    }

    fn arranged(
        &self,
        figures: Figures,
        mark: char,
        lead: Lead,
        at: usize,
        next: usize,
    ) -> Option<Day> {
        let [first, second, third] = figures;
        let ((a, a_digits), (b, b_digits)) = (first?, second?);
        let Some((c, c_digits)) = third else {
            return self.two_figures([(a, a_digits), (b, b_digits)], mark, lead, at, next);
        };
        if a_digits == 4 {
            return civil(a, b, c)
                .map(Day::written)
                .filter(|_| c_digits <= 2 && b_digits <= 2);
        }
        let year = match c_digits {
            4 => c,
            2 if mark == '/'
                || lead.is_temporal()
                || self.whole
                || (a_digits, b_digits) == (2, 2) =>
            {
                2000 + c - if c >= 70 { 100 } else { 0 }
            }
            _ => return None,
        };
        if a_digits > 2 || b_digits > 2 {
            return None;
        }
        let (day, month) = self.in_order(a, b, mark);
        civil(year, month, day)
            .or_else(|| civil(year, day, month))
            .map(Day::written)
    }

    /// Which of two figures is the day. Dots are written where the day comes first.
    fn in_order(&self, a: u32, b: u32, mark: char) -> (u32, u32) {
        match self.ctx.order {
            DayMonthOrder::MonthFirst if mark != '.' => (b, a),
            _ => (a, b),
        }
    }

    /// "3/4", "24.12.", "2026-11", "11/2026".
    fn two_figures(
        &self,
        figures: [(u32, u8); 2],
        mark: char,
        lead: Lead,
        at: usize,
        next: usize,
    ) -> Option<Day> {
        let [(a, a_digits), (b, b_digits)] = figures;
        let dated = matches!(
            lead,
            Lead::On | Lead::By | Lead::Before | Lead::Until | Lead::After | Lead::From
        );
        let firm = self.whole || dated;
        let month = |year: u32, month: u32| {
            let plausible = (1900..=2199).contains(&year);
            Some(Day::period(
                civil(year, month, 1).filter(|_| plausible)?,
                Grain::Month,
            ))
        };
        match (a_digits, b_digits) {
            (4, 2) if mark == '/' || mark == '-' && (firm || lead == Lead::In) => {
                return month(a, b);
            }
            (1 | 2, 4) if mark == '/' => return month(b, a),
            (1 | 2, 1 | 2) => {}
            _ => return None,
        }
        let ends = self.clause_ends(next) && !self.counts_something(next);
        let dotted = next == at + 4;
        let allowed = match mark {
            '/' => firm || self.slash_is_date(a, b, at, next),
            '.' if dotted => dated || self.whole && lead != Lead::At,
            '.' => lead == Lead::On && b_digits == 2 && ends,
            // "from 2-3" are hours.
            _ => {
                firm && lead != Lead::From
                    && self.clause_ends(next)
                    && self.meridiem(next).is_none()
            }
        };
        if !allowed {
            return None;
        }
        let (day, month) = self.in_order(a, b, mark);
        let (day, month) = (i8::try_from(day).ok()?, i8::try_from(month).ok()?);
        let date = self
            .next_month_day(month, day)
            .or_else(|| self.next_month_day(day, month))?;
        Some(Day {
            named: Named::MonthDay,
            ..Day::new(date)
        })
    }

    /// "3/4" in a sentence: not if it is a fraction or a score ("3/4 cup", "2/3 of", "24/7").
    fn slash_is_date(&self, a: u32, b: u32, at: usize, next: usize) -> bool {
        let round_the_clock = (a, b) == (24, 7);
        let fraction = a < b && matches!(b, 2 | 3 | 4 | 5 | 8);
        let describes = matches!(self.sense(next), Sense::Unknown)
            && self.kind(next).is_some()
            && !matches!(self.kind(next), Some(Kind::Mark(_)));
        let score = a == b && (a == 5 || a == 10);
        let measured = self.unit(next).is_some() || self.is(next, Key::Of);
        let numbered = at > 0 && self.is(at - 1, Key::Numbered);
        !(round_the_clock || measured || score || numbered || fraction && describes)
    }

    /// "20261124" and "20261124T1700" as a date of their own.
    fn compact(&self, at: usize, lead: Lead) -> Parsed<Day> {
        let (value, 8) = self.digits(at)? else {
            return None;
        };
        if !self.whole && !lead.is_temporal() {
            return None;
        }
        let date = civil(value / 10_000, value / 100 % 100, value % 100)?;
        (1900..=2199)
            .contains(&date.year())
            .then_some((Day::new(date), at + 1))
    }
}

fn civil(year: u32, month: u32, day: u32) -> Option<Date> {
    Date::new(
        i16::try_from(year).ok()?,
        i8::try_from(month).ok()?,
        i8::try_from(day).ok()?,
    )
    .ok()
}
