//! Days by name and by distance.

use crate::support::{all_arguments, all_mean, at, monday};

#[test]
fn counts_from_today() {
    all_mean(
        &monday(),
        &[
            ("today", "2026-11-23"),
            ("tomorrow", "2026-11-24"),
            ("yesterday", "2026-11-22"),
            ("the day after tomorrow", "2026-11-25"),
            ("day after tomorrow", "2026-11-25"),
            ("the day before yesterday", "2026-11-21"),
            ("in 3 days", "2026-11-26"),
            ("in three days", "2026-11-26"),
            ("in a week", "2026-11-30"),
            ("in one week", "2026-11-30"),
            ("in 2 weeks", "2026-12-07"),
            ("in two weeks' time", "2026-12-07"),
            ("in a fortnight", "2026-12-07"),
            ("in a couple of days", "2026-11-25"),
            ("in a few days", "2026-11-26"),
            ("in a month", "2026-12-23"),
            ("in 6 months", "2027-05-23"),
            ("in a year", "2027-11-23"),
            ("in 10 business days", "2026-12-07"),
            ("in 3 working days", "2026-11-26"),
            ("in about 3 weeks", "2026-12-14"),
            ("in a year and a half", "2028-05-23"),
            ("3 days from now", "2026-11-26"),
            ("a week from today", "2026-11-30"),
            ("a week from tomorrow", "2026-12-01"),
            ("two weeks from Friday", "2026-12-11"),
            ("a week on Friday", "2026-12-04"),
            ("a week after Christmas", "2027-01-01"),
            ("two days before Christmas", "2026-12-23"),
            ("the day before New Year's Eve", "2026-12-30"),
            ("the day after Thanksgiving", "2026-11-27"),
            ("three months hence", "2027-02-23"),
            ("2 days later", "2026-11-25"),
            ("7 days ago", "2026-11-16"),
            ("a fortnight ago", "2026-11-09"),
            ("two months ago", "2026-09-23"),
            ("3 fridays from now", "2026-12-11"),
            ("2 thursdays ago", "2026-11-12"),
        ],
    );
}

#[test]
fn names_weekdays() {
    all_mean(
        &monday(),
        &[
            ("monday", "2026-11-30"),
            ("tuesday", "2026-11-24"),
            ("on Friday", "2026-11-27"),
            ("on wed", "2026-11-25"),
            ("sat", "2026-11-28"),
            ("thurs", "2026-11-26"),
            ("Weds", "2026-11-25"),
            ("this friday", "2026-11-27"),
            ("this coming friday", "2026-11-27"),
            ("coming Sunday", "2026-11-29"),
            ("next friday", "2026-12-04"),
            ("next tuesday", "2026-12-01"),
            ("next monday", "2026-11-30"),
            ("last friday", "2026-11-20"),
            ("last monday", "2026-11-16"),
            ("Friday week", "2026-12-04"),
            ("friday after next", "2026-12-04"),
            ("friday next week", "2026-12-04"),
            ("Wednesday of next week", "2026-12-02"),
            ("next week on Wednesday", "2026-12-02"),
            ("next week wednesday", "2026-12-02"),
            ("monday of this week", "2026-11-23"),
            ("sunday from last week", "2026-11-22"),
            ("friday in two weeks", "2026-12-11"),
            ("Tuesday the 24th", "2026-11-24"),
            ("Friday the 4th", "2026-12-04"),
            ("Thursday, December 3", "2026-12-03"),
            ("Thu 3 Dec", "2026-12-03"),
            ("Thu, Dec 3rd, 2026", "2026-12-03"),
        ],
    );
}

