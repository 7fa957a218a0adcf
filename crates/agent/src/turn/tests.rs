//! Turns, step by step, without any IO.

use super::*;

fn calling(tools: &[&str]) -> Finished {
    Finished {
        text: String::new(),
        calls: tools
            .iter()
            .map(|tool| ((*tool).to_owned(), json!({})))
            .collect(),
        ..Finished::default()
    }
}

fn saying(text: &str) -> Finished {
    Finished {
        text: text.to_owned(),
        ..Finished::default()
    }
}

#[test]
fn a_turn_asks_calls_asks_and_is_done() {
    let mut turn = Turn::new("What is open?");
    assert_eq!(turn.next(), Next::CallModel { with_tools: true });

    turn.model_finished(calling(&["list_tasks"]));
    let Next::CallTools(calls) = turn.next() else {
        panic!("a call is waiting");
    };
    turn.tool_answered(calls[0].id.clone(), json!({"tasks": []}), false);
    assert_eq!(turn.next(), Next::CallModel { with_tools: true });

    turn.model_finished(saying("Nothing."));
    assert_eq!(turn.next(), Next::Done(Ending::Answered));
}

#[test]
fn a_button_is_one_call_and_no_answer() {
    let mut turn = Turn::pressed("complete_tasks", json!({"ids": [3]}));
    let Next::CallTools(calls) = turn.next() else {
        panic!("a call is waiting");
    };

    turn.tool_answered(calls[0].id.clone(), json!({}), false);

    assert_eq!(turn.next(), Next::Done(Ending::Answered));
}

/// FR-140.
#[test]
fn a_saved_turn_goes_on_with_the_calls_that_have_no_result() {
    let mut turn = Turn::new("Add both");
    turn.model_finished(calling(&["add_tasks", "add_tasks"]));
    turn.tool_answered("call_1".to_owned(), json!({}), false);

    let saved = serde_json::to_value(&turn).unwrap();
    let restored: Turn = serde_json::from_value(saved).unwrap();

    let Next::CallTools(calls) = restored.next() else {
        panic!("a call is waiting");
    };
    assert_eq!(calls.len(), 1);
    assert_eq!(calls[0].id, "call_2");
}

/// FR-140.
#[test]
fn a_model_that_never_answers_is_made_to() {
    let mut turn = Turn::new("Loop");
    for _ in 0..9 {
        assert_eq!(turn.next(), Next::CallModel { with_tools: true });
        turn.model_finished(calling(&["list_tasks"]));
        for call in turn.unanswered() {
            turn.tool_answered(call.id, json!({}), false);
        }
    }

    assert_eq!(turn.next(), Next::CallModel { with_tools: false });
}

#[test]
fn calls_beyond_the_budget_are_refused_and_not_left_open() {
    let mut turn = Turn::new("Flood");
    turn.model_finished(calling(&["list_tasks"; 60]));

    assert_eq!(turn.unanswered().len(), budget::CALLS);
}

#[test]
fn tokens_and_time_are_spent_as_well() {
    let mut slow = Turn::new("Think");
    slow.spend(std::time::Duration::from_secs(200));
    let mut greedy = Turn::new("Read");
    let mut finished = calling(&["list_tasks"]);
    finished.usage.input = 400_000;
    greedy.model_finished(finished);
    greedy.tool_answered("call_1".to_owned(), json!({}), false);

    assert_eq!(slow.next(), Next::CallModel { with_tools: false });
    assert_eq!(greedy.next(), Next::CallModel { with_tools: false });
}

#[test]
fn a_model_that_calls_when_it_has_to_answer_has_answered() {
    let mut turn = Turn::new("Loop");
    turn.spend(std::time::Duration::from_secs(200));
    let mut silent = calling(&["list_tasks"]);
    let mut speaking = Finished {
        text: "Half of it.".to_owned(),
        ..calling(&["list_tasks"])
    };

    assert_eq!(turn.hold_to_budget(&mut silent), Some(SPENT));
    assert_eq!(turn.hold_to_budget(&mut speaking), None);
    turn.model_finished(speaking);

    assert_eq!(turn.next(), Next::Done(Ending::Answered));
    assert_eq!(silent.text, SPENT);
}

#[test]
fn a_stopped_turn_leaves_no_call_open() {
    let mut turn = Turn::new("Add");
    turn.model_finished(calling(&["add_tasks"]));

    turn.cut_off("Well", Ending::Stopped);

    assert_eq!(turn.next(), Next::Done(Ending::Stopped));
    assert!(turn.unanswered().is_empty());
    assert!(matches!(turn.messages.last(), Some(Message::Note { .. })));
}
