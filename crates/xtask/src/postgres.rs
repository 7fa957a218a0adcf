//! A Postgres server for this checkout, or one to throw away after the tests.
//!
//! **Invariant:** it listens on a socket in a private folder and on no port, so nobody but this
//! user can reach it, and no port has to be free.
//! **Invariant:** the data survives whatever happens to this tool; only `--reset` removes it.

mod account;
mod binaries;
mod cluster;
mod files;
mod npm;
mod socket;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Child;

use account::Account;
use binaries::Binaries;
use cluster::Cluster;
pub(crate) use cluster::Purpose;

use crate::fault::{AtPath, Fault, Result};
use crate::lock::Lock;
use crate::root::Root;

/// The role that owns the product's database.
const OWNER: &str = "latchwork";
/// The role that functions connect as.
const FUNCTIONS: &str = "latchwork_functions";
/// The role that may make databases for tests, and other roles.
const SUPERUSER: &str = "postgres";

/// A server that answers. What was started here ends with this value.
pub(crate) struct Server {
    cluster: Cluster,
    process: Process,
    version: String,
    /// Held while this run uses the server: who has it decides when the server ends.
    _lock: Option<Lock>,
    /// Removed at the end.
    throw_away: Option<PathBuf>,
}

enum Process {
    Ours(Child),
    /// Left behind by a run that was killed; ours to end.
    Orphan(u32),
    /// Another run's.
    Theirs,
}

impl Server {
    /// The server of this checkout: the one that runs, or a new one on the same data.
    pub(crate) fn local(root: &Root, reset: bool) -> Result<Self> {
        let state = root.state();
        fs::create_dir_all(&state).at("create", &state)?;
        let lock = Lock::try_take(&state.join("postgres.lock"))?;
        let account = Account::for_server()?;
        let data = files::data_folder(root, &account)?;
        let socket = socket::folder(root.path(), &account)?;
        let log = state.join("postgres.log");
        let cluster = Cluster::new(account, data, socket, log);
        if lock.is_none() {
            return Self::of_another_run(cluster, reset);
        }
        if reset {
            cluster.end_orphan()?;
            cluster.remove()?;
        }
        if let Some(pid) = cluster.running()? {
            return Ok(Self {
                process: Process::Orphan(pid),
                version: cluster.data_version()?,
                cluster,
                _lock: lock,
                throw_away: None,
            });
        }
        Self::start(cluster, lock, Purpose::Keeping)
    }

    /// An empty server that forgets everything, quick because it never waits for a disk.
    pub(crate) fn throw_away(purpose: Purpose) -> Result<Self> {
        let account = Account::for_server()?;
        let folder = files::throw_away_folder(&account)?;
        let cluster = Cluster::new(
            account,
            folder.join("data"),
            folder.clone(),
            folder.join("log"),
        );
        let mut server = Self::start(cluster, None, purpose)?;
        server.throw_away = Some(folder);
        Ok(server)
    }

    /// The address of the product's database.
    pub(crate) fn url(&self) -> String {
        self.address(OWNER, OWNER)
    }

    /// The address for the functions.
    pub(crate) fn functions_url(&self) -> String {
        self.address(FUNCTIONS, OWNER)
    }

    /// The address for whoever makes roles for the product's database.
    pub(crate) fn admin_url(&self) -> String {
        self.address(SUPERUSER, OWNER)
    }

    /// The address for whoever makes databases.
    pub(crate) fn superuser_url(&self) -> String {
        self.address(SUPERUSER, "postgres")
    }

    /// A folder that is thrown away with the server, for what tests write; `None` of one that is
    /// kept.
    pub(crate) fn scratch(&self) -> Result<Option<PathBuf>> {
        let Some(folder) = &self.throw_away else {
            return Ok(None);
        };
        let scratch = folder.join("scratch");
        fs::create_dir_all(&scratch).at("create", &scratch)?;
        Ok(Some(scratch))
    }

    /// For a line of progress.
    pub(crate) fn describe(&self) -> String {
        let how = match self.process {
            Process::Ours(_) => "started",
            Process::Orphan(_) => "still running from an earlier run",
            Process::Theirs => "shared with another run",
        };
        format!("Postgres {}, {how}", self.version)
    }

    fn of_another_run(cluster: Cluster, reset: bool) -> Result<Self> {
        if reset {
            return Err(
                Fault::new("Another run of `cargo xtask dev` is using this database.")
                    .mend("end that one first, then: cargo xtask dev --reset"),
            );
        }
        match cluster.running()? {
            Some(_) => Ok(Self {
                process: Process::Theirs,
                version: cluster.data_version()?,
                cluster,
                _lock: None,
                throw_away: None,
            }),
            None => Err(
                Fault::new("Another run of this tool is starting or ending the database.")
                    .mend("try again in a moment"),
            ),
        }
    }

