//! The days that holidays fall on. Fixed and movable Western ones are exact; Jewish ones follow
//! the arithmetic of the Hebrew calendar; Islamic ones follow the tabular calendar, which the
//! sighted moon may miss by a day; Chinese New Year and Diwali are tables.

use jiff::civil::{Date, Weekday};

use crate::calendar::add_days;

/// How a holiday finds its day in a year.
enum Rule {
    Fixed(i8, i8),
    /// The n-th weekday of a month, from its end if negative, and days after it.
    Nth(i8, Weekday, i8, i64),
    /// Days after Easter Sunday.
    Easter(i64),
    Orthodox(i64),
    /// Month (from Nisan) and day of the Hebrew calendar.
    Hebrew(i64, i64),
    /// Month and day of the Islamic calendar.
    Islamic(i64, i64),
    ChineseNewYear,
    Diwali,
}

/// The first day of the holiday with this number (see the lexicon) in a year.
pub(crate) fn date(holiday: u8, year: i16) -> Option<Date> {
    match rule(holiday)? {
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

fn rule(holiday: u8) -> Option<Rule> {
    use Rule::{ChineseNewYear, Diwali, Easter, Fixed, Hebrew, Islamic, Nth, Orthodox};
    use Weekday::{Monday, Sunday, Thursday};
    Some(match holiday {
        0 => Fixed(12, 25),
        1 => Fixed(12, 24),
        2 => Fixed(12, 26),
        3 => Fixed(12, 31),
        4 => Fixed(1, 1),
        5 => Fixed(2, 14),
        6 => Fixed(3, 17),
        7 => Fixed(10, 31),
        8 => Fixed(7, 4),
        9 => Fixed(11, 11),
        10 => Nth(9, Monday, 1, 0),
        11 => Fixed(5, 1),
        12 => Nth(10, Monday, 2, 0),
        13 => Nth(11, Thursday, 4, 0),
        14 => Nth(11, Thursday, 4, 1),
        15 => Nth(11, Thursday, 4, 4),
        16 => Nth(1, Monday, 3, 0),
        17 => Nth(2, Monday, 3, 0),
        18 => Nth(5, Monday, -1, 0),
        19 => Nth(5, Sunday, 2, 0),
        20 => Nth(6, Sunday, 3, 0),
        21 => Fixed(6, 19),
        22 => Fixed(2, 2),
        23 => Fixed(4, 22),
        24 => Fixed(4, 1),
        25 => Easter(0),
        26 => Easter(-2),
        27 => Easter(1),
        28 => Easter(-46),
        29 => Easter(-7),
        30 => Easter(-3),
        31 => Easter(39),
        32 => Easter(49),
        33 => Easter(50),
        34 => Easter(60),
        35 => Easter(-47),
        36 => Fixed(11, 1),
        37 => Fixed(11, 2),
        38 => Fixed(11, 5),
        39 => Fixed(4, 25),
        40 => Fixed(1, 26),
        41 => Fixed(7, 1),
        42 => Fixed(7, 14),
        43 => Fixed(5, 5),
        44 => Fixed(3, 14),
        45 => Fixed(3, 8),
        46 => Fixed(1, 6),
        47 => Fixed(3, 1),
        48 => Fixed(4, 23),
        49 => Fixed(11, 30),
        50 => Fixed(1, 25),
        60 => ChineseNewYear,
        61 => Diwali,
        62 => Hebrew(7, 1),
        63 => Hebrew(7, 10),
        64 => Hebrew(9, 25),
        65 => Hebrew(1, 15),
        // A month before Nisan begins, which leap years do not shift.
        66 => Hebrew(1, -15),
        67 => Hebrew(7, 15),
        68 => Hebrew(3, 6),
        69 => Islamic(9, 1),
        70 => Islamic(10, 1),
        71 => Islamic(12, 10),
        72 => Orthodox(0),
        73 => Orthodox(-2),
        74 => Nth(4, Monday, 3, 0),
        75 => Fixed(11, 11),
        76 => Fixed(5, 4),
        77 => Fixed(12, 21),
        78 => Fixed(6, 21),
        79 => Fixed(4, 15),
        80 => Fixed(3, 15),
        81 => Easter(56),
        82 => Nth(11, Thursday, 4, 3),
        83 => Fixed(12, 6),
        84 => Fixed(6, 14),
        85 => Fixed(10, 16),
        88 => Orthodox(-48),
        89 => Orthodox(-8),
        90 => Easter(-1),
        _ => return None,
    })
}

/// Gregorian Easter Sunday (Meeus, Jones and Butcher).
fn easter(year: i16) -> Option<Date> {
    let year = i32::from(year);
    let (a, b, c) = (
        year.rem_euclid(19),
        year.div_euclid(100),
        year.rem_euclid(100),
    );
    let (d, e) = (b.div_euclid(4), b.rem_euclid(4));
    let g = (8 * b + 13).div_euclid(25);
    let h = (19 * a + b - d - g + 15).rem_euclid(30);
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k).rem_euclid(7);
    let m = (a + 11 * h + 19 * l).div_euclid(433);
    let month = (h + l - 7 * m + 90).div_euclid(25);
    let day = (h + l - 7 * m + 33 * month + 19).rem_euclid(32);
    Date::new(
        i16::try_from(year).ok()?,
        i8::try_from(month).ok()?,
        i8::try_from(day).ok()?,
    )
    .ok()
}

/// Julian Easter Sunday by the Gregorian calendar (Meeus); right from 1900 to 2099.
fn orthodox_easter(year: i16) -> Option<Date> {
    let number = i32::from(year);
    let (a, b, c) = (
        number.rem_euclid(4),
        number.rem_euclid(7),
        number.rem_euclid(19),
    );
    let d = (19 * c + 15).rem_euclid(30);
    let e = (2 * a + 4 * b - d + 34).rem_euclid(7);
    let (month, day) = ((d + e + 114) / 31, (d + e + 114) % 31 + 1);
    let julian = Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?;
    add_days(julian, 13).filter(|_| (1900..2100).contains(&year))
}

/// Days from 1 January of the year 1 to 1 Tishri of a Hebrew year (Reingold and Dershowitz).
fn tishri(year: i64) -> i64 {
    let elapsed = |year: i64| {
        let months = (235 * year - 234).div_euclid(19);
        let parts = 12_084 + 13_753 * months;
        let day = 29 * months + parts.div_euclid(25_920);
        day + i64::from((3 * (day + 1)).rem_euclid(7) < 3)
    };
    let (before, this, after) = (elapsed(year - 1), elapsed(year), elapsed(year + 1));
    let late = if after - this == 356 {
        2
    } else {
        i64::from(this - before == 382)
    };
    this + late - 1_373_428
}

/// A day of the Hebrew calendar within a Gregorian year; months are counted from Nisan.
fn hebrew(year: i16, month: i64, day: i64) -> Option<Date> {
    let number = i64::from(year);
    // Nisan to Elul always have 30, 29, 30, 29, 30, 29 days, so both are counted from Tishri.
    let days = if month < 7 {
        tishri(number + 3761) - 177 + (month - 1) / 2 * 59 + (month - 1) % 2 * 30
    } else {
        let new_year = tishri(number + 3761);
        let long = tishri(number + 3762) - new_year;
        let heshvan = if long % 10 == 5 { 30 } else { 29 };
        new_year + [0, 30, 30 + heshvan][usize::try_from(month - 7).ok()?.min(2)]
    };
    add_days(Date::new(1, 1, 1).ok()?, days + day - 1)
}

/// A day of the tabular Islamic calendar within a Gregorian year.
fn islamic(year: i16, month: i64, day: i64) -> Option<Date> {
    let guess = (i64::from(year) - 622) * 33 / 32;
    let of = |year: i64| {
        let days =
            354 * (year - 1) + (3 + 11 * year).div_euclid(30) + 29 * (month - 1) + month / 2 + day;
        add_days(Date::new(1, 1, 1).ok()?, days + 227_014 - 1)
    };
    (guess - 1..=guess + 2)
        .filter_map(of)
        .find(|date| date.year() == year)
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