#[test]
fn forgives_typing() {
    all_mean(
        &monday(),
        &[
            ("tomorow", "2026-11-24"),
            ("tommorow", "2026-11-24"),
            ("tommorrow", "2026-11-24"),
            ("tomorrw", "2026-11-24"),
            ("tmrw", "2026-11-24"),
            ("tmr", "2026-11-24"),
            ("2moro", "2026-11-24"),
            ("tonite", "2026-11-23 20:00"),
            ("2nite", "2026-11-23 20:00"),
            ("wendesday", "2026-11-25"),
            ("wensday", "2026-11-25"),
            ("thrusday", "2026-11-26"),
            ("satuday", "2026-11-28"),
            ("on firday", "2026-11-27"),
            ("Febuary 3", "2027-02-03"),
            ("3 Septemer", "2027-09-03"),
            ("TOMORROW", "2026-11-24"),
            ("ToMorrow", "2026-11-24"),
        ],
    );
}

#[test]
fn names_days_of_months() {
    all_mean(
        &monday(),
        &[
            ("March 3", "2027-03-03"),
            ("Mar 3", "2027-03-03"),
            ("mar 3rd", "2027-03-03"),
            ("3 March", "2027-03-03"),
            ("3rd of March", "2027-03-03"),
            ("the 3rd of March", "2027-03-03"),
            ("on the third of march", "2027-03-03"),
            ("march third", "2027-03-03"),
            ("march the 3rd", "2027-03-03"),
            ("December 24th", "2026-12-24"),
            ("24 dec", "2026-12-24"),
            ("23 November", "2026-11-23"),
            ("22 November", "2027-11-22"),
            ("twenty first of december", "2026-12-21"),
            ("May 5", "2027-05-05"),
            ("5 May 2028", "2028-05-05"),
            ("May 5, 2028", "2028-05-05"),
            ("May 5th 2028", "2028-05-05"),
            ("2028 May 5", "2028-05-05"),
            ("31-Oct-2027", "2027-10-31"),
            ("4th of July next year", "2027-07-04"),
            ("by the 5th", "by 2026-12-05"),
            ("on the 30th", "2026-11-30"),
            ("on the first", "2026-12-01"),
            ("the 31st", "2026-12-31"),
            ("29 February", "2028-02-29"),
            ("10th of next month", "2026-12-10"),
            ("20 of this month", "2026-11-20"),
        ],
    );
    all_arguments(
        &monday(),
        &[
            ("the 3rd", "2026-12-03"),
            ("3rd", "2026-12-03"),
            ("the 24", "2026-11-24"),
            ("the second", "2026-12-02"),
        ],
    );
}

#[test]
fn counts_within_periods() {
    all_mean(
        &monday(),
        &[
            ("first Monday of next month", "2026-12-07"),
            ("the first monday in december", "2026-12-07"),
            ("last Friday of March", "2027-03-26"),
            ("last day of the month", "2026-11-30"),
            ("the last day of February 2028", "2028-02-29"),
            ("third tuesday of september 2027", "2027-09-21"),
            ("2nd to last friday of december", "2026-12-18"),
            ("first working day of next month", "2026-12-01"),
            ("last business day of the year", "2026-12-31"),
            ("first weekend of December", "2026-12-05 weekend"),
            ("third tuesday after christmas 2026", "2027-01-12"),
            ("end of month", "2026-11-30"),
            ("the end of the month", "2026-11-30"),
            ("end of next month", "2026-12-31"),
            ("eom", "2026-11-30"),
            ("eow", "2026-11-27"),
            ("end of the week", "2026-11-27"),
            ("end of next week", "2026-12-04"),
            ("end of April", "2027-04-30"),
            ("eoy", "2026-12-31"),
            ("end of the year", "2026-12-31"),
            ("the beginning of next week", "2026-11-30"),
            ("start of December", "2026-12-01"),
            ("mid December", "2026-12-15"),
            ("mid-January", "2027-01-15"),
            ("early March", "2027-03-01 to 2027-03-10"),
            ("late next month", "2026-12-21 to 2026-12-31"),
        ],
    );
}

#[test]
fn a_day_that_has_passed_in_its_period_is_the_next_ones() {
    let ctx = at("2026-11-23T13:00");
    all_mean(
        &ctx,
        &[
            ("first Monday of the month", "2026-12-07"),
            ("first Monday of this month", "2026-11-02"),
            ("beginning of the month", "2026-12-01"),
            ("first friday of november", "2027-11-05"),
        ],
    );
}
