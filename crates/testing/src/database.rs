//! A database for one test, copied from a migrated template.

use store::{Db, Settings};
use tokio_postgres::NoTls;

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
        Self::on(&server_url()).await
    }

    /// On a server of the test's own.
    ///
    /// # Panics
    /// If it does not answer.
    pub async fn on(server: &str) -> Self {
        let admin = connect(server).await;
        let template = template(server, &admin).await;
        let mut chance = [0; 8];
        getrandom::fill(&mut chance).expect("the system has random numbers");
        let name = format!("test_{:016x}", u64::from_le_bytes(chance));
        admin
            .batch_execute(&format!("create database {name} template {template}"))
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

    /// A connection beside the pool, to look at what the code under test has done.
    ///
    /// # Panics
    /// If the server is gone.
    pub async fn client(&self) -> tokio_postgres::Client {
        connect(&self.owner_url).await
    }
}

fn server_url() -> String {
    #[expect(
        clippy::disallowed_methods,
        reason = "tests are told of their server by the environment"
    )]
    std::env::var("LATCHWORK_TEST_DATABASE_URL")
        .expect("LATCHWORK_TEST_DATABASE_URL is not set: run the tests by `cargo xtask test`")
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

/// Made once per state of the migrations, whichever test comes first.
async fn template(server: &str, admin: &tokio_postgres::Client) -> String {
    let name = format!("template_{}", store::migrate::fingerprint());
    admin
        .batch_execute("select pg_advisory_lock(52825)")
        .await
        .expect("the lock can be had");
    let there = admin
        .query("select from pg_database where datname = $1", &[&name])
        .await
        .expect("databases can be listed");
    if there.is_empty() {
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
    name
}
