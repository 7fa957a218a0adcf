//! Recurrences in words.

use crate::support::{all_mean, at, means, monday};

#[test]
fn repeats_by_units() {
    all_mean(
        &monday(),
        &[
            ("every day", "FREQ=DAILY from 2026-11-23"),
            ("daily", "FREQ=DAILY from 2026-11-23"),
            ("each day", "FREQ=DAILY from 2026-11-23"),
            ("every single day", "FREQ=DAILY from 2026-11-23"),
            ("every other day", "FREQ=DAILY;INTERVAL=2 from 2026-11-23"),
            ("every second day", "FREQ=DAILY;INTERVAL=2 from 2026-11-23"),
            ("every 3 days", "FREQ=DAILY;INTERVAL=3 from 2026-11-23"),
            ("every third day", "FREQ=DAILY;INTERVAL=3 from 2026-11-23"),
            ("every week", "FREQ=WEEKLY from 2026-11-23"),
            ("weekly", "FREQ=WEEKLY from 2026-11-23"),
            ("biweekly", "FREQ=WEEKLY;INTERVAL=2 from 2026-11-23"),
            ("fortnightly", "FREQ=WEEKLY;INTERVAL=2 from 2026-11-23"),
            ("every fortnight", "FREQ=WEEKLY;INTERVAL=2 from 2026-11-23"),
            ("every month", "FREQ=MONTHLY from 2026-11-23"),
            ("every 3 months", "FREQ=MONTHLY;INTERVAL=3 from 2026-11-23"),
            ("quarterly", "FREQ=MONTHLY;INTERVAL=3 from 2026-11-23"),
            ("every quarter", "FREQ=MONTHLY;INTERVAL=3 from 2026-11-23"),
            ("yearly", "FREQ=YEARLY from 2026-11-23"),
            ("annually", "FREQ=YEARLY from 2026-11-23"),
            ("once a year", "FREQ=YEARLY from 2026-11-23"),
            ("once a week", "FREQ=WEEKLY from 2026-11-23"),
            ("every hour", "FREQ=HOURLY from 2026-11-23 14:00"),
            (
                "every 2 hours",
                "FREQ=HOURLY;INTERVAL=2 from 2026-11-23 15:00",
            ),
            (
                "every 20 min",
                "FREQ=MINUTELY;INTERVAL=20 from 2026-11-23 13:20",
            ),
            ("every morning", "FREQ=DAILY from 2026-11-24 09:00"),
            ("every night", "FREQ=DAILY from 2026-11-23 20:00"),
            (
                "every! 3 days",
                "FREQ=DAILY;INTERVAL=3;X-FROM=COMPLETION from 2026-11-23",
            ),
            (
                "every 3 days after completion",
                "FREQ=DAILY;INTERVAL=3;X-FROM=COMPLETION from 2026-11-23",
            ),
        ],
    );
}

#[test]
fn repeats_on_weekdays() {
    all_mean(
        &monday(),
        &[
            ("every monday", "FREQ=WEEKLY;BYDAY=MO from 2026-11-23"),
            ("every tue", "FREQ=WEEKLY;BYDAY=TU from 2026-11-24"),
            ("on mondays", "FREQ=WEEKLY;BYDAY=MO from 2026-11-23"),
            (
                "tuesdays and thursdays",
                "FREQ=WEEKLY;BYDAY=TU,TH from 2026-11-24",
            ),
            (
                "every Mon and Thu",
                "FREQ=WEEKLY;BYDAY=MO,TH from 2026-11-23",
            ),
            (
                "every mon, wed & fri",
                "FREQ=WEEKLY;BYDAY=MO,WE,FR from 2026-11-23",
            ),
            (
                "every mon/wed/fri",
                "FREQ=WEEKLY;BYDAY=MO,WE,FR from 2026-11-23",
            ),
            (
                "every mon-fri",
                "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR from 2026-11-23",
            ),
            (
                "weekdays",
                "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR from 2026-11-23",
            ),
            (
                "every weekday",
                "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR from 2026-11-23",
            ),
            (
                "on workdays",
                "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR from 2026-11-23",
            ),
            ("every weekend", "FREQ=WEEKLY;BYDAY=SA,SU from 2026-11-28"),
            (
                "every other monday",
                "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO from 2026-11-23",
            ),
            (
                "every second Tuesday",
                "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU from 2026-11-24",
            ),
            (
                "every 2 weeks on friday",
                "FREQ=WEEKLY;INTERVAL=2;BYDAY=FR from 2026-11-27",
            ),
            (
                "weekly on wednesdays and fridays",
                "FREQ=WEEKLY;BYDAY=WE,FR from 2026-11-25",
            ),
            (
                "every day except weekends",
                "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR from 2026-11-23",
            ),
            (
                "every friday in december",
                "FREQ=WEEKLY;BYMONTH=12;BYDAY=FR from 2026-12-04",
            ),
        ],
    );
}

