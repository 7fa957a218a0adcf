//! The recorded streams of the reference server, folded and looked at.

use std::fs;
use std::path::Path;
use std::rc::Rc;

use protocol::chatkit::{Event, Item, ItemKind};
use protocol::{RunId, ThreadId};
use yew::Reducible;

use super::conversation::{Conversation, Place};
use super::store::{Action, Change, Chats};
use super::turn::{Ask, Phase, TurnKey};
use crate::api::Failure;

const KEY: TurnKey = TurnKey::Static("key");

fn streams() -> Vec<(String, Vec<Event>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../crates/protocol/tests/golden");
    let mut streams = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let text = fs::read_to_string(&path).unwrap();
        let text = text.replace("<ts>", "2026-11-23T13:17:46.237Z");
        let recording: serde_json::Value = serde_json::from_str(&text).unwrap();
        if let Some(events) = recording.get("events") {
            let name = path.file_stem().unwrap().to_string_lossy().into_owned();
            streams.push((name, serde_json::from_value(events.clone()).unwrap()));
        }
    }
    assert!(streams.len() > 15, "only {} streams", streams.len());
    streams
}

fn stream(name: &str) -> Vec<Event> {
    let mut streams = streams().into_iter();
    streams.find(|(found, _)| found == name).unwrap().1
}

fn numbered(events: &[Event]) -> Vec<(i64, Event)> {
    (1..).zip(events.iter().cloned()).collect()
}

/// A conversation in which something was asked, and the events of the answer.
fn folded(events: Vec<(i64, Event)>) -> Conversation {
    let chats = asked("hello there");
    let place = chats.open().unwrap().place;
    let chats = chats.reduce(Action::In(place, Change::Events(KEY, events)));
    Conversation::clone(chats.open().unwrap())
}

fn asked(words: &str) -> Rc<Chats> {
    let chats = Rc::new(Chats::default()).reduce(Action::Open(None));
    let place = chats.open().unwrap().place;
    let ask = Ask::Message(words.to_owned());
    chats.reduce(Action::In(place, Change::Asked(KEY, ask)))
}

fn ready(chats: &Chats) -> Vec<TurnKey> {
    chats
        .ready()
        .into_iter()
        .map(|(_, turn)| turn.key)
        .collect()
}

fn items(chat: &Conversation) -> Vec<Item> {
    chat.entries
        .iter()
        .map(|entry| Item::clone(&entry.item))
        .collect()
}

fn text(item: &Item) -> String {
    match &item.kind {
        ItemKind::AssistantMessage { content } => {
            content.iter().map(|part| part.text.as_str()).collect()
        }
        _ => String::new(),
    }
}

#[test]
fn every_stream_ends_with_the_items_the_server_calls_done() {
    for (name, events) in streams() {
        let mut expected: Vec<Item> = Vec::new();
        for event in &events {
            match event {
                Event::ItemDone { item } | Event::ItemReplaced { item } => {
                    match expected.iter_mut().find(|known| known.id == item.id) {
                        Some(known) => *known = item.clone(),
                        None => expected.push(item.clone()),
                    }
                }
                Event::ItemRemoved { item_id } => expected.retain(|item| item.id != *item_id),
                _ => {}
            }
        }

        let chat = folded(numbered(&events));

        let folded = items(&chat);
        let done = folded.iter().filter(|item| expected.contains(item)).count();
        assert_eq!(done, expected.len(), "{name}: {folded:#?}");
    }
}

#[test]
fn a_stream_cut_anywhere_and_replayed_gives_the_same_conversation() {
    for (name, events) in streams() {
        let numbered = numbered(&events);
        let whole = folded(numbered.clone());
        for cut in 0..numbered.len() {
            let mut again = numbered[..cut].to_vec();
            again.extend(numbered.clone());

            let chat = folded(again);

            assert_eq!(items(&chat), items(&whole), "{name} cut after {cut}");
            assert_eq!(chat.turns, whole.turns, "{name} cut after {cut}");
            assert_eq!(chat.notices, whole.notices, "{name} cut after {cut}");
        }
    }
}

#[test]
fn text_grows_with_every_delta() {
    let events = stream("01_create_turn1");

    let half = folded(numbered(&events[..7]));

    assert_eq!(text(&half.entries[1].item), "You said: ");
    assert_eq!(half.entries[1].open, Some(KEY));
    let whole = folded(numbered(&events));
    assert_eq!(text(&whole.entries[1].item), "You said: hello there");
    assert_eq!(whole.entries[1].open, None);
}

#[test]
fn the_words_stand_until_they_come_back_as_an_item() {
    let events = stream("01_create_turn1");

    let before = folded(numbered(&events[..1]));
    assert_eq!(before.turns[0].words.as_deref(), Some("hello there"));
    assert_eq!(before.id, Some(ThreadId::new("thr_1")));

    let after = folded(numbered(&events[..2]));
    assert_eq!(after.turns[0].words, None);
    assert_eq!(after.entries.len(), 1);
}

