//! The days that holidays fall on. Fixed and movable Western ones are exact; Jewish ones follow
//! the arithmetic of the Hebrew calendar; Islamic ones follow the tabular calendar, which the
//! sighted moon may miss by a day; Chinese New Year and Diwali are tables.

mod moon;
mod rules;

use jiff::civil::Date;

use crate::calendar::add_days;
use moon::{easter, hebrew, islamic, orthodox_easter};
use rules::{RULES, Rule};

/// The first day of the holiday with this number (see the lexicon) in a year.
pub(crate) fn date(holiday: u8, year: i16) -> Option<Date> {
    match RULES.iter().find(|(number, _)| *number == holiday)?.1 {
        Rule::Fixed(month, day) => Date::new(year, month, day).ok(),
        Rule::Nth(month, weekday, nth, after) => {
            let first = Date::new(year, month, 1).ok()?;
            add_days(first.nth_weekday_of_month(nth, weekday).ok()?, after)
        }
        Rule::Easter(days) => add_days(easter(year)?, days),
        Rule::Orthodox(days) => add_days(orthodox_easter(year)?, days),
        Rule::Hebrew(month, day) => hebrew(year, month, day),
        Rule::Islamic(month, day) => islamic(year, month, day),
        Rule::ChineseNewYear => listed(year, 2020, &CHINESE_NEW_YEAR),
        Rule::Diwali => listed(year, 2020, &DIWALI),
    }
}

fn listed(year: i16, first: i16, table: &[(i8, i8)]) -> Option<Date> {
    let (month, day) = *table.get(usize::try_from(year.checked_sub(first)?).ok()?)?;
    Date::new(year, month, day).ok()
}

const CHINESE_NEW_YEAR: [(i8, i8); 21] = [
    (1, 25),
    (2, 12),
    (2, 1),
    (1, 22),
    (2, 10),
    (1, 29),
    (2, 17),
    (2, 6),
    (1, 26),
    (2, 13),
    (2, 3),
    (1, 23),
    (2, 11),
    (1, 31),
    (2, 19),
    (2, 8),
    (1, 28),
    (2, 15),
    (2, 4),
    (1, 24),
    (2, 12),
];

const DIWALI: [(i8, i8); 11] = [
    (11, 14),
    (11, 4),
    (10, 24),
    (11, 12),
    (10, 31),
    (10, 20),
    (11, 8),
    (10, 29),
    (10, 17),
    (11, 5),
    (10, 26),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn falls_on_the_known_days() {
        let known = [
            (25, 2026, "2026-04-05"),
            (25, 2013, "2013-03-31"),
            (72, 2018, "2018-04-08"),
            (13, 2026, "2026-11-26"),
            (62, 2018, "2018-09-10"),
            (63, 2018, "2018-09-19"),
            (64, 2018, "2018-12-03"),
            (65, 2018, "2018-03-31"),
            (66, 2018, "2018-03-01"),
            (68, 2018, "2018-05-20"),
            (62, 2026, "2026-09-12"),
            (65, 2026, "2026-04-02"),
            (64, 2026, "2026-12-05"),
            (60, 2026, "2026-02-17"),
            (69, 2018, "2018-05-16"),
            (70, 2018, "2018-06-15"),
        ];
        for (holiday, year, day) in known {
            assert_eq!(
                date(holiday, year).map(|date| date.to_string()).as_deref(),
                Some(day),
                "{holiday}"
            );
        }
    }
}