#[test]
fn repeats_on_days_of_the_month() {
    all_mean(
        &monday(),
        &[
            (
                "every month on the 15th",
                "FREQ=MONTHLY;BYMONTHDAY=15 from 2026-12-15",
            ),
            (
                "every 3 months on the 15th",
                "FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=15 from 2027-02-15",
            ),
            (
                "monthly on the 31st",
                "FREQ=MONTHLY;BYMONTHDAY=31 from 2026-11-30",
            ),
            (
                "on the 1st of every month",
                "FREQ=MONTHLY;BYMONTHDAY=1 from 2026-12-01",
            ),
            (
                "the 4th of every other month",
                "FREQ=MONTHLY;INTERVAL=2;BYMONTHDAY=4 from 2027-01-04",
            ),
            (
                "every 1st and 15th",
                "FREQ=MONTHLY;BYMONTHDAY=1,15 from 2026-12-01",
            ),
            ("every 15th", "FREQ=MONTHLY;BYMONTHDAY=15 from 2026-12-15"),
            (
                "every first of the month",
                "FREQ=MONTHLY;BYMONTHDAY=1 from 2026-12-01",
            ),
            (
                "last day of every month",
                "FREQ=MONTHLY;BYMONTHDAY=-1 from 2026-11-30",
            ),
            (
                "every last day of the month",
                "FREQ=MONTHLY;BYMONTHDAY=-1 from 2026-11-30",
            ),
            (
                "end of each month",
                "FREQ=MONTHLY;BYMONTHDAY=-1 from 2026-11-30",
            ),
            (
                "every month at the end",
                "FREQ=MONTHLY;BYMONTHDAY=-1 from 2026-11-30",
            ),
            (
                "first friday of every month",
                "FREQ=MONTHLY;BYDAY=1FR from 2026-12-04",
            ),
            (
                "every first friday",
                "FREQ=MONTHLY;BYDAY=1FR from 2026-12-04",
            ),
            (
                "every second tuesday of the month",
                "FREQ=MONTHLY;BYDAY=2TU from 2026-12-08",
            ),
            (
                "every last friday of the month",
                "FREQ=MONTHLY;BYDAY=-1FR from 2026-11-27",
            ),
            (
                "first and third friday of each month",
                "FREQ=MONTHLY;BYDAY=1FR,3FR from 2026-12-04",
            ),
            (
                "2nd to the last friday of each month",
                "FREQ=MONTHLY;BYDAY=-2FR from 2026-12-18",
            ),
            (
                "every last working day of the month",
                "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1 from 2026-11-30",
            ),
        ],
    );
}

#[test]
fn repeats_yearly() {
    all_mean(
        &monday(),
        &[
            (
                "every year on 4 July",
                "FREQ=YEARLY;BYMONTH=7;BYMONTHDAY=4 from 2027-07-04",
            ),
            (
                "every July 4th",
                "FREQ=YEARLY;BYMONTH=7;BYMONTHDAY=4 from 2027-07-04",
            ),
            (
                "yearly on March 3",
                "FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=3 from 2027-03-03",
            ),
            (
                "every aug 20 and 30",
                "FREQ=YEARLY;BYMONTH=8;BYMONTHDAY=20,30 from 2027-08-20",
            ),
            (
                "every christmas",
                "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=25 from 2026-12-25",
            ),
            (
                "every december",
                "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=1 from 2026-12-01",
            ),
            (
                "every fourth thursday in november",
                "FREQ=YEARLY;BYMONTH=11;BYDAY=4TH from 2026-11-26",
            ),
            (
                "every 29 Feb",
                "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29 from 2027-02-28",
            ),
        ],
    );
}

