//! Whoever is measured: ours or a peer, with a database and a model of their own.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use serde_json::{Value, json};
use tempfile::TempDir;
use testing::{ORIGIN, signer};
use tokio::process::Command;
use tokio_postgres::Config;
use tokio_postgres::config::Host;

use crate::report::OURS;
use crate::server::Server;
use crate::trips::by_port;
use crate::world::{SECRET, World};

#[derive(Clone, Copy)]
pub(crate) enum Kind {
    /// One of our functions, by the path of its binary.
    Ours(&'static str),
    /// `FastAPI` with ChatKit's server and the Agents SDK.
    Python,
    /// Better Auth, jose and the MCP SDK.
    Node,
}

pub(crate) struct Contestant {
    pub(crate) kind: Kind,
    pub(crate) world: World,
    /// The first person's.
    pub(crate) token: String,
    /// Kept from start to start: Python compiles into it.
    folder: TempDir,
}

impl Contestant {
    pub(crate) async fn new(kind: Kind) -> Self {
        Self::in_world(kind, World::new().await).await
    }

    pub(crate) async fn in_world(kind: Kind, world: World) -> Self {
        Self {
            kind,
            token: world.token("ann").await,
            world,
            folder: kind.unpacked(),
        }
    }

    pub(crate) fn who(&self) -> &'static str {
        match self.kind {
            Kind::Ours(_) => OURS,
            Kind::Python => "Python",
            Kind::Node => "Node",
        }
    }

    pub(crate) async fn start(&self) -> Server {
        let database: Config = self.url().parse().expect("the URL is Postgres's");
        let host = match database.get_hosts().first() {
            Some(Host::Tcp(name)) => name.clone(),
            Some(Host::Unix(folder)) => folder.display().to_string(),
            None => String::new(),
        };
        let port = database.get_ports().first().copied().unwrap_or(5432);
        self.start_at(&host, port, self.url()).await
    }

    /// With the database behind this port of this machine.
    pub(crate) async fn start_by_port(&self, port: u16) -> Server {
        let url = by_port(self.url(), port);
        self.start_at("127.0.0.1", port, &url).await
    }

    /// Ours owns nothing of the database; the peers make their own tables.
    pub(crate) fn url(&self) -> &str {
        match self.kind {
            Kind::Ours(_) => &self.world.database.url,
            Kind::Python | Kind::Node => &self.world.database.owner_url,
        }
    }

    async fn start_at(&self, host: &str, port: u16, url: &str) -> Server {
        if let Kind::Ours(binary) = self.kind {
            let mut environment = self.world.environment_by(url);
            // One person signs in from one address as often as the machine can.
            environment.push(("RATE_LIMIT_SIGN_IN", "off".to_owned()));
            environment.push(("LOCKOUT_AFTER", "off".to_owned()));
            return Server::function(binary, &environment).await;
        }
        let database: Config = url.parse().expect("the URL is Postgres's");
        let listen = testing::free_port();
        let mut command = self.kind.command(listen);
        command
            .current_dir(self.folder.path())
            .env("PGHOST", host)
            .env("PGPORT", port.to_string())
            .env("PGUSER", database.get_user().unwrap_or_default())
            .env("PGDATABASE", database.get_dbname().unwrap_or_default())
            .env("PGSSLMODE", "disable")
            .env("ORIGIN", ORIGIN)
            .env("JWKS_URL", published_keys().await)
            .env("BETTER_AUTH_SECRET", SECRET)
            .envs(self.world.model());
        Server::peer(command, listen).await
    }

    /// Runs a file of SQL that lies with the peer, with its words in braces replaced.
    pub(crate) async fn run(&self, text: &str, words: &[(&str, &str)]) {
        let client = self.world.database.client().await;
        let sql = words.iter().fold(text.to_owned(), |sql, (name, value)| {
            sql.replace(&format!("{{{name}}}"), value)
        });
        let done = client.batch_execute(&sql).await;
        done.expect("the peer's tables can be filled");
    }
}

impl Kind {
    /// The files of the peer where nothing of the checkout is touched, and its packages beside them.
    fn unpacked(self) -> TempDir {
        let folder = tempfile::tempdir().expect("there is room");
        let name = match self {
            Self::Ours(_) => return folder,
            Self::Python => "python",
            Self::Node => "node",
        };
        let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("benchmarks/peers");
        let files = fs::read_dir(source.join(name)).expect("the peer is there");
        for file in files.flatten().filter(|file| file.path().is_file()) {
            let copied = fs::copy(file.path(), folder.path().join(file.file_name()));
            copied.expect("there is room");
        }
        if let Self::Node = self {
            let packages = folder.path().join("node_modules");
            let linked = std::os::unix::fs::symlink(told("LATCHWORK_PEER_NODE"), packages);
            linked.expect("the folder is ours");
        }
        folder
    }

    fn command(self, port: u16) -> Command {
        let port = port.to_string();
        if let Self::Node = self {
            let mut command = Command::new("node");
            command
                .arg("server.mjs")
                .env("PORT", port)
                .env("NODE_ENV", "production");
            return command;
        }
        let mut command = Command::new(told("LATCHWORK_PEER_PYTHON"));
        command.args(["-m", "uvicorn", "app:app", "--port", &port]);
        command
    }
}

/// What the set-up has fetched.
fn told(name: &str) -> PathBuf {
    #[expect(
        clippy::disallowed_methods,
        reason = "the benchmark is told of its peers by the environment"
    )]
    std::env::var(name)
        .unwrap_or_else(|_| panic!("{name} is not set: run this by `cargo xtask bench`"))
        .into()
}

/// The address at which the key of tests is published, as an issuer does it.
async fn published_keys() -> String {
    static KEYS: OnceLock<String> = OnceLock::new();
    let keys = KEYS.get_or_init(|| {
        let mut key: Value = serde_json::from_str(&signer().public_jwk()).unwrap_or_default();
        key["kid"] = json!("test-key");
        json!({ "keys": [key] }).to_string()
    });
    testing::answering(keys).await
}
