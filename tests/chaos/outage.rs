//! The database ends in the middle of everything, and comes back.

use std::io::Write;
use std::time::Duration;

use futures_util::future::join_all;
use testing::{Database, Postgres};

use crate::client::Client;
use crate::site::World;

const PEOPLE: usize = 8;
const OUTAGES: usize = 3;

#[tokio::test(flavor = "multi_thread")]
async fn turns_end_though_the_database_restarts_in_their_middle() {
    let Some(postgres) = Postgres::start() else {
        let _ = writeln!(
            std::io::stderr(),
            "SKIPPED: no Postgres on this machine to restart"
        );
        return;
    };
    let world = World::on(Database::on(&postgres.url()).await).await;
    let sites = [world.site()];
    let mut people = Vec::new();
    for person in 0..PEOPLE {
        people.push((person, world.token(&format!("person-{person}")).await));
    }

    let talks = people.into_iter().map(|(person, token)| {
        let sites = &sites;
        async move {
            let mut client = Client::new(sites, token);
            for turn in 0..OUTAGES + 1 {
                let name = format!("p{person}t{turn}");
                client
                    .say(None, &format!("Add {name}a {name}b"), &name)
                    .await;
            }
        }
    });
    let outages = async {
        for _ in 0..OUTAGES {
            tokio::time::sleep(Duration::from_millis(350)).await;
            postgres.crash();
            tokio::time::sleep(Duration::from_millis(400)).await;
            postgres.up();
        }
    };
    tokio::join!(join_all(talks), outages);

    let audit = world.database.audit().await;
    let turns = PEOPLE * (OUTAGES + 1);
    let _ = writeln!(
        std::io::stderr(),
        "outage: {OUTAGES} restarts of the database, {turns} turns; {} open, {} with gaps",
        audit.open,
        audit.with_gaps,
    );
    assert_eq!(audit.runs, i64::try_from(turns).unwrap());
    assert_eq!(audit.titles.len(), 2 * turns);
    assert_eq!(audit.messages.len(), turns);
    assert_eq!((audit.open, audit.not_done), (0, 0));
    assert_eq!((audit.with_gaps, audit.unanswered), (0, 0));
}
