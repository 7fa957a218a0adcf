//! What is read, and what is not.

use super::*;

fn read(text: &str) -> Option<Vec<(String, Json<'_>)>> {
    let mut found = Vec::new();
    members(text.as_bytes(), |name, value| {
        found.push((name.to_owned(), value));
    })?;
    Some(found)
}

#[test]
fn members_come_in_order_with_escapes_resolved() {
    let found = read(r#"{"s\u0075b":"a\n","n":-7,"l":["x",1],"o":{"a":1},"f":1.0,"t":null}"#);

    let expected = [
        ("sub", Json::Text("a\n".into())),
        ("n", Json::Whole(-7)),
        (
            "l",
            Json::List(vec![Json::Text("x".into()), Json::Whole(1)]),
        ),
        ("o", Json::Other),
        ("f", Json::Other),
        ("t", Json::Other),
    ];
    assert_eq!(
        found,
        Some(
            expected
                .map(|(name, value)| (name.to_owned(), value))
                .to_vec()
        )
    );
}

#[test]
fn a_name_given_twice_spoils_the_object_at_any_depth() {
    for text in [
        r#"{"a":1,"a":1}"#,
        r#"{"a":1,"\u0061":1}"#,
        r#"{"o":{"a":1,"a":1}}"#,
        r#"{"l":[{"a":1,"a":1}]}"#,
    ] {
        assert_eq!(read(text), None, "{text}");
    }
}

#[test]
fn what_is_no_single_object_is_not_read() {
    for text in [
        "",
        "null",
        "[]",
        "7",
        "\"a\"",
        "{",
        "{}{}",
        "{} x",
        "{a:1}",
        "{'a':1}",
        "{\"a\":01}",
        "{\"a\":1,}",
        "\u{feff}{}",
        "{\"a\":NaN}",
        "{\"a\":\"\\ud800\"}",
        "{\"a\":1e999}",
    ] {
        assert_eq!(read(text), None, "{text}");
    }
    assert_eq!(members(b"{\"a\":\"\xff\"}", |_, _| {}), None);
}

#[test]
fn depth_and_number_of_members_are_bounded() {
    let nested = |levels| format!("{{\"a\":{}{}}}", "[".repeat(levels), "]".repeat(levels));
    let wide = |members: usize| {
        let members: Vec<String> = (0..members).map(|n| format!("\"{n}\":{n}")).collect();
        format!("{{{}}}", members.join(","))
    };

    assert!(read(&nested(16)).is_some());
    assert_eq!(read(&nested(17)), None);
    assert_eq!(read(&nested(4000)), None);
    assert!(read(&wide(100)).is_some());
    assert_eq!(read(&wide(101)), None);
}
