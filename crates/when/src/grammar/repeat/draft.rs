//! A recurrence while it is read, and the rule it becomes.

use jiff::civil::{Date, Weekday};

use crate::DayPart;
use crate::grammar::amount::Amount;
use crate::grammar::clock::Clock;
use crate::grammar::date::Day;
use crate::lexicon::Unit;
use crate::recurrence::{Anchor, ByDay, Frequency, Recurrence};

/// A recurrence while it is read.
#[derive(Clone, Debug, Default)]
pub(crate) struct Draft {
    pub(super) frequency: Option<Frequency>,
    pub(super) interval: u16,
    pub(super) by_day: Vec<ByDay>,
    pub(super) by_month_day: Vec<i8>,
    pub(super) by_month: Vec<i8>,
    pub(super) by_set_pos: Option<i16>,
    pub(super) count: Option<u32>,
    pub(super) until: Option<Day>,
    pub(super) lasting: Option<Amount>,
    pub(super) start: Option<Date>,
    pub(super) clocks: Vec<Clock>,
    pub(super) part: Option<DayPart>,
    pub(super) completion: bool,
    /// "every third Friday": also read as the third Friday of the month.
    pub(super) ordinal_weekday: Option<(i8, Weekday)>,
}

/// The frequency of a unit, and how many of its periods the unit is.
pub(super) const fn rhythm(unit: Unit) -> Option<(Frequency, u16)> {
    Some(match unit {
        Unit::Second => return None,
        Unit::Minute => (Frequency::Minutely, 1),
        Unit::Hour => (Frequency::Hourly, 1),
        Unit::Day => (Frequency::Daily, 1),
        Unit::Workday | Unit::Weekend | Unit::Week => (Frequency::Weekly, 1),
        Unit::Fortnight => (Frequency::Weekly, 2),
        Unit::Month => (Frequency::Monthly, 1),
        Unit::Quarter => (Frequency::Monthly, 3),
        Unit::Year => (Frequency::Yearly, 1),
        Unit::Decade => (Frequency::Yearly, 10),
    })
}

pub(crate) fn weekend() -> Vec<ByDay> {
    vec![
        ByDay::every(Weekday::Saturday),
        ByDay::every(Weekday::Sunday),
    ]
}

impl Draft {
    /// The rule, whose frequency follows from its days where no word named it.
    pub(super) fn rule(&self, week_start: Weekday) -> Option<Recurrence> {
        let nth = self.by_day.iter().any(|by| by.nth.is_some());
        let frequency = match self.frequency {
            Some(Frequency::Monthly | Frequency::Weekly) | None
                if !self.by_month.is_empty()
                    && (nth || !self.by_month_day.is_empty() || self.frequency.is_none()) =>
            {
                Frequency::Yearly
            }
            Some(frequency) => frequency,
            None if nth || !self.by_month_day.is_empty() || self.by_set_pos.is_some() => {
                Frequency::Monthly
            }
            None if !self.by_day.is_empty() => Frequency::Weekly,
            None => return None,
        };
        let mut rule = Recurrence::every(frequency);
        rule.interval = self.interval.max(1);
        rule.by_day.clone_from(&self.by_day);
        rule.by_month_day.clone_from(&self.by_month_day);
        rule.by_month.clone_from(&self.by_month);
        rule.by_set_pos = self.by_set_pos;
        rule.count = self.count;
        // The first day of the week changes nothing but rules such as "every other week".
        if frequency == Frequency::Weekly && rule.interval > 1 && rule.by_day.len() > 1 {
            rule.week_start = week_start;
        }
        if self.completion {
            rule.anchor = Anchor::Completion;
        }
        Some(rule)
    }
}
