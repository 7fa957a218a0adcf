//! SC-141.
//! What holds for every text and every conversation.

use proptest::collection::vec;
use proptest::prelude::{
    Just, ProptestConfig, Strategy, any, prop_assert, prop_assert_eq, prop_oneof, proptest,
};
use proptest::sample::select;
use rules::{Call, Message};
use serde_json::{Value, json};

use crate::cases::world;
use crate::session::{Heard, Session, TOOLS};

/// Words that mean something to the assistant, so that what is thrown together from them gets far.
const WORDS: &str = "add delete remove complete mark done show list my tasks task the milk rent dentist \
    report mom it that them both all everything yes no ok cancel undo not 1 2 3 #4 first second last one \
    other except and then , . ? ! : to from on by for tomorrow friday at 5pm move postpone rename change \
    urgent high low priority tag note \"call\" bring back restore reopen again overdue completed today \
    buy pay what when is are i have paid bought need remind me please actually meant week two days later \
    of with off list meeting never mind do every 12 99 three clear wipe get rid drop forget must";

fn salad() -> impl Strategy<Value = String> {
    let words: Vec<&'static str> = WORDS.split_whitespace().collect();
    vec(select(words), 1..14).prop_map(|words| words.join(" "))
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        salad(),
        "\\PC{0,80}",
        "[ -~\\n\"'“”’#!?.,:;-]{0,120}",
        any::<String>()
    ]
}

fn task() -> impl Strategy<Value = Value> {
    (0..9i64, salad(), any::<bool>()).prop_map(|(id, title, done)| json!({"id": id, "title": title, "completed": done, "due": "2026-11-24"}))
}

fn content() -> impl Strategy<Value = Value> {
    prop_oneof![
        vec(task(), 0..6).prop_map(|tasks| json!({ "tasks": tasks })),
        vec(task(), 0..3)
            .prop_map(|tasks| json!({ "tasks": tasks, "failed": [{"message": "no"}], "next": 3 })),
        Just(json!({"error": "no"})),
        Just(json!("text")),
        Just(Value::Null),
        Just(json!({"tasks": [{"id": "x"}, 3, null, {"id": 1}]})),
    ]
}

fn message() -> impl Strategy<Value = Message> {
    let call = (select(TOOLS.to_vec()), vec(0..9i64, 0..3)).prop_map(|(tool, ids)| Call {
        id: "call_1".to_owned(),
        tool: tool.to_owned(),
        arguments: json!({ "ids": ids }),
    });
    prop_oneof![
        3 => text().prop_map(Message::User),
        2 => (text(), vec(call, 0..3)).prop_map(|(text, calls)| Message::Assistant { text, calls }),
        2 => (content(), any::<bool>()).prop_map(|(content, is_error)| Message::ToolResult { call_id: "call_1".to_owned(), content, is_error }),
    ]
}

/// Words one of which has to stand in a message that deletes.
const DELETES: &[&str] = &[
    "delete",
    "remove",
    "cancel",
    "drop",
    "clear",
    "wipe",
    "rid",
    "forget",
    "never mind",
    "off",
    "undo",
    "meant",
    "other",
    "not",
    "again",
];

/// Whether a deletion was asked for: by the message itself, or by a question before it.
fn asked_for(said: &str, before: &str) -> bool {
    let said = said.to_lowercase();
    DELETES.iter().any(|word| said.contains(word)) || before.to_lowercase().contains("delete")
}

fn numbers(text: &str) -> Vec<i64> {
    let words = [
        "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    ];
    let digits = text
        .split(|letter: char| !letter.is_ascii_digit())
        .filter_map(|word| word.parse().ok());
    let lower = text.to_lowercase();
    let spelt = (0..)
        .zip(words)
        .filter(|(_, word)| lower.contains(word))
        .map(|(number, _)| number);
    digits.chain(spelt).collect()
}

/// The numbers of tasks in the arguments of calls.
fn targets(heard: &Heard) -> Vec<i64> {
    let ids = |call: &&Call| {
        let plain = call.arguments["ids"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(Value::as_i64);
        let updates = call.arguments["tasks"].as_array().into_iter().flatten();
        plain
            .chain(updates.filter_map(|task| task["id"].as_i64()))
            .collect::<Vec<_>>()
    };
    heard.writes().iter().flat_map(ids).collect()
}

fn seen(messages: &[Message]) -> Vec<i64> {
    let mut ids = Vec::new();
    for message in messages {
        if let Message::ToolResult { content, .. } = message {
            ids.extend(
                content["tasks"]
                    .as_array()
                    .into_iter()
                    .flatten()
                    .filter_map(|task| task["id"].as_i64()),
            );
        }
    }
    ids
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn no_conversation_makes_it_panic_and_each_gives_one_reply(messages in vec(message(), 0..8)) {
        let session = Session::new(&[]);
        let reply = rules::reply(&messages, &session.names, &session.ctx);

        prop_assert_eq!(&reply, &rules::reply(&messages, &session.names, &session.ctx));
        prop_assert!(!reply.text.is_empty() || !reply.calls.is_empty());
    }

    #[test]
    fn a_talk_never_deletes_unasked_and_never_invents_numbers(said in vec(text(), 1..5)) {
        let mut session = Session::new(&world("few"));
        let mut before = String::new();
        let mut told: Vec<i64> = Vec::new();
        for text in said {
            let heard = session.say(&text);
            told.extend(numbers(&text));

            let deletes = heard.writes().iter().any(|call| call.tool == "delete_tasks");
            prop_assert!(!deletes || asked_for(&text, &before), "{text:?} after {before:?}");
            let known = seen(&session.messages);
            for id in targets(&heard) {
                prop_assert!(known.contains(&id) || told.contains(&id), "{id} in {text:?}");
            }
            before = heard.text;
        }
    }

    #[test]
    fn titles_are_data(title in text()) {
        let mut session = Session::new(&[json!({"id": 1, "title": title}), json!({"id": 2, "title": "Pay rent"})]);
        for text in ["show my tasks", "yes", "2 please", "what's due today?"] {
            let heard = session.say(text);

            prop_assert!(heard.writes().is_empty(), "{:?}", heard.calls);
        }
    }

    #[test]
    fn without_tools_nothing_is_called(said in text()) {
        let mut session = Session::new(&world("few"));
        session.names.clear();
        let heard = session.say(&said);

        prop_assert!(heard.calls.is_empty());
    }
}
