//! The sentences of the public contract, through the built-in assistant.

use serde_json::Value;

use crate::site::cold;

#[tokio::test]
async fn the_sentences_of_the_contract_are_understood() {
    let (_database, site) = cold().await;
    let ann = site.sign_up("ann").await;
    let mut talk = Value::Null;

    let added = ann.ask(&mut talk, "Add a task to buy groceries").await;
    assert!(added.contains("uy groceries"), "{added}");
    let added = ann.ask(&mut talk, "I need to remember to pay bills").await;
    assert!(added.contains("ay bills"), "{added}");
    ann.ask(&mut talk, "Add a task to prepare the meeting")
        .await;
    let all = ann.ask(&mut talk, "Show me all my tasks").await;
    for title in ["groceries", "bills", "meeting"] {
        assert!(all.contains(title), "{all}");
    }
    let done = ann.ask(&mut talk, "Mark task 3 as complete").await;
    assert!(done.contains("meeting"), "{done}");
    let pending = ann.ask(&mut talk, "What's pending?").await;
    assert!(
        pending.contains("bills") && !pending.contains("meeting"),
        "{pending}"
    );
    let completed = ann.ask(&mut talk, "What have I completed?").await;
    assert!(
        completed.contains("meeting") && !completed.contains("bills"),
        "{completed}"
    );
    let changed = ann
        .ask(&mut talk, "Change task 1 to 'Call mom tonight'")
        .await;
    assert!(changed.contains("Call mom tonight"), "{changed}");
    let asked = ann.ask(&mut talk, "Delete the meeting task").await;
    assert!(asked.contains("Delete “"), "{asked}");
    assert!(ann.titles("deleted").await.is_empty());
    let deleted = ann.ask(&mut talk, "yes").await;
    assert!(deleted.contains("meeting"), "{deleted}");

    assert_eq!(ann.titles("deleted").await.len(), 1);
    assert!(ann.titles("deleted").await[0].contains("meeting"));
    let open = ann.titles("open").await;
    assert_eq!(open.len(), 2);
    assert_eq!(open[0], "Call mom tonight");
}
