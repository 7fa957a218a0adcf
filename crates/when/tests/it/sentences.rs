//! Whole sentences as people type them into a task list.

use when::find;

use crate::support::{monday, text};

#[test]
fn finds_the_date_and_leaves_the_title() {
    for (sentence, title, expected) in [
        ("Buy eggs tomorrow", "Buy eggs", "2026-11-24"),
        (
            "remind me to call Anna tomorrow at 5pm",
            "remind me to call Anna",
            "2026-11-24 17:00",
        ),
        (
            "pay electricity bill by friday, high priority",
            "pay electricity bill , high priority",
            "by 2026-11-27",
        ),
        (
            "renew my passport next month",
            "renew my passport",
            "2026-12-01 month",
        ),
        (
            "don't let me forget to water the plants tonight",
            "don't let me forget to water the plants",
            "2026-11-23 20:00",
        ),
        (
            "every monday at 9am team standup",
            "team standup",
            "FREQ=WEEKLY;BYDAY=MO from 2026-11-30 09:00",
        ),
        (
            "take vitamins daily",
            "take vitamins",
            "FREQ=DAILY from 2026-11-23",
        ),
        (
            "move the dentist to friday at 10",
            "move the dentist to",
            "2026-11-27 10:00",
        ),
        (
            "add meeting with April on monday",
            "add meeting with April",
            "2026-11-30",
        ),
        (
            "ADD TASK CALL DAD TMRW 5PM!!!",
            "ADD TASK CALL DAD !!!",
            "2026-11-24 17:00",
        ),
        (
            "pls ad buy stamps tomorow",
            "pls ad buy stamps",
            "2026-11-24",
        ),
        (
            "dinner at 7 tomorrow and show me the rest",
            "dinner and show me the rest",
            "2026-11-24 19:00",
        ),
        (
            "finish chapter 5 by tomorrow",
            "finish chapter 5",
            "by 2026-11-24",
        ),
        ("read chapter 5 tomorrow", "read chapter 5", "2026-11-24"),
        ("buy 2 apples on friday", "buy 2 apples", "2026-11-27"),
        ("call 5551234 at 5pm", "call 5551234", "2026-11-23 17:00"),
        (
            "email report v2.0 to Jo by eod",
            "email report v2.0 to Jo",
            "by 2026-11-23 17:00",
        ),
        (
            "flight LH454 on 12 Dec at 6:45am",
            "flight LH454",
            "2026-12-12 06:45",
        ),
        (
            "book table for 4 saturday at 8pm",
            "book table for 4",
            "2026-11-28 20:00",
        ),
        (
            "team lunch Thursday 12:30-14:00",
            "team lunch",
            "2026-11-26 12:30 to 2026-11-26 14:00",
        ),
        (
            "gym every mon, wed and fri at 7am",
            "gym",
            "FREQ=WEEKLY;BYDAY=MO,WE,FR from 2026-11-25 07:00",
        ),
        (
            "water plants every 3 days",
            "water plants",
            "FREQ=DAILY;INTERVAL=3 from 2026-11-23",
        ),
        (
            "pay rent on the 1st of every month",
            "pay rent",
            "FREQ=MONTHLY;BYMONTHDAY=1 from 2026-12-01",
        ),
        (
            "review budget on the last friday of every month",
            "review budget",
            "FREQ=MONTHLY;BYDAY=-1FR from 2026-11-27",
        ),
        (
            "submit taxes before 31 May",
            "submit taxes",
            "before 2027-05-31",
        ),
        ("party sat 8pm", "party", "2026-11-28 20:00"),
        ("meet jo sat at 3", "meet jo", "2026-11-28 15:00"),
        (
            "send May's invoice on 1 June",
            "send May's invoice",
            "2027-06-01",
        ),
        (
            "prepare Q3 review for next tuesday",
            "prepare review for next tuesday",
            "2027-07-01 quarter",
        ),
        (
            "wish Sam happy birthday on 3/12",
            "wish Sam happy birthday",
            "2026-12-03",
        ),
        (
            "buy 12 eggs in the morning",
            "buy 12 eggs",
            "2026-11-24 09:00",
        ),
        ("check oven in 20 min", "check oven", "2026-11-23 13:20"),
        (
            "we could meet in a fortnight",
            "we could meet",
            "2026-12-07",
        ),
        ("Monday: call the bank", ": call the bank", "2026-11-30"),
        ("let's say Friday", "let's say", "2026-11-27"),
        ("how about 5pm?", "how ?", "2026-11-23 17:00"),
        ("no, I meant Friday", "no, I meant", "2026-11-27"),
        ("start 9am, end 5pm", "start , end 5pm", "2026-11-24 09:00"),
    ] {
        let found = find(sentence, &monday());
        let first = found
            .first()
            .unwrap_or_else(|| panic!("nothing found in {sentence:?}"));
        let before = sentence[..first.range.start].trim_end();
        let after = sentence[first.range.end..].trim_start();
        let left = if before.is_empty() {
            after.to_owned()
        } else {
            format!("{before} {after}").trim().to_owned()
        };
        assert_eq!(
            (left.as_str(), text(&first.when).as_str()),
            (title, expected),
            "{sentence}"
        );
    }
}

/// FR-149.
#[test]
fn finds_what_was_written_before_anybody_looked() {
    let ctx = monday();
    let rows = include_str!("../data/unseen.tsv").lines();
    let rows: Vec<_> = rows.filter_map(|row| row.split_once('\t')).collect();
    assert!(rows.len() > 150);

    let wrong: Vec<String> = rows
        .iter()
        .filter_map(|(sentence, expected)| {
            let first = find(sentence, &ctx).into_iter().next();
            let meaning = first.map_or_else(|| "-".to_owned(), |found| text(&found.when));
            (meaning != *expected).then(|| format!("{sentence:?}: {meaning}, not {expected}"))
        })
        .collect();

    assert!(wrong.is_empty(), "{wrong:#?}");
}
