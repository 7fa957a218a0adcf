//! Counting what happens too often.

use std::cell::Cell;

use futures_util::future::join_all;
use protocol::Timestamp;
use store::limits::{Hit, Lockout, Quota, Rule, attempt, count, forgive};
use store::{Db, Error, Scope, Terms, meter, sessions, tasks};
use testing::Database;

use crate::people::{NOW, add_person, session};

const RULE: Rule = Rule {
    most: 3,
    seconds: 10,
};

const LOCKOUT: Lockout = Lockout {
    after: 5,
    wait: 30,
    longest: 100,
};

fn hit(key: &str) -> Hit {
    Hit {
        name: "test",
        rule: RULE,
        key: key.to_owned(),
    }
}

async fn used(db: &Db, now: Timestamp) -> Quota {
    let quotas = count(db, &[hit("a")], now).await.unwrap();
    quotas[0]
}

/// FR-012.
#[tokio::test]
async fn a_rule_allows_so_many_and_begins_anew_after_its_window() {
    let database = Database::new().await;

    for expected in 1..=3 {
        let quota = used(&database.db, NOW.plus_seconds(expected)).await;
        assert!(!quota.is_over());
        assert_eq!(i64::from(quota.remaining()), 3 - expected);
    }
    let over = used(&database.db, NOW.plus_seconds(4)).await;
    assert!(over.is_over());
    // The window began with the first, and being refused does not move it.
    assert_eq!(over.wait(NOW.plus_seconds(4)), 7);
    let next = used(&database.db, NOW.plus_seconds(11)).await;
    assert_eq!(next.used, 1);
}

/// FR-012.
#[tokio::test]
async fn requests_at_the_same_moment_are_all_counted() {
    let database = Database::new().await;
    let hits = [hit("b"), hit("a")];

    let quotas = join_all((0..20).map(|_| count(&database.db, &hits, NOW))).await;

    let allowed = quotas.iter().filter(|quotas| {
        quotas
            .as_ref()
            .unwrap()
            .iter()
            .all(|quota| !quota.is_over())
    });
    assert_eq!(allowed.count(), 3);
    assert_eq!(used(&database.db, NOW).await.used, 21);
}

async fn locked(db: &Db, now: Timestamp) -> Option<i64> {
    let quotas = attempt(db, &[], "ann", LOCKOUT, now).await.unwrap();
    let over = quotas.iter().find(|quota| quota.is_over());
    over.map(|quota| quota.wait(now))
}

/// FR-012.
#[tokio::test]
async fn after_five_failures_each_wait_is_twice_as_long() {
    let database = Database::new().await;
    let now = Cell::new(NOW);
    let try_after = async |seconds: i64| {
        now.set(now.get().plus_seconds(seconds));
        locked(&database.db, now.get()).await
    };
    for _ in 0..5 {
        assert_eq!(try_after(0).await, None);
    }

    assert_eq!(try_after(1).await, Some(29));
    assert_eq!(try_after(28).await, Some(1));
    assert_eq!(try_after(1).await, None);
    assert_eq!(try_after(1).await, Some(59));
    assert_eq!(try_after(59).await, None);
    // The third would be 120.
    assert_eq!(try_after(0).await, Some(100));
    // A day without a failure, and everything is forgotten.
    assert_eq!(try_after(86_401).await, None);
    assert_eq!(try_after(0).await, None);
}

/// FR-012.
#[tokio::test]
async fn guesses_at_the_same_moment_do_not_pass_the_lock() {
    let database = Database::new().await;

    let tried = join_all((0..20).map(|_| locked(&database.db, NOW))).await;

    assert_eq!(tried.iter().filter(|wait| wait.is_none()).count(), 5);
    assert!(tried.iter().flatten().all(|wait| *wait == 30));
}

#[tokio::test]
async fn who_is_slowed_down_already_locks_nobody_out() {
    let database = Database::new().await;
    let tried = async || {
        attempt(&database.db, &[hit("a")], "ann", LOCKOUT, NOW)
            .await
            .unwrap()
    };
    for _ in 0..10 {
        tried().await;
    }

    let rows = database.client().await;
    let rows = rows
        .query("select count from sign_in_attempts", &[])
        .await
        .unwrap();

    assert_eq!(rows[0].get::<_, i32>(0), 3);
    let names: Vec<_> = tried().await.iter().map(|quota| quota.name).collect();
    assert_eq!(names, ["test"]);
}

