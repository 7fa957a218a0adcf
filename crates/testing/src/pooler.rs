//! A PgBouncer of one test's own, before the server that tests use.
//!
//! **Invariant:** it pools by transactions, with no prepared statement and no session behind one,
//! as the poolers of hosted databases do.

use std::fs;
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use tokio_postgres::config::Host;
use tokio_postgres::{Config, NoTls, SimpleQueryMessage};

use crate::free_port;
use crate::postgres::lend;

/// Where packages put it, which is in no ordinary user's search path.
const HOMES: [&str; 3] = ["/usr/sbin", "/usr/bin", "/usr/local/bin"];

/// Longer than it takes to start.
const PATIENCE: Duration = Duration::from_secs(20);

/// A pooler on a port of its own, gone with this value.
pub struct Pooler {
    folder: PathBuf,
    child: Child,
    port: u16,
    database: Config,
}

/// What a pooler knows of one pool, by its own names.
#[derive(Clone, Copy, Debug, Default)]
pub struct Pool {
    pub clients: u32,
    pub waiting: u32,
    pub servers: u32,
}

impl Pooler {
    /// Before the server of this URL, with at most so many connections to it; `None` if this
    /// machine has no PgBouncer.
    ///
    /// # Panics
    /// If it has one that does not start.
    pub fn start(url: &str, servers: u32) -> Option<Self> {
        let program = HOMES
            .iter()
            .map(|home| Path::new(home).join("pgbouncer"))
            .find(|program| program.is_file())?;
        let database: Config = url.parse().expect("the URL is one of Postgres");
        let port = free_port();
        let folder = std::env::temp_dir().join(format!("latchwork-pooler-{port}"));
        fs::create_dir_all(&folder).expect("there is room");
        let settings = folder.join("pgbouncer.ini");
        let written = fs::write(&settings, settings_of(&database, port, servers, &folder));
        written.expect("there is room");
        let users = format!("\"{}\" \"\"\n", database.get_user().unwrap_or_default());
        fs::write(folder.join("users"), users).expect("there is room");
        let mut command = Command::new(program);
        command.arg("-q").arg(&settings).current_dir("/");
        lend(&folder, &mut command);
        let child = command
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn();
        let mut pooler = Self {
            folder,
            child: child.expect("the program is there"),
            port,
            database,
        };
        pooler.wait();
        Some(pooler)
    }

    /// The same database, through this.
    pub fn url(&self) -> String {
        let user = self.database.get_user().unwrap_or_default();
        let name = self.database.get_dbname().unwrap_or_default();
        format!("postgres://{user}@127.0.0.1:{}/{name}", self.port)
    }

    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// Who is connected on both sides.
    ///
    /// # Panics
    /// If it is gone.
    pub async fn pool(&self) -> Pool {
        let mut own = Config::new();
        own.host("127.0.0.1")
            .port(self.port)
            .user(self.database.get_user().unwrap_or_default())
            .dbname("pgbouncer");
        let (client, connection) = own.connect(NoTls).await.expect("the pooler answers");
        tokio::spawn(connection);
        let rows = client.simple_query("show pools").await;
        let name = self.database.get_dbname();
        let mut pool = Pool::default();
        for row in rows.expect("the pooler answers") {
            let SimpleQueryMessage::Row(row) = row else {
                continue;
            };
            let number = |column: &str| -> u32 {
                row.try_get(column)
                    .ok()
                    .flatten()
                    .and_then(|text| text.parse().ok())
                    .unwrap_or(0)
            };
            if row.get("database") == name {
                pool.clients += number("cl_active") + number("cl_waiting");
                pool.waiting += number("cl_waiting");
                pool.servers += number("sv_active") + number("sv_idle") + number("sv_used");
            }
        }
        pool
    }

    fn wait(&mut self) {
        let begun = Instant::now();
        while TcpStream::connect(("127.0.0.1", self.port)).is_err() {
            let ended = self.child.try_wait().expect("it is ours");
            assert!(ended.is_none(), "the pooler has ended: {ended:?}");
            assert!(begun.elapsed() < PATIENCE, "the pooler does not listen");
            std::thread::yield_now();
        }
    }
}

impl Drop for Pooler {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        let _ = fs::remove_dir_all(&self.folder);
    }
}

fn settings_of(database: &Config, port: u16, servers: u32, folder: &Path) -> String {
    let host = match database.get_hosts().first() {
        Some(Host::Tcp(name)) => name.clone(),
        Some(Host::Unix(folder)) => folder.display().to_string(),
        None => "127.0.0.1".to_owned(),
    };
    let there = database.get_ports().first().copied().unwrap_or(5432);
    let user = database.get_user().unwrap_or_default();
    let users = folder.join("users");
    let users = users.display();
    format!(
        "[databases]\n* = host={host} port={there}\n[pgbouncer]\nlisten_addr = 127.0.0.1\n\
         listen_port = {port}\nunix_socket_dir =\nauth_type = trust\nauth_file = {users}\n\
         stats_users = {user}\npool_mode = transaction\ndefault_pool_size = {servers}\n\
         max_client_conn = 2000\nserver_reset_query =\n"
    )
}
