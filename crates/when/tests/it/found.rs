//! Where phrases stand in a sentence.

use when::{amounts, find, impossible};

use crate::support::{monday, text};

/// The sentence with the range in square brackets and the core in angles.
fn marked(sentence: &str) -> String {
    let mut marked = sentence.to_owned();
    for found in find(sentence, &monday()).iter().rev() {
        marked.insert(found.range.end, ']');
        marked.insert(found.core.end, '>');
        marked.insert(found.core.start, '<');
        marked.insert(found.range.start, '[');
    }
    marked
}

#[test]
fn takes_the_connecting_words_along() {
    for expected in [
        "call Ann [by <Friday at 5>]",
        "call Ann [<tomorrow>], then rest",
        "pay rent [on <the 1st of every month>]",
        "[<tomorrow at 9>] call Ann",
        "[At <9>] call Ann",
        "report [due <friday>]!",
        "report [due by <friday>].",
        "show me [<tomorrow's>] tasks",
        "gym ([<tomorrow>])",
        "Déjà vu [<tomorrow>] – ça va",
        "日本 [<tomorrow>] 東京",
        "🎉 party [on <saturday>] 🎉",
        "call Ann [<tomorrow>] and Bob [on <friday>]",
        "move it from [<monday to friday>]",
        "(call Ann [<tomorrow at 5pm>])",
        "remind me [in <20 mins>] to check",
        "lunch [<tomorrow>]:bring cake",
    ] {
        let sentence: String = expected
            .chars()
            .filter(|letter| !"[]<>".contains(*letter))
            .collect();
        let marked = marked(&sentence);
        if expected.starts_with("move it") {
            assert_eq!(marked, "move it [from <monday to friday>]");
        } else {
            assert_eq!(marked, expected);
        }
    }
}

#[test]
fn leaves_quotations_alone() {
    for sentence in [
        "add 'tomorrow never comes' to my list",
        "add \"meet me at 5\" to my list",
        "watch “Friday Night Lights”",
        "add ‘Monday blues’ to my list",
    ] {
        assert_eq!(find(sentence, &monday()), [], "{sentence}");
    }
    assert_eq!(marked("call Ann \"tomorrow\""), "call Ann \"[<tomorrow>]\"");
    assert_eq!(
        marked("don't forget Tim's cake tomorrow"),
        "don't forget Tim's cake [<tomorrow>]"
    );
}

#[test]
fn finds_several() {
    let found = find(
        "call Ann tomorrow at 5 and Bob on friday, pay rent by the 1st",
        &monday(),
    );

    let meanings: Vec<String> = found.iter().map(|found| text(&found.when)).collect();
    assert_eq!(
        meanings,
        ["2026-11-24 17:00", "2026-11-27", "by 2026-12-01"]
    );
}

#[test]
fn points_at_days_that_do_not_exist() {
    for (sentence, day) in [
        ("add dentist 2026-02-30", Some("2026-02-30")),
        ("dentist on 31 June", Some("31 June")),
        (
            "dentist on February 30th, 2027",
            Some("February 30th, 2027"),
        ),
        ("dentist on 29 Feb 2027", Some("29 Feb 2027")),
        ("dentist on 29 Feb", None),
        ("dentist on 32.1.2027", Some("32.1.2027")),
        ("dentist on 3 March", None),
        ("version 1.2.3", None),
        ("march 3", None),
    ] {
        assert_eq!(
            impossible(sentence).map(|range| &sentence[range]),
            day,
            "{sentence}"
        );
    }
}

#[test]
fn measures_lengths_of_time() {
    for (sentence, words, due) in [
        ("postpone rent by two days", "two days", "2026-11-25"),
        ("push it back a week", "a week", "2026-11-30"),
        (
            "snooze for an hour and a half",
            "an hour and a half",
            "2026-11-23",
        ),
        ("delay by 2 months", "2 months", "2027-01-23"),
        ("move it 3 business days", "3 business days", "2026-11-26"),
    ] {
        let found = amounts(sentence, &monday());

        let start = monday().now.datetime();
        let after = found[0].1.after(start).unwrap();
        assert_eq!(
            (
                &sentence[found[0].0.clone()],
                after.date().to_string().as_str()
            ),
            (words, due)
        );
    }
    assert_eq!(amounts("buy 2 apples for Ann", &monday()), []);
}