    fn start(cluster: Cluster, lock: Option<Lock>, purpose: Purpose) -> Result<Self> {
        let binaries = Binaries::provide(cluster.account(), cluster.data_version().ok())?;
        cluster.create(&binaries)?;
        let child = cluster.start(&binaries, purpose)?;
        Ok(Self {
            cluster,
            process: Process::Ours(child),
            version: binaries.version().to_owned(),
            _lock: lock,
            throw_away: None,
        })
    }

    fn address(&self, role: &str, database: &str) -> String {
        let socket = self.cluster.socket().display().to_string();
        let host = socket.replace('%', "%25").replace('/', "%2F");
        format!("postgresql://{role}@{host}/{database}")
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        match &mut self.process {
            Process::Ours(child) => cluster::stop(child),
            Process::Orphan(pid) => cluster::stop_orphan(*pid),
            Process::Theirs => return,
        }
        // Empty now, unless the server did not end.
        let _ = fs::remove_dir(self.cluster.socket());
        if let Some(folder) = &self.throw_away {
            remove_quietly(folder);
        }
    }
}

/// What cannot be removed now is removed by a later run.
fn remove_quietly(folder: &Path) {
    let _ = fs::remove_dir_all(folder);
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;
    use std::os::unix::net::UnixStream;

    use tempfile::TempDir;

    use super::*;

    /// A checkout that the server's account may enter.
    fn checkout() -> (TempDir, Root) {
        let folder = tempfile::tempdir().unwrap();
        fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755)).unwrap();
        let root = Root::at(folder.path().to_owned());
        (folder, root)
    }

    fn answers(socket: &Path) -> bool {
        UnixStream::connect(socket.join(".s.PGSQL.5432")).is_ok()
    }

    fn pid(server: &Server) -> u32 {
        match &server.process {
            Process::Ours(child) => child.id(),
            Process::Orphan(pid) => *pid,
            Process::Theirs => 0,
        }
    }

    #[test]
    fn a_throw_away_server_leaves_nothing() {
        let server = Server::throw_away(Purpose::Testing).unwrap();
        let folder = server.throw_away.clone().unwrap();
        let pid = pid(&server);

        let answered = answers(&folder);
        drop(server);

        assert!(answered);
        assert!(!folder.exists());
        assert!(!cluster::is_running(pid));
    }

    #[test]
    fn a_killed_server_is_started_again_on_its_data() {
        let (_folder, root) = checkout();
        let mut server = Server::local(&root, false).unwrap();
        let mark = root.state().join("postgres/mark");
        fs::write(&mark, "kept").unwrap();
        let Process::Ours(child) = &mut server.process else {
            panic!("nobody else can have started it");
        };

        child.kill().unwrap();
        child.wait().unwrap();
        drop(server);
        let again = Server::local(&root, false).unwrap();

        assert!(answers(again.cluster.socket()));
        assert!(mark.exists());
    }

    #[test]
    fn a_server_that_lost_its_owner_is_taken_over_and_ended() {
        let (_folder, root) = checkout();
        let mut server = Server::local(&root, false).unwrap();
        let first = pid(&server);
        // What a run that was killed leaves: no lock, and a server that is nobody's child.
        server._lock = None;
        let owned = std::mem::replace(&mut server.process, Process::Theirs);
        let Process::Ours(mut child) = owned else {
            panic!("it was started above");
        };
        let reaper = std::thread::spawn(move || child.wait().unwrap());

        let again = Server::local(&root, false).unwrap();
        let second = pid(&again);
        drop(again);

        assert_eq!(second, first);
        assert!(reaper.join().unwrap().success());
    }

    #[test]
    fn a_second_run_shares_the_server_and_may_not_empty_it() {
        let (_folder, root) = checkout();
        let first = Server::local(&root, false).unwrap();

        let second = Server::local(&root, false).unwrap();
        let refused = Server::local(&root, true).err().unwrap();

        assert_eq!(first.url(), second.url());
        drop(second);
        assert!(answers(first.cluster.socket()));
        assert!(refused.to_string().contains("Another run"), "{refused}");
    }

    #[test]
    fn a_reset_begins_anew() {
        let (_folder, root) = checkout();
        drop(Server::local(&root, false).unwrap());
        let mark = root.state().join("postgres/mark");
        fs::write(&mark, "lost").unwrap();

        let server = Server::local(&root, true).unwrap();

        assert!(!mark.exists());
        assert!(answers(server.cluster.socket()));
    }
}
