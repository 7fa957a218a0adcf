//! A database for one test, copied from a migrated template.

use store::{Db, Settings};
use tokio_postgres::NoTls;

use crate::provided;

/// A fresh, migrated database on the server that `LATCHWORK_TEST_DATABASE_URL` names. It is left
/// behind; the server of a test run is thrown away whole.
pub struct Database {
    /// For functions, whose role owns nothing.
    pub url: String,
    /// For whoever migrates, or looks at everything.
    pub owner_url: String,
    pub db: Db,
}

/// Shared by every test on the server; what it may do is said in each database.
const ROLE: &str = "latchwork_functions";

impl Database {
    /// # Panics
    /// If there is no server to test against.
    pub async fn new() -> Self {
        Self::on(&provided("LATCHWORK_TEST_DATABASE_URL")).await
    }

    /// On a server of the test's own.
    ///
    /// # Panics
    /// If it does not answer.
    pub async fn on(server: &str) -> Self {
        let admin = connect(server).await;
        let source = source(server, &admin).await;
        let mut chance = [0; 8];
        getrandom::fill(&mut chance).expect("the system has random numbers");
        let name = format!("test_{:016x}", u64::from_le_bytes(chance));
        admin
            .batch_execute(&format!("create database {name} {source}"))
            .await
            .expect("a database can be made");
        let owner_url = with_name(server, &name);
        let url = with_role(&owner_url);
        let mut settings = settings(&url);
        settings.connections = 8;
        let db = Db::new(&settings).expect("the settings are sound");
        Self { url, owner_url, db }
    }

    /// How many people there are.
    ///
    /// # Panics
    /// If the server is gone.
    pub async fn people(&self) -> i64 {
        let client = self.client().await;
        let row = client
            .query_one(r#"select count(*) from "user""#, &[])
            .await;
        row.expect("they can be counted").get(0)
    }

    /// Gives somebody so many tasks at once, every fifth of them done, and lets the planner know.
    ///
    /// # Panics
    /// If the server is gone, or there is no such person.
    pub async fn fill(&self, user: &str, tasks: i32) {
        let client = self.client().await;
        let insert = "insert into tasks (user_id, id, title, priority, tags, due_date, position,
                completed_at, version, created_at, updated_at)
            select $1, id, 'task ' || id, (array['none', 'low', 'medium', 'high'])[id % 4 + 1],
                '{}', date '2026-11-24' + id % 700, 'n' || lpad(id::text, 9, '0') || 'i',
                case when id % 5 = 0 then now() - id * interval '1 minute' end, 1,
                now() - id * interval '1 hour', now() - id * interval '1 second'
            from generate_series(1, $2) as id";
        let inserted = client.execute(insert, &[&user, &tasks]).await;
        inserted.expect("tasks can be added");
        let counted = "insert into task_counters (user_id, last_task, live) values ($1, $2::integer, $2::integer)";
        let counted = client.execute(counted, &[&user, &tasks]).await;
        counted.expect("they can be counted");
        let analyzed = client.batch_execute("analyze tasks").await;
        analyzed.expect("the planner can be told");
    }

    /// Gives somebody so many conversations at once, with nothing in them.
    ///
    /// # Panics
    /// If the server is gone, or there is no such person.
    pub async fn fill_conversations(&self, user: &str, count: i32) {
        let client = self.client().await;
        let insert = "insert into threads (user_id, id, title, created_at, updated_at)
            select $1, 'thr_' || id, 'Conversation ' || id, at, at
            from generate_series(1, $2) as id, lateral (select now() - id * interval '1 minute') as m (at)";
        let inserted = client.execute(insert, &[&user, &count]).await;
        inserted.expect("conversations can be added");
        let analyzed = client.batch_execute("analyze threads").await;
        analyzed.expect("the planner can be told");
    }

