//! FR-214: what waits too long for the database ends with a code, in its time.

use std::time::{Duration, Instant};

use protocol::{SessionId, UserId};
use store::{Db, Error, Patience, Scope, Tx, sessions, switches, tasks};
use testing::Database;

use crate::people::{add_person, session};
use crate::settings;

const BRIEF: Duration = Duration::from_millis(300);
/// Nothing of this is waited for in a test.
const LONG: Duration = Duration::from_secs(600);

const PATIENT: Patience = Patience {
    connection: LONG,
    statement: LONG,
    silence: LONG,
    answer: LONG,
};

struct Held {
    database: Database,
    user: UserId,
    session: SessionId,
    /// Keeps tables to itself.
    other: tokio_postgres::Client,
}

impl Held {
    async fn keeping(tables: &str) -> Self {
        let database = Database::new().await;
        let user = add_person(&database.db, "ann").await;
        let session = session(&user, 1);
        sessions::insert(&database.db, &session, None)
            .await
            .unwrap();
        let other = database.client().await;
        other
            .batch_execute(&format!(
                "begin; lock table {tables} in access exclusive mode"
            ))
            .await
            .unwrap();
        Self {
            database,
            user,
            session: session.id,
            other,
        }
    }

    /// One connection, so that what becomes of it shows.
    fn db(&self, patience: Patience) -> Db {
        let mut settings = settings(&self.database.url);
        settings.patience = patience;
        settings.connections = 1;
        Db::new(&settings).unwrap()
    }

    fn begin<'a>(&'a self, db: &'a Db) -> Tx<'a> {
        db.begin(Scope {
            user: &self.user,
            session: Some(&self.session),
        })
    }

    async fn let_go(&self) {
        self.other.batch_execute("commit").await.unwrap();
    }
}

/// Not before its time, and long before any other.
async fn brief<T>(work: impl Future<Output = Result<T, Error>>) -> Error {
    let began = Instant::now();
    let failed = work.await.err().unwrap();
    let took = began.elapsed();
    assert!((BRIEF..LONG / 20).contains(&took), "{took:?}");
    assert!(failed.is_unavailable(), "{failed:?}");
    failed
}

#[tokio::test]
async fn a_statement_that_waits_for_anothers_lock_is_given_up_by_the_server() {
    // The statement itself, or what stands before it.
    for table in ["task_counters", "switches"] {
        let held = Held::keeping(table).await;
        let db = held.db(Patience {
            statement: BRIEF,
            ..PATIENT
        });

        let failed = brief(tasks::live(held.begin(&db))).await;

        let told = "the database does not answer: a statement took longer than it may";
        assert_eq!(failed.cause(), told);
        held.let_go().await;
        // The connection is as good as before.
        assert_eq!(tasks::live(held.begin(&db)).await.unwrap(), 0);
    }
}

/// The server may be gone, or in another network by now.
#[tokio::test]
async fn an_answer_that_does_not_come_is_not_waited_for() {
    let held = Held::keeping("task_counters, switches").await;
    let db = held.db(Patience {
        answer: BRIEF,
        ..PATIENT
    });

    brief(tasks::live(held.begin(&db))).await;
    brief(switches::find(&db)).await;

    held.let_go().await;
    // Nobody uses a connection on which an answer is still to come.
    assert_eq!(tasks::live(held.begin(&db)).await.unwrap(), 0);
    assert!(!switches::find(&db).await.unwrap().read_only);
}

#[tokio::test]
async fn a_connection_that_others_keep_is_not_waited_for() {
    let held = Held::keeping("task_counters, switches").await;
    let db = held.db(Patience {
        connection: BRIEF,
        ..PATIENT
    });
    let mut first = held.begin(&db);
    let waits = tasks::lock(&mut first, None);

    tokio::select! {
        biased;
        _ = waits => panic!("the lock is held"),
        failed = brief(switches::find(&db)) => drop(failed),
    }
}

/// A process that freezes in the middle of a transaction keeps nothing.
#[tokio::test]
async fn a_transaction_that_says_nothing_more_loses_its_locks() {
    let held = Held::keeping("task_counters, switches").await;
    held.let_go().await;
    let db = held.db(Patience {
        silence: BRIEF,
        ..PATIENT
    });
    let mut frozen = held.begin(&db);
    tasks::lock(&mut frozen, None).await.unwrap();

    let thawed = held.database.db.clone();
    let mut next = held.begin(&thawed);
    tasks::lock(&mut next, None).await.unwrap();

    assert!(frozen.commit().await.unwrap_err().is_unavailable());
}

#[test]
fn the_server_ends_first() {
    let Patience {
        statement, answer, ..
    } = Patience::default();

    assert!(statement < answer);
}
