//! Many at once.

use std::collections::BTreeSet;

use futures_util::future::join_all;
use reqwest::Method;

use crate::client::{Client, Seen, message, read};
use crate::site::World;

#[tokio::test(flavor = "multi_thread")]
async fn twenty_sends_with_one_key_are_one_turn() {
    let world = World::new().await;
    let sites = [world.site(), world.site()];
    let token = world.token("ann").await;

    let sends = (0..20).map(|_| async {
        let mut client = Client::new(&sites, token.clone());
        client.say(None, "Add milka milkb", "one key").await
    });
    let seen = join_all(sends).await;

    let runs: BTreeSet<&str> = seen.iter().map(|seen| seen.run.as_str()).collect();
    assert_eq!(runs.len(), 1);
    assert!(seen.iter().all(|other| other.events == seen[0].events));
    let audit = world.database.audit().await;
    assert_eq!(audit.runs, 1);
    assert_eq!(audit.messages, ["Add milka milkb"]);
    assert_eq!(audit.titles, ["milka", "milkb"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hundred_readers_follow_one_stream() {
    let world = World::new().await;
    let sites = [world.site(), world.site()];
    let token = world.token("ann").await;
    let mut sender = Client::new(&sites, token.clone());
    let request = sender
        .request(Method::POST, "/api/chatkit")
        .header("content-type", "application/json")
        .body(message(None, "Add milka milkb").to_string());
    let response = request.send().await.unwrap();
    let run = response.headers()["x-run-id"].to_str().unwrap().to_owned();

    let readers = (0..100).map(|_| async {
        let mut seen = Seen {
            run: run.clone(),
            ..Seen::default()
        };
        Client::new(&sites, token.clone()).follow(&mut seen).await;
        seen
    });
    let mut first = Seen::default();
    let (others, ()) = tokio::join!(join_all(readers), read(response, &mut first));

    assert!(first.events.len() > 10, "{first:?}");
    for other in others {
        assert_eq!(other.events, first.events);
        // One answer carried each reader to the end.
        assert!(other.cuts <= 2, "{}", other.cuts);
    }
}