    /// Repeats the turns of a conversation so many times, each copy older than the one before.
    ///
    /// # Panics
    /// If the server is gone.
    pub async fn fill_turns(&self, thread: &str, copies: i32) {
        let client = self.client().await;
        for insert in [
            "insert into items (user_id, thread_id, id, created_at, run_id, body)
            select user_id, thread_id, id || n, created_at - n * interval '1 minute', run_id || n,
                jsonb_set(body, '{id}', to_jsonb(id || n))
            from items, generate_series(1, $2) as n where thread_id = $1",
            "insert into runs (user_id, id, thread_id, user_item, client_key, request_hash, status,
                lease_until, last_event, state, session_id, time_zone, created_at, finished_at)
            select user_id, id || n, thread_id, user_item, client_key || n, request_hash, status,
                lease_until, last_event, state, session_id, time_zone,
                created_at - n * interval '1 minute', finished_at - n * interval '1 minute'
            from runs, generate_series(1, $2) as n where thread_id = $1",
        ] {
            let inserted = client.execute(insert, &[&thread, &copies]).await;
            inserted.expect("turns can be copied");
        }
        let analyzed = client.batch_execute("analyze items; analyze runs").await;
        analyzed.expect("the planner can be told");
    }

    /// The server's processes that work for functions here.
    ///
    /// # Panics
    /// If the server is gone.
    pub async fn backends(&self) -> Vec<u32> {
        let client = self.client().await;
        let select = "select pid from pg_stat_activity
            where datname = current_database() and usename = $1";
        let rows = client.query(select, &[&ROLE]).await;
        let rows = rows.expect("processes can be listed");
        rows.iter()
            .map(|row| row.get::<_, i32>(0).cast_unsigned())
            .collect()
    }

    /// Bytes that it takes.
    ///
    /// # Panics
    /// If the server is gone.
    pub async fn size(&self) -> i64 {
        let client = self.client().await;
        let select = "select pg_database_size(current_database())";
        let row = client.query_one(select, &[]).await;
        row.expect("it can be measured").get(0)
    }

    /// A connection beside the pool, to look at what the code under test has done.
    ///
    /// # Panics
    /// If the server is gone.
    pub async fn client(&self) -> tokio_postgres::Client {
        connect(&self.owner_url).await
    }
}

async fn connect(url: &str) -> tokio_postgres::Client {
    let (client, connection) =
        tokio_postgres::Config::connect(&url.parse().expect("the URL is one of Postgres"), NoTls)
            .await
            .expect("the test server answers");
    tokio::spawn(connection);
    client
}

fn settings(url: &str) -> Settings {
    url.parse().expect("the URL is one of Postgres")
}

/// The same server, another database.
fn with_name(url: &str, name: &str) -> String {
    let (address, query) = url.split_once('?').unwrap_or((url, ""));
    let (server, _) = address.rsplit_once('/').expect("the URL names a database");
    format!("{server}/{name}?{query}")
}

/// The same database, as the functions reach it.
fn with_role(url: &str) -> String {
    let (scheme, rest) = url.split_once("://").expect("the URL has a scheme");
    let (_, address) = rest.rsplit_once('@').expect("the URL names a role");
    format!("{scheme}://{ROLE}@{address}")
}

/// What a database is copied from, as `create database` is told: made once per state of the
/// migrations, whichever test comes first.
async fn source(server: &str, admin: &tokio_postgres::Client) -> String {
    let name = format!("template_{}", store::migrate::fingerprint());
    admin
        .batch_execute("select pg_advisory_lock(52825)")
        .await
        .expect("the lock can be had");
    let select = "select exists (select from pg_database where datname = $1),
        current_setting('server_version_num')::integer >= 150000";
    let there = admin.query_one(select, &[&name]).await;
    let there = there.expect("databases can be listed");
    if !there.get::<_, bool>(0) {
        let draft = format!("{name}_draft");
        admin
            .batch_execute(&format!("drop database if exists {draft}"))
            .await
            .expect("an unfinished template can be dropped");
        admin
            .batch_execute(&format!("create database {draft}"))
            .await
            .expect("a template can be made");
        let draft_url = with_name(server, &draft);
        let owner = settings(&draft_url);
        store::migrate::run(&owner)
            .await
            .expect("the migrations apply");
        let wall = store::role::provide(&owner, &settings(&with_role(&draft_url))).await;
        assert_eq!(
            wall.expect("the role can be made"),
            store::role::Wall::Stands
        );
        admin
            .batch_execute(&format!("alter database {draft} rename to {name}"))
            .await
            .expect("nobody is connected to the draft");
    }
    admin
        .batch_execute("select pg_advisory_unlock(52825)")
        .await
        .expect("the lock was ours");
    // Files are copied in half the time that the server needs for pages; before version 15 it
    // could do nothing else.
    let has_choice: bool = there.get(1);
    let strategy = if has_choice {
        " strategy file_copy"
    } else {
        ""
    };
    format!("template {name}{strategy}")
}
