//! One kill for each commit of a turn: just before it, and just after.

use std::io::Write;

use futures_util::future::join_all;
use gateway::Gateway;
use reqwest::Method;
use tokio_postgres::Config;

use crate::client::{Client, Seen, message, read};
use crate::proxy::{self, Moment, Trap};
use crate::site::World;

/// More commits than a turn has; those beyond its end kill nothing.
const STEPS: usize = 14;

/// SC-005.
#[tokio::test(flavor = "multi_thread")]
async fn at_whatever_step_a_process_dies_the_turn_ends_once() {
    let world = World::new().await;
    let safe = [world.site()];
    let cases = (1..=STEPS).flat_map(|at| [(at, Moment::Before), (at, Moment::After)]);

    let turns = cases.map(|(at, moment)| one(&world, &safe, at, moment));
    let killed: Vec<bool> = join_all(turns).await;

    let audit = world.database.audit().await;
    let kills = killed.iter().filter(|killed| **killed).count();
    let _ = writeln!(
        std::io::stderr(),
        "steps: {kills} kills before and after each commit of {} turns; {} open, {} with gaps",
        audit.runs,
        audit.open,
        audit.with_gaps,
    );
    let mut titles: Vec<String> = (1..=STEPS)
        .flat_map(|at| ["Before", "After"].map(|moment| format!("{moment}-{at}")))
        .flat_map(|name| [format!("{name}a"), format!("{name}b")])
        .collect();
    titles.sort();
    assert_eq!(audit.titles, titles);
    assert_eq!(audit.messages.len(), 2 * STEPS);
    assert_eq!(audit.runs, i64::try_from(2 * STEPS).unwrap());
    assert_eq!((audit.open, audit.not_done), (0, 0));
    assert_eq!((audit.with_gaps, audit.unanswered), (0, 0));
    assert!(kills >= 14, "only {kills} kills");
}

/// A turn whose first process dies at one of its commits; whether that commit ever came.
async fn one(world: &World, safe: &[Gateway], at: usize, moment: Moment) -> bool {
    let name = format!("{moment:?}-{at}");
    let token = world.token(&name).await;
    let trap = Trap::new(at, moment);
    let server: Config = world.database.url.parse().unwrap();
    let (user, database) = (server.get_user().unwrap(), server.get_dbname().unwrap());
    let port = proxy::open(server.clone(), trap.clone()).await;
    let doomed = world.site_on(&format!("postgres://{user}@127.0.0.1:{port}/{database}"));
    let text = format!("Add {name}a {name}b");
    let mut client = Client::new(safe, token);

    let first = client
        .http
        .post(format!("{}/api/chatkit", doomed.url()))
        .bearer_auth(&client.token)
        .header("content-type", "application/json")
        .header("idempotency-key", &name)
        .body(message(None, &text).to_string());
    let attempt = async {
        let mut seen = Seen::default();
        if let Ok(response) = first.send().await {
            read(response, &mut seen).await;
        }
    };
    let killed = tokio::select! {
        () = attempt => false,
        () = trap.sprung.notified() => true,
    };
    doomed.kill_all();

    // The client does not know how far it got, and asks somebody else.
    let seen = client.say(None, &text, &name).await;
    let list = client.request(Method::GET, &format!("/api/runs?thread_id={}", seen.thread));
    assert!(list.send().await.unwrap().status().is_success());
    killed
}
