//! Feasts that follow the moon.

use jiff::civil::Date;

use crate::calendar::add_days;

/// Gregorian Easter Sunday (Meeus, Jones and Butcher).
pub(super) fn easter(year: i16) -> Option<Date> {
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
pub(super) fn orthodox_easter(year: i16) -> Option<Date> {
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
pub(super) fn hebrew(year: i16, month: i64, day: i64) -> Option<Date> {
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
pub(super) fn islamic(year: i16, month: i64, day: i64) -> Option<Date> {
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
