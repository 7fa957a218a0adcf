//! What depends on who speaks, where and when.

use when::{Context, DayMonthOrder, Weekday, find};

use crate::support::{all_mean, at, means, monday, text};

#[test]
fn half_past_midnight_tomorrow_is_the_calendars_but_somebody_may_ask() {
    let night = at("2026-11-24T00:30");

    let found = find("call Ann tomorrow at 9", &night);

    assert_eq!(text(&found[0].when), "2026-11-25 09:00");
    assert_eq!(
        found[0].other.as_ref().map(text).as_deref(),
        Some("2026-11-24 09:00")
    );
    assert_eq!(
        find("call Ann tomorrow", &at("2026-11-24T09:00"))[0].other,
        None
    );
    assert_eq!(find("call Ann on Friday", &night)[0].other, None);
}

#[test]
fn midnight_with_a_day_has_two_readings() {
    let found = find("submit by friday midnight", &monday());

    assert_eq!(text(&found[0].when), "by 2026-11-27 00:00");
    assert_eq!(
        found[0].other.as_ref().map(text).as_deref(),
        Some("by 2026-11-28 00:00")
    );
}

#[test]
fn every_third_friday_has_two_readings() {
    let found = find("pub quiz every third friday", &monday());

    assert_eq!(
        text(&found[0].when),
        "FREQ=WEEKLY;INTERVAL=3;BYDAY=FR from 2026-11-27"
    );
    assert_eq!(
        found[0].other.as_ref().map(text).as_deref(),
        Some("FREQ=MONTHLY;BYDAY=3FR from 2026-12-18")
    );
}

#[test]
fn company_tells_morning_from_evening() {
    for (sentence, expected) in [
        ("dinner at 7 tomorrow", "2026-11-24 19:00"),
        ("drinks with Jo on friday at 8", "2026-11-27 20:00"),
        ("concert saturday at 9", "2026-11-28 21:00"),
        ("breakfast at 9 tomorrow", "2026-11-24 09:00"),
        ("wake me up at 6", "2026-11-24 06:00"),
        ("alarm at 5", "2026-11-24 05:00"),
        ("dinner 8 tonight", "2026-11-23 20:00"),
    ] {
        let found = find(sentence, &monday());
        assert_eq!(
            found
                .iter()
                .map(|found| text(&found.when))
                .collect::<Vec<_>>(),
            [expected],
            "{sentence}"
        );
    }
}

#[test]
fn figures_follow_the_readers_order() {
    let british = monday();
    let american = Context {
        order: DayMonthOrder::MonthFirst,
        ..monday()
    };

    means(&british, "on 3/4", "2027-04-03");
    means(&american, "on 3/4", "2027-03-04");
    means(&british, "on 25/12", "2026-12-25");
    means(&american, "on 25/12", "2026-12-25");
    means(&american, "12/25/2026", "2026-12-25");
    means(&british, "04/03/2027", "2027-03-04");
    means(&american, "on 24.12.2026", "2026-12-24");
}

#[test]
fn weeks_begin_where_the_reader_begins_them() {
    let sunday = Context {
        week_start: Weekday::Sunday,
        ..monday()
    };

    means(&monday(), "next week", "2026-11-30 week");
    means(&sunday, "next week", "2026-11-29 week");
    means(&monday(), "next sunday", "2026-12-06");
    means(&sunday, "next sunday", "2026-11-29");
    assert_eq!(monday().for_language("en-US").week_start, Weekday::Sunday);
    assert_eq!(
        monday().for_language("en-US").order,
        DayMonthOrder::MonthFirst
    );
    assert_eq!(monday().for_language("en-GB").week_start, Weekday::Monday);
    assert_eq!(
        monday().for_language("en-GB").order,
        DayMonthOrder::DayFirst
    );
    assert_eq!(monday().for_language("de").order, DayMonthOrder::DayFirst);
}

#[test]
fn a_period_that_is_running_is_due_at_its_end() {
    let ctx = monday();
    let due = |phrase: &str| {
        when::resolve(phrase, &ctx)
            .unwrap()
            .due_in(&ctx)
            .unwrap()
            .to_string()
    };

    assert_eq!(due("this week"), "2026-11-29");
    assert_eq!(due("this month"), "2026-11-30");
    assert_eq!(due("this year"), "2026-12-31");
    assert_eq!(due("next week"), "2026-11-30");
    assert_eq!(due("by friday 5pm"), "2026-11-27T17:00");
    assert_eq!(due("tonight"), "2026-11-23T20:00");
    assert_eq!(due("every monday at 9am"), "2026-11-30T09:00");
    assert_eq!(due("from 3 to 5pm"), "2026-11-23T15:00");
}

#[test]
fn on_the_day_itself() {
    let friday = at("2026-11-27T10:00");
    all_mean(
        &friday,
        &[
            ("friday", "2026-12-04"),
            ("this friday", "2026-11-27"),
            ("next friday", "2026-12-04"),
            ("last friday", "2026-11-20"),
            ("this weekend", "2026-11-28 weekend"),
            ("eow", "2026-11-27"),
            ("27 November", "2026-11-27"),
        ],
    );
    let sunday = at("2026-11-29T10:00");
    all_mean(
        &sunday,
        &[
            ("this weekend", "2026-11-28 weekend"),
            ("next weekend", "2026-12-05 weekend"),
            ("last weekend", "2026-11-21 weekend"),
            ("eow", "2026-11-29"),
            ("next week", "2026-11-30 week"),
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