#[tokio::test]
async fn a_success_opens_the_lock() {
    let database = Database::new().await;
    for _ in 0..6 {
        locked(&database.db, NOW).await;
    }

    forgive(&database.db, "ann").await.unwrap();

    assert_eq!(locked(&database.db, NOW).await, None);
}

#[tokio::test]
async fn counts_that_are_over_are_cleared_away() {
    let database = Database::new().await;
    count(&database.db, &[hit("a"), hit("b")], NOW)
        .await
        .unwrap();
    locked(&database.db, NOW).await;

    count(&database.db, &[hit("c")], NOW.plus_seconds(200_000))
        .await
        .unwrap();

    let client = database.client().await;
    let rows = client
        .query("select key from rate_limits", &[])
        .await
        .unwrap();
    let keys: Vec<String> = rows.iter().map(|row| row.get(0)).collect();
    assert_eq!(keys, ["c"]);
    let rows = client
        .query("select from sign_in_attempts", &[])
        .await
        .unwrap();
    assert!(rows.is_empty());
}

fn terms() -> Terms {
    Terms {
        clock: Some(|| NOW.plus_seconds(60)),
        idle: Some(3600),
        absolute: Some(7200),
        requests: Some(RULE),
        read_only: false,
    }
}

/// FR-012.
#[tokio::test]
async fn a_person_makes_so_many_requests_whatever_becomes_of_them() {
    let database = Database::new().await;
    let ann = add_person(&database.db, "ann").await;
    let live = session(&ann, 1);
    sessions::insert(&database.db, &live, None).await.unwrap();
    let db = database.db.clone().on(terms());
    let scope = Scope {
        user: &ann,
        session: Some(&live.id),
    };
    // A request that begins two transactions, and ends the first without keeping anything.
    let request = async || {
        meter::measured(async {
            drop(tasks::lock(&mut db.begin(scope), None).await?);
            tasks::changes(db.begin(scope), 0, 10).await
        })
        .await
    };

    for left in [2, 1, 0] {
        let trips = db.trips();
        let (answer, noted) = request().await;
        let quotas = noted.quotas;
        assert!(answer.is_ok());
        assert_eq!(quotas[0].remaining(), left);
        // Counting costs no round trip of its own.
        assert_eq!(db.trips() - trips, 2);
    }
    let (refused, noted) = request().await;
    let quotas = noted.quotas;

    assert!(matches!(refused, Err(Error::OverQuota)), "{refused:?}");
    assert!(quotas[0].is_over());
    // What goes on behind an answer is no request.
    assert!(tasks::changes(db.begin(scope), 0, 10).await.is_ok());
}

#[tokio::test]
async fn a_session_that_has_ended_uses_up_nothing() {
    let database = Database::new().await;
    let ann = add_person(&database.db, "ann").await;
    let db = database.db.clone().on(terms());
    let gone = session(&ann, 1);
    let scope = Scope {
        user: &ann,
        session: Some(&gone.id),
    };

    let (refused, noted) = meter::measured(tasks::changes(db.begin(scope), 0, 10)).await;

    assert!(matches!(refused, Err(Error::SessionEnded)));
    assert!(noted.quotas.is_empty());
}

/// FR-012.
#[tokio::test]
async fn every_transaction_knows_when_a_session_is_over() {
    let database = Database::new().await;
    let ann = add_person(&database.db, "ann").await;
    let live = session(&ann, 1);
    sessions::insert(&database.db, &live, None).await.unwrap();
    let scope = Scope {
        user: &ann,
        session: Some(&live.id),
    };
    let works = async |idle: Option<i64>, absolute: Option<i64>| {
        let terms = Terms {
            idle,
            absolute,
            ..terms()
        };
        let db = database.db.clone().on(terms);
        tasks::changes(db.begin(scope), 0, 10).await.is_ok()
    };

    // Begun and last used 59 seconds ago.
    assert!(works(None, None).await);
    assert!(works(Some(60), Some(60)).await);
    assert!(!works(Some(59), None).await);
    assert!(!works(None, Some(59)).await);
}
