//! Accounts, sessions and what both are good for.

use protocol::session::{Session, User};
use protocol::{SessionId, Timestamp, UserId};
use store::{Db, Error, Scope, sessions, users};
use testing::Database;

pub(crate) const NOW: Timestamp = Timestamp::from_seconds(1_790_000_000);

pub(crate) fn person(name: &str) -> User {
    User {
        id: UserId::new(name),
        name: name.to_owned(),
        email: format!("{name}@example.com"),
        email_verified: false,
        image: None,
        created_at: NOW,
        updated_at: NOW,
    }
}

pub(crate) async fn add_person(db: &Db, name: &str) -> UserId {
    let user = person(name);
    let account = users::NewAccount {
        user: &user,
        account_id: &format!("account-{name}"),
        password_hash: "salt:key",
    };
    users::insert(db, &account, NOW).await.unwrap();
    user.id
}

/// A session that lives long after any clock on which this runs.
pub(crate) fn session(user: &UserId, number: u32) -> Session {
    Session {
        id: SessionId::new(format!("{user}-{number}")),
        token: format!("token-{user}-{number}"),
        user_id: user.clone(),
        expires_at: Timestamp::from_seconds(4_000_000_000),
        created_at: NOW.plus_seconds(number.into()),
        updated_at: NOW.plus_seconds(number.into()),
        ip_address: None,
        user_agent: Some("test".to_owned()),
    }
}

#[tokio::test]
async fn an_account_is_found_by_its_address() {
    let database = Database::new().await;
    add_person(&database.db, "ann").await;

    let found = users::find_by_email(&database.db, "ann@example.com").await;
    let missing = users::find_by_email(&database.db, "bob@example.com").await;

    let found = found.unwrap().unwrap();
    assert_eq!(found.user, person("ann"));
    assert_eq!(found.password_hash.as_deref(), Some("salt:key"));
    assert!(missing.unwrap().is_none());
}

#[tokio::test]
async fn an_address_is_taken_once() {
    let database = Database::new().await;
    add_person(&database.db, "ann").await;
    let twin = User {
        id: UserId::new("twin"),
        ..person("ann")
    };

    let account = users::NewAccount {
        user: &twin,
        account_id: "another",
        password_hash: "",
    };
    let second = users::insert(&database.db, &account, NOW).await;

    assert!(matches!(second, Err(Error::Duplicate(_))), "{second:?}");
}

#[tokio::test]
async fn the_oldest_session_ends_when_there_are_too_many() {
    let database = Database::new().await;
    let ann = add_person(&database.db, "ann").await;
    for number in 0..3 {
        sessions::insert(&database.db, &session(&ann, number), Some(2))
            .await
            .unwrap();
    }

    let found = async |number: u32| {
        sessions::find(&database.db, &format!("token-ann-{number}"), NOW)
            .await
            .unwrap()
    };

    assert!(found(0).await.is_none());
    assert_eq!(found(1).await.unwrap().session, session(&ann, 1));
    assert_eq!(found(2).await.unwrap().user, person("ann"));
}

#[tokio::test]
async fn nothing_is_done_for_a_session_that_has_ended() {
    let database = Database::new().await;
    let ann = add_person(&database.db, "ann").await;
    let live = session(&ann, 1);
    sessions::insert(&database.db, &live, Some(5))
        .await
        .unwrap();
    let scope = Scope {
        user: &ann,
        session: Some(&live.id),
    };
    let read = async || store::tasks::changes(database.db.begin(scope), 0, 10).await;
    assert!(read().await.is_ok());

    sessions::delete(&database.db, &live.token).await.unwrap();

    assert!(matches!(read().await, Err(Error::SessionEnded)));
}

#[tokio::test]
async fn a_session_is_good_for_its_own_user_only() {
    let database = Database::new().await;
    let ann = add_person(&database.db, "ann").await;
    let bob = add_person(&database.db, "bob").await;
    let of_ann = session(&ann, 1);
    sessions::insert(&database.db, &of_ann, Some(5))
        .await
        .unwrap();

    let scope = Scope {
        user: &bob,
        session: Some(&of_ann.id),
    };
    let read = store::tasks::changes(database.db.begin(scope), 0, 10).await;

    assert!(matches!(read, Err(Error::SessionEnded)));
}

#[tokio::test]
async fn a_transaction_that_is_dropped_leaves_nothing_behind() {
    let database = Database::new().await;
    let ann = add_person(&database.db, "ann").await;
    let scope = Scope {
        user: &ann,
        session: None,
    };
    for _ in 0..20 {
        let mut tx = database.db.begin(scope);
        store::tasks::lock(&mut tx, None).await.unwrap();
        drop(tx);
    }

    let mut tx = database.db.begin(scope);
    let ledger = store::tasks::lock(&mut tx, None).await.unwrap();

    assert_eq!(ledger.last_change, 0);
    let rows = database
        .client()
        .await
        .query("select from task_counters", &[])
        .await
        .unwrap();
    assert!(rows.is_empty());
}

/// Whom a transaction acts for stands in the text of a statement.
#[tokio::test]
async fn an_id_of_any_characters_is_a_persons_and_nothing_else() {
    let database = Database::new().await;
    add_person(&database.db, "ann").await;
    for name in [
        r"'; drop table tasks; --",
        r"\'",
        "ann', null, null",
        "Ünä\n☂",
    ] {
        let user = add_person(&database.db, name).await;
        let session = session(&user, 1);
        sessions::insert(&database.db, &session, None)
            .await
            .unwrap();
        let scope = Scope {
            user: &user,
            session: Some(&session.id),
        };

        let live = store::tasks::live(database.db.begin(scope)).await;

        assert_eq!(live.unwrap(), 0, "{name}");
    }
    for name in ["ann\0", "' or true --"] {
        let nobody = UserId::new(name);
        let scope = Scope {
            user: &nobody,
            session: None,
        };

        let refused = store::tasks::live(database.db.begin(scope)).await;

        assert!(
            matches!(refused, Err(Error::SessionEnded | Error::Value(_))),
            "{refused:?}"
        );
    }
}