#[test]
fn repeats_at_times() {
    all_mean(
        &monday(),
        &[
            (
                "every monday at 9am",
                "FREQ=WEEKLY;BYDAY=MO from 2026-11-30 09:00",
            ),
            (
                "every monday at 3",
                "FREQ=WEEKLY;BYDAY=MO from 2026-11-23 15:00",
            ),
            (
                "every Mon and Thu at 9",
                "FREQ=WEEKLY;BYDAY=MO,TH from 2026-11-26 09:00",
            ),
            (
                "at 9 every monday",
                "FREQ=WEEKLY;BYDAY=MO from 2026-11-30 09:00",
            ),
            ("9am daily", "FREQ=DAILY from 2026-11-24 09:00"),
            ("daily at 5pm", "FREQ=DAILY from 2026-11-23 17:00"),
            (
                "every day at 8am and 8pm",
                "FREQ=DAILY;BYHOUR=8,20 from 2026-11-23 20:00",
            ),
            (
                "every day at 10, 12 and 17",
                "FREQ=DAILY;BYHOUR=10,12,17 from 2026-11-23 17:00",
            ),
            (
                "every tuesday morning",
                "FREQ=WEEKLY;BYDAY=TU from 2026-11-24 09:00",
            ),
            ("every evening at 8", "FREQ=DAILY from 2026-11-23 20:00"),
            (
                "at 10 am on the 15th of every month",
                "FREQ=MONTHLY;BYMONTHDAY=15 from 2026-12-15 10:00",
            ),
            (
                "every 3 days at 9",
                "FREQ=DAILY;INTERVAL=3 from 2026-11-24 09:00",
            ),
            (
                "mon-fri 9:15am",
                "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR from 2026-11-24 09:15",
            ),
        ],
    );
}

#[test]
fn begins_and_ends() {
    all_mean(
        &monday(),
        &[
            (
                "daily until Friday",
                "FREQ=DAILY;UNTIL=20261127 from 2026-11-23",
            ),
            ("every day for 5 days", "FREQ=DAILY;COUNT=5 from 2026-11-23"),
            (
                "every day for 10 times",
                "FREQ=DAILY;COUNT=10 from 2026-11-23",
            ),
            (
                "every monday 3x",
                "FREQ=WEEKLY;BYDAY=MO;COUNT=3 from 2026-11-23",
            ),
            (
                "every monday for 5 weeks",
                "FREQ=WEEKLY;BYDAY=MO;UNTIL=20261227 from 2026-11-23",
            ),
            (
                "every tuesday for 5 weeks",
                "FREQ=WEEKLY;BYDAY=TU;UNTIL=20261228 from 2026-11-24",
            ),
            (
                "weekly until end of june",
                "FREQ=WEEKLY;UNTIL=20270630 from 2026-11-23",
            ),
            ("daily starting march 3rd", "FREQ=DAILY from 2027-03-03"),
            (
                "every monday starting 1 January",
                "FREQ=WEEKLY;BYDAY=MO from 2027-01-04",
            ),
            (
                "starting tomorrow every 2 days",
                "FREQ=DAILY;INTERVAL=2 from 2026-11-24",
            ),
            (
                "daily from 1 dec to 24 dec",
                "FREQ=DAILY;UNTIL=20261224 from 2026-12-01",
            ),
        ],
    );
}

#[test]
fn a_week_on_several_days_begins_where_the_reader_begins_it() {
    let sunday = when::Context {
        week_start: when::Weekday::Sunday,
        ..at("2026-11-23T13:00")
    };

    means(
        &sunday,
        "every other week on sunday and monday",
        "FREQ=WEEKLY;INTERVAL=2;BYDAY=SU,MO;WKST=SU from 2026-11-23",
    );
}
