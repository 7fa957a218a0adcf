//! What we write in English, we read back.

use when::{Recurrence, When, resolve};

use crate::support::{monday, text};

#[test]
fn says_meanings_in_english() {
    let ctx = monday();
    for (phrase, english) in [
        ("tomorrow", "Tue 24 Nov 2026"),
        ("tomorrow at 5pm", "Tue 24 Nov 2026 at 17:00"),
        ("tomorrow morning", "Tue 24 Nov 2026 in the morning"),
        ("eod", "Mon 23 Nov 2026 end of day"),
        ("next week", "the week of 30 Nov 2026"),
        ("this weekend", "the weekend of 28 Nov 2026"),
        ("next month", "December 2026"),
        ("q1 2027", "Q1 2027"),
        ("next year", "2027"),
        ("next summer", "summer 2027"),
        ("by friday", "by Fri 27 Nov 2026"),
        ("after 6pm", "after Mon 23 Nov 2026 at 18:00"),
        ("from 3 to 5pm", "Mon 23 Nov 2026 from 15:00 to 17:00"),
        ("Dec 24-26", "Thu 24 Dec 2026 to Sat 26 Dec 2026"),
        ("every day", "every day starting 23 Nov 2026"),
        (
            "every monday at 9am",
            "every Monday at 09:00 starting 30 Nov 2026",
        ),
        (
            "every 2 weeks on mon and thu",
            "every 2 weeks on Monday and Thursday starting 23 Nov 2026",
        ),
        (
            "every weekday at 9",
            "every weekday at 09:00 starting 24 Nov 2026",
        ),
        (
            "every month on the 15th",
            "every month on the 15th starting 15 Dec 2026",
        ),
        (
            "last day of every month",
            "every month on the last day starting 30 Nov 2026",
        ),
        (
            "every second tuesday of the month",
            "every month on the 2nd Tuesday starting 8 Dec 2026",
        ),
        ("every 4 July", "every year on 4 July starting 4 Jul 2027"),
        (
            "every fourth thursday in november",
            "every year on the 4th Thursday in November starting 26 Nov 2026",
        ),
        (
            "daily until friday",
            "every day until 27 Nov 2026 starting 23 Nov 2026",
        ),
        (
            "every day for 10 times",
            "every day for 10 times starting 23 Nov 2026",
        ),
        (
            "every! 3 days",
            "every 3 days after completion starting 23 Nov 2026",
        ),
        (
            "every day at 8am and 8pm",
            "every day at 08:00 and 20:00 starting 23 Nov 2026",
        ),
        (
            "every last working day of the month",
            "every month on the last working day starting 30 Nov 2026",
        ),
        (
            "every morning",
            "every day in the morning starting 24 Nov 2026",
        ),
    ] {
        let when = resolve(phrase, &ctx).unwrap();
        assert_eq!(when.to_string(), english, "{phrase}");
        assert_eq!(resolve(english, &ctx).as_ref(), Ok(&when), "{english}");
    }
}

#[test]
fn says_rules_in_english() {
    for (rule, english) in [
        ("FREQ=DAILY", "every day"),
        ("FREQ=WEEKLY;BYDAY=SA,SU", "every weekend"),
        ("FREQ=WEEKLY;INTERVAL=2", "every 2 weeks"),
        (
            "FREQ=MONTHLY;BYMONTHDAY=1,15",
            "every month on the 1st and 15th",
        ),
        (
            "FREQ=MONTHLY;BYMONTHDAY=-3",
            "every month on the 3rd last day",
        ),
        (
            "FREQ=MONTHLY;BYDAY=1FR,3FR",
            "every month on the 1st Friday and the 3rd Friday",
        ),
        (
            "FREQ=YEARLY;BYMONTH=8;BYMONTHDAY=20,30",
            "every year on 20 and 30 August",
        ),
        (
            "FREQ=WEEKLY;BYDAY=MO,WE,FR",
            "every Monday, Wednesday and Friday",
        ),
        ("FREQ=MINUTELY;INTERVAL=20", "every 20 minutes"),
        (
            "FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=15;COUNT=4",
            "every 3 months on the 15th for 4 times",
        ),
    ] {
        let rule: Recurrence = rule.parse().unwrap();
        assert_eq!(rule.english(), english);
        let When::Every(repeat) = resolve(english, &monday()).unwrap() else {
            panic!("{english} is no repetition");
        };
        assert_eq!(repeat.rule, rule, "{english}");
    }
}

#[test]
fn reads_back_every_meaning_of_the_tables() {
    let ctx = monday();
    let phrases = [
        "in 2 hours",
        "friday at 3:30",
        "the week after next",
        "in q3",
        "in the spring",
        "within two weeks",
        "before 3pm tomorrow",
        "till the end of May",
        "starting on 1 December",
        "10pm to 2am",
        "tomorrow until friday",
        "every 20 min",
        "every friday in december",
        "every year on the 1st Friday",
        "every 2 hours",
        "every tuesday for 5 weeks",
        "daily from 1 dec to 24 dec",
        "monthly on the 31st",
        "every 29 Feb",
        "every year on the last day",
        "in 30 seconds",
        "yesterday evening",
        "saturday night",
        "tomorrow at lunch",
        "every other weekend",
        "every 3 months on the first monday",
        "first and third friday of each month",
    ];
    for phrase in phrases {
        let when = resolve(phrase, &ctx).unwrap();
        let english = when.to_string();
        let again = resolve(&english, &ctx).map(|when| text(&when));
        assert_eq!(
            again.as_deref(),
            Ok(text(&when).as_str()),
            "{phrase} = {english}"
        );
    }
}