#[test]
fn progress_is_shown_until_something_else_is() {
    let events = stream("10_progress");
    let progress = |count: usize| folded(numbered(&events[..count])).turns[0].progress.clone();

    assert_eq!(progress(4).as_deref(), Some("Searching your tasks…"));
    assert_eq!(progress(5).as_deref(), Some("Almost there…"));
    assert_eq!(progress(6), None);
}

#[test]
fn an_error_keeps_what_was_written_and_offers_another_try() {
    let chat = folded(numbered(&stream("11_error")));

    assert!(
        chat.breakdown
            .as_ref()
            .is_some_and(|breakdown| breakdown.allow_retry)
    );
    assert_eq!(text(&chat.entries[1].item), "Before the error.");
}

#[test]
fn asking_again_takes_the_old_answer_away() {
    let chats = asked("hello there");
    let place = chats.open().unwrap().place;
    let events = numbered(&stream("01_create_turn1"));
    let chats = chats.reduce(Action::In(place, Change::Events(KEY, events)));
    let chats = chats.reduce(Action::In(place, Change::Ended(KEY)));
    let question = chats.open().unwrap().last_question().unwrap().clone();

    let chats = chats.reduce(Action::In(
        place,
        Change::Asked("again".into(), Ask::Again(question)),
    ));

    assert_eq!(chats.open().unwrap().entries.len(), 1);
    assert_eq!(ready(&chats), [TurnKey::from("again")]);
}

#[test]
fn a_conversation_enters_the_list_with_its_first_event() {
    let chats = asked("hello there");
    let place = chats.open().unwrap().place;
    assert_eq!(chats.list.threads, []);

    let events = numbered(&stream("10_title"));
    let chats = chats.reduce(Action::In(place, Change::Events(KEY, events)));

    assert_eq!(chats.list.threads.len(), 1);
    assert!(chats.list.threads[0].title.is_some());
}

#[test]
fn later_messages_wait_for_those_before_them() {
    let chats = asked("one");
    let place = chats.open().unwrap().place;
    let two = Action::In(
        place,
        Change::Asked("two".into(), Ask::Message("two".to_owned())),
    );
    let chats = chats.reduce(two);
    assert_eq!(ready(&chats), [KEY]);

    let chats = chats.reduce(Action::In(place, Change::Started(KEY)));
    assert!(ready(&chats).is_empty());

    let run = Some(RunId::new("run_1"));
    let chats = chats.reduce(Action::In(place, Change::Accepted(KEY, run)));
    assert_eq!(ready(&chats), [TurnKey::from("two")]);
}

#[test]
fn a_failed_message_keeps_its_words_and_its_key_and_blocks_nobody() {
    let chats = asked("one");
    let place = chats.open().unwrap().place;
    let chats = chats.reduce(Action::In(place, Change::Failed(KEY, Failure::Unreachable)));
    let turn = chats.open().unwrap().turns[0].clone();
    assert_eq!(turn.words.as_deref(), Some("one"));
    assert_eq!(turn.phase, Phase::Failed(Failure::Unreachable));
    assert!(!turn.is_revived);

    let chats = chats.reduce(Action::In(place, Change::TryAgain(KEY)));

    assert_eq!(ready(&chats), [KEY]);
}

#[test]
fn what_the_page_tries_by_itself_is_no_news_until_the_person_tries() {
    let chats = asked("one");
    let place = chats.open().unwrap().place;
    let fails = || Action::In(place, Change::Failed(KEY, Failure::Unreachable));
    let chats = chats.reduce(fails()).reduce(Action::Online).reduce(fails());
    assert!(chats.open().unwrap().turns[0].is_revived);

    let chats = chats.reduce(Action::In(place, Change::TryAgain(KEY)));

    assert!(!chats.open().unwrap().turns[0].is_revived);
}

#[test]
fn a_kept_message_finds_its_conversation() {
    let thread = Some(ThreadId::new("thr_1"));
    let ask = Ask::Message("kept".to_owned());
    let chats = Rc::new(Chats::default())
        .reduce(Action::Kept(thread.clone(), "kept".into(), ask.clone()))
        .reduce(Action::Kept(thread.clone(), "kept".into(), ask))
        .reduce(Action::Open(thread));

    let chat = chats.open().unwrap();

    assert_eq!(chat.turns.len(), 1);
    assert_eq!(chat.place, Place(1));
}

#[test]
fn a_run_found_on_the_server_is_followed_once() {
    let thread = ThreadId::new("thr_1");
    let chats = Rc::new(Chats::default()).reduce(Action::Open(Some(thread)));
    let place = chats.open().unwrap().place;
    let loaded = || Change::Loaded(Vec::new(), None, vec![RunId::new("run_1")]);

    let chats = chats
        .reduce(Action::In(place, loaded()))
        .reduce(Action::In(place, loaded()));

    assert_eq!(ready(&chats), [TurnKey::from("run_1")]);
}

#[test]
fn a_page_of_history_does_not_undo_what_a_stream_has_brought() {
    let whole = folded(numbered(&stream("01_create_turn1")));
    let mut chat = folded(numbered(&stream("01_create_turn1")[..7]));

    let question = items(&whole)[0].clone();
    chat.load(vec![question], None);

    assert_eq!(text(&chat.entries[1].item), "You said: ");
}
