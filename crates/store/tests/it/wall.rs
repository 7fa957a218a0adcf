//! The second wall: what a query sees that forgets to name its owner.

use store::role::{self, Wall};
use testing::{Database, Person};
use tokio_postgres::Client;

use crate::settings;

/// A connection as the functions have it.
async fn as_functions(database: &Database) -> Client {
    let url = database.url.parse::<tokio_postgres::Config>().unwrap();
    let (client, connection) = url.connect(tokio_postgres::NoTls).await.unwrap();
    tokio::spawn(connection);
    client
}

/// Ann and Bob, each with a row in some tables.
async fn two_people(database: &Database) -> (Person, Person) {
    let ann = Person::sign_up(&database.db, "ann").await;
    let bob = Person::sign_up(&database.db, "bob").await;
    let rows = "insert into tasks (user_id, id, title, version, created_at, updated_at)
            select id, 1, name || '''s secret', 1, now(), now() from \"user\";
        insert into threads (user_id, id, created_at, updated_at)
            select id, 'thr_' || id, now(), now() from \"user\";
        insert into items (user_id, thread_id, id, created_at, body)
            select id, 'thr_' || id, 'msg_' || id, now(), '{}' from \"user\";
        insert into task_counters (user_id) select id from \"user\";
        insert into request_counts (user_id, count, resets_at) select id, 1, now() from \"user\";
        insert into grants (id, user_id, token_hash, name, scopes, created_at, expires_at)
            select 'grant_' || id, id, 'hash-' || id, 'cli', 'tasks:read', now(), now() + '1 day'
            from \"user\";
        insert into oauth_codes (hash, grant_id, redirect_uri, code_challenge, resource, expires_at)
            select 'code-' || id, 'grant_' || id, '', '', '', now() from \"user\";
        insert into oauth_refresh_tokens (hash, grant_id, resource, expires_at)
            select 'refresh-' || id, 'grant_' || id, '', now() from \"user\";
        insert into model_keys (user_id, model, base_url, sealed, key_end, set_at)
            select id, 'm', 'https://models.example.com', '', '', now() from \"user\";
        insert into verification (id, identifier, value, \"expiresAt\")
            select id, 'reset-password:' || id, id, now() from \"user\"";
    database.client().await.batch_execute(rows).await.unwrap();
    (ann, bob)
}

/// Every table behind the wall.
async fn tables(client: &Client) -> Vec<String> {
    let sql = "select relname::text from pg_class
        where relnamespace = 'public'::regnamespace and relrowsecurity order by 1";
    let rows = client.query(sql, &[]).await.unwrap();
    rows.iter().map(|row| row.get(0)).collect()
}

async fn count(client: &Client, table: &str) -> i64 {
    let sql = format!("select count(*) from \"{table}\"");
    client.query_one(&sql, &[]).await.unwrap().get(0)
}

/// SC-006.
#[tokio::test]
async fn a_query_that_forgets_its_owner_returns_nothing() {
    let database = Database::new().await;
    two_people(&database).await;
    let (owner, functions) = (database.client().await, as_functions(&database).await);
    let tables = tables(&owner).await;
    assert!(tables.len() >= 18, "{tables:?}");

    for table in &tables {
        assert_eq!(count(&functions, table).await, 0, "{table}");
        let delete = format!("delete from \"{table}\"");
        assert_eq!(functions.execute(&delete, &[]).await.unwrap(), 0, "{table}");
    }
    for table in [
        "tasks",
        "items",
        "session",
        "grants",
        "oauth_codes",
        "verification",
    ] {
        assert_eq!(count(&owner, table).await, 2, "{table}");
    }
}

#[tokio::test]
async fn who_is_let_in_sees_only_their_own_until_the_transaction_ends() {
    let database = Database::new().await;
    two_people(&database).await;
    let functions = as_functions(&database).await;
    let of_bob = [
        "tasks",
        "threads",
        "items",
        "user",
        "session",
        "account",
        "grants",
        "oauth_codes",
        "oauth_refresh_tokens",
        "verification",
        "task_counters",
    ];
    let admit = "begin; select latchwork_admit('bob', 'session-bob', null, null, null, null)";

    functions.batch_execute(admit).await.unwrap();
    for table in of_bob {
        assert_eq!(count(&functions, table).await, 1, "{table}");
    }
    let title = functions
        .query_one("select title from tasks", &[])
        .await
        .unwrap();
    assert_eq!(title.get::<_, &str>(0), "bob's secret");
    let changed = functions
        .execute("update tasks set title = 'Bob was here'", &[])
        .await
        .unwrap();
    assert_eq!(changed, 1);
    functions.batch_execute("commit").await.unwrap();

    for table in of_bob {
        assert_eq!(count(&functions, table).await, 0, "{table}");
    }
    let owner = database.client().await;
    let sql = "select title from tasks where user_id = 'ann'";
    let title = owner.query_one(sql, &[]).await.unwrap();
    assert_eq!(title.get::<_, &str>(0), "ann's secret");
}

/// The index of words is asked past the wall, for nobody but who is let in.
#[tokio::test]
async fn words_are_looked_up_among_ones_own_tasks() {
    let database = Database::new().await;
    two_people(&database).await;
    let functions = as_functions(&database).await;
    let admit = "begin; select latchwork_admit('bob', 'session-bob', null, null, null, null)";
    let found = async |words: &str| -> Option<Vec<i32>> {
        let sql = "select latchwork_found($1, 10)";
        let found = functions.query_one(sql, &[&words]).await.unwrap();
        found.get(0)
    };

    assert_eq!(found("secret").await, Some(vec![]));
    functions.batch_execute(admit).await.unwrap();
    assert_eq!(found("secret").await, Some(vec![1]));
    assert_eq!(found("bob").await, Some(vec![1]));
    assert_eq!(found("ann").await, Some(vec![]));
    functions.batch_execute("commit").await.unwrap();
    assert_eq!(found("secret").await, Some(vec![]));
}

#[tokio::test]
async fn nothing_can_be_put_among_anothers_rows() {
    let database = Database::new().await;
    two_people(&database).await;
    let functions = as_functions(&database).await;
    for statement in [
        "insert into tasks (user_id, id, title, version, created_at, updated_at)
            values ('ann', 2, 'x', 1, now(), now())",
        "update tasks set user_id = 'ann', id = 3",
        "insert into threads (user_id, id, created_at, updated_at)
            values ('ann', 'thr_x', now(), now())",
        r#"insert into "session" ("id", "token", "userId", "expiresAt", "updatedAt")
            values ('x', 'x', 'ann', now() + '1 day', now())"#,
        r#"update "user" set "id" = 'ann2' where "id" = 'bob' returning 1/0"#,
    ] {
        let admit = "begin; select latchwork_admit('bob', 'session-bob', null, null, null, null)";
        functions.batch_execute(admit).await.unwrap();

        let refused = functions.batch_execute(statement).await;

        assert!(refused.is_err(), "{statement}");
        functions.batch_execute("rollback").await.unwrap();
    }
}

#[tokio::test]
async fn what_is_shown_opens_the_row_it_names_and_no_other() {
    let database = Database::new().await;
    two_people(&database).await;
    let functions = as_functions(&database).await;
    for (shown, open) in [
        ("token-ann", &["session", "user"][..]),
        ("ann@example.com", &["user", "account"]),
        ("hash-ann", &["grants"]),
        ("code-ann", &["grants", "oauth_codes"]),
        ("refresh-ann", &["grants", "oauth_refresh_tokens"]),
        ("reset-password:ann", &["verification"]),
        ("ann", &[]),
        ("%", &[]),
        ("", &[]),
    ] {
        let sql = format!("begin; select set_config('latchwork.shown', '{shown}', true)");
        functions.batch_execute(&sql).await.unwrap();
        for table in tables(&functions).await {
            let expected = i64::from(open.contains(&table.as_str()));
            assert_eq!(
                count(&functions, &table).await,
                expected,
                "{shown}: {table}"
            );
        }
        functions.batch_execute("rollback").await.unwrap();
    }
}

/// A table that names persons and stands outside of the wall fails here.
#[tokio::test]
async fn every_table_with_persons_is_behind_the_wall() {
    let database = Database::new().await;
    let owner = database.client().await;
    let sql = "select distinct table_name::text from information_schema.columns
        where table_schema = 'public' and column_name in ('user_id', 'userId', 'grant_id')";
    let behind = tables(&owner).await;

    for row in owner.query(sql, &[]).await.unwrap() {
        let table: String = row.get(0);
        assert!(behind.contains(&table), "{table}");
    }
}

#[tokio::test]
async fn the_functions_role_owns_nothing_and_cannot_change_the_schema() {
    let database = Database::new().await;
    let functions = as_functions(&database).await;
    let owned = "select count(*) from pg_class where relowner = current_user::regrole";

    let owned: i64 = functions.query_one(owned, &[]).await.unwrap().get(0);

    assert_eq!(owned, 0);
    for statement in [
        "alter table tasks disable row level security",
        "drop policy own on tasks",
        "create table public.mine (id text)",
        "set role postgres",
        "update latchwork_migrations set checksum = ''",
        "truncate tasks cascade",
    ] {
        assert!(
            functions.batch_execute(statement).await.is_err(),
            "{statement}"
        );
    }
}

#[tokio::test]
async fn an_owner_is_told_from_a_role_that_the_wall_holds_for() {
    let database = Database::new().await;

    let owner = settings(&database.owner_url);
    let functions = role::provide(&owner, &settings(&database.url)).await;
    let owner = role::provide(&owner, &owner).await;

    assert_eq!(functions.unwrap(), Wall::Stands);
    assert_eq!(owner.unwrap(), Wall::Open);
}
