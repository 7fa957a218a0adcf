//! One folder of data: made, started, found running, and ended.

use std::fs::{self, File};
use std::io::Write as _;
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process, test_kill_process};

use super::account::Account;
use super::binaries::Binaries;
use super::{OWNER, SUPERUSER};
use crate::fault::{AtPath, Fault, Result};

/// Long enough to replay what a crash left.
const PATIENCE: Duration = Duration::from_secs(60);

pub(super) struct Cluster {
    account: Account,
    data: PathBuf,
    socket: PathBuf,
    log: PathBuf,
}

/// What a server is started for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// Data that somebody wants to find again.
    Keeping,
    /// Data that is over with the server.
    Trying,
    /// The same, in hundreds of small databases, each of which is over in seconds: a process that
    /// goes round in them to tidy up takes a tenth of the time of all tests.
    Testing,
}

impl Cluster {
    pub(super) fn new(account: Account, data: PathBuf, socket: PathBuf, log: PathBuf) -> Self {
        Self {
            account,
            data,
            socket,
            log,
        }
    }

    pub(super) fn account(&self) -> &Account {
        &self.account
    }

    pub(super) fn socket(&self) -> &Path {
        &self.socket
    }

    /// The major version that made the data.
    pub(super) fn data_version(&self) -> Result<String> {
        let path = self.data.join("PG_VERSION");
        let text = fs::read_to_string(&path).at("read", &path)?;
        Ok(text.trim().to_owned())
    }

    /// Makes the data where there is none: beside, and renamed when all of it is there.
    pub(super) fn create(&self, binaries: &Binaries) -> Result<()> {
        if self.data.exists() {
            return Ok(());
        }
        let draft = self.data.with_extension("unfinished");
        if draft.exists() {
            fs::remove_dir_all(&draft).at("remove", &draft)?;
        }
        fs::create_dir_all(&draft).at("create", &draft)?;
        self.account.own(&draft)?;
        self.initialise(binaries, &draft)?;
        self.add_owner(binaries, &draft)?;
        fs::rename(&draft, &self.data).at("rename", &draft)
    }

    /// Letters are ordered and lowered as Unicode says, where the machine knows how.
    fn initialise(&self, binaries: &Binaries, draft: &Path) -> Result<()> {
        let builtin: &[&str] = &[
            "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8",
            "--locale=C",
        ];
        let locales: &[&[&str]] = if binaries.major() >= 17 {
            &[builtin]
        } else {
            &[
                &["--locale=C.UTF-8"],
                &["--locale=en_US.UTF-8"],
                &["--locale=C"],
            ]
        };
        let mut last_words = String::new();
        for locale in locales {
            let mut command = self.account.command(&binaries.program("initdb"));
            command
                .args([
                    "--encoding=UTF8",
                    "--auth=trust",
                    "--no-sync",
                    "-U",
                    SUPERUSER,
                ])
                .args(*locale)
                .arg("-D")
                .arg(draft);
            match said(&mut command, "")? {
                Ok(()) => return Ok(()),
                Err(words) => last_words = words,
            }
        }
        Err(broken(
            "Postgres cannot make its folder of data",
            &last_words,
        ))
    }

    /// In the mode in which the server talks to one user on its standard input.
    fn add_owner(&self, binaries: &Binaries, draft: &Path) -> Result<()> {
        let mut command = self.account.command(&binaries.program("postgres"));
        command
            .args(["--single", "-c", "exit_on_error=true", "-D"])
            .arg(draft)
            .arg("postgres");
        let orders = format!("create role {OWNER} login\ncreate database {OWNER} owner {OWNER}\n");
        said(&mut command, &orders)?
            .map_err(|words| broken("Postgres cannot make the first database", &words))
    }

    /// Starts the server and returns when it takes connections.
    pub(super) fn start(&self, binaries: &Binaries, purpose: Purpose) -> Result<Child> {
        let log = File::create(&self.log).at("create", &self.log)?;
        let errors = log.try_clone().at("open", &self.log)?;
        let mut command = self.account.command(&binaries.program("postgres"));
        command
            .arg("-D")
            .arg(&self.data)
            .arg("-k")
            .arg(&self.socket);
        // No port; and enough connections for every function at once, several times over.
        command.args(["-c", "listen_addresses=", "-c", "max_connections=200"]);
        if purpose == Purpose::Testing {
            command.args(["-c", "autovacuum=off"]);
        }
        if purpose != Purpose::Keeping {
            for setting in [
                "fsync=off",
                "synchronous_commit=off",
                "full_page_writes=off",
            ] {
                command.args(["-c", setting]);
            }
        }
        command.stdin(Stdio::null()).stdout(log).stderr(errors);
        let mut child = command
            .spawn()
            .map_err(|error| Fault::new(format!("Postgres could not be started: {error}.")))?;
        match self.wait_until_ready(&mut child) {
            Ok(()) => Ok(child),
            Err(fault) => {
                stop(&mut child);
                Err(fault)
            }
        }
    }

    /// The server's own file says when it is ready: there is nothing to wait on but its change.
    fn wait_until_ready(&self, child: &mut Child) -> Result<()> {
        let start = Instant::now();
        while start.elapsed() < PATIENCE {
            if self
                .state()
                .is_some_and(|(pid, ready)| pid == child.id() && ready)
            {
                return Ok(());
            }
            if child.try_wait().is_ok_and(|status| status.is_some()) {
                let log = fs::read_to_string(&self.log).unwrap_or_default();
                return Err(broken("Postgres ended while it started", &log));
            }
            thread::sleep(Duration::from_millis(10));
        }
        Err(Fault::new("Postgres is not ready after 60 s.")
            .mend(format!("less {}", self.log.display())))
    }

    /// The number of the server that runs on this data, left by whoever started it. What a dead
    /// one left in the way of a new one is removed.
    pub(super) fn running(&self) -> Result<Option<u32>> {
        let start = Instant::now();
        while let Some((pid, ready)) = self.state() {
            if !is_running(pid) || !is_postgres(pid) {
                self.forget()?;
                return Ok(None);
            }
            if ready && UnixStream::connect(self.socket.join(".s.PGSQL.5432")).is_ok() {
                return Ok(Some(pid));
            }
            if start.elapsed() > PATIENCE {
                return Err(Fault::new(format!(
                    "The database server (process {pid}) is there and takes no connection."
                ))
                .mend(format!("kill {pid}")));
            }
            // It starts or ends.
            thread::sleep(Duration::from_millis(20));
        }
        Ok(None)
    }

    pub(super) fn end_orphan(&self) -> Result<()> {
        if let Some(pid) = self.running()? {
            stop_orphan(pid);
        }
        Ok(())
    }

    pub(super) fn remove(&self) -> Result<()> {
        if self.data.exists() {
            fs::remove_dir_all(&self.data).at("remove", &self.data)?;
        }
        Ok(())
    }

    /// The server's number, and whether it takes connections, as it writes them itself.
    fn state(&self) -> Option<(u32, bool)> {
        let text = fs::read_to_string(self.data.join("postmaster.pid")).ok()?;
        let pid = text.lines().next()?.trim().parse().ok()?;
        let status = text.lines().nth(7).unwrap_or_default();
        Some((pid, status.trim() == "ready"))
    }

    fn forget(&self) -> Result<()> {
        for path in [
            self.data.join("postmaster.pid"),
            self.socket.join(".s.PGSQL.5432.lock"),
            self.socket.join(".s.PGSQL.5432"),
        ] {
            if path.exists() {
                fs::remove_file(&path).at("remove", &path)?;
            }
        }
        Ok(())
    }
}

/// Ends a server in good order; one that does not listen, at once.
pub(super) fn stop(child: &mut Child) {
    let start = Instant::now();
    let mut asked = false;
    while child.try_wait().is_ok_and(|status| status.is_none()) {
        // Only now that it is known to be there: its number could be another's.
        if !asked {
            signal(child.id(), Signal::INT);
            asked = true;
        }
        if start.elapsed() > Duration::from_secs(10) {
            signal(child.id(), Signal::QUIT);
            let _ = child.wait();
            return;
        }
        thread::sleep(Duration::from_millis(5));
    }
}

/// The same for a server that is nobody's child any more.
pub(super) fn stop_orphan(pid: u32) {
    signal(pid, Signal::INT);
    let start = Instant::now();
    while is_running(pid) && start.elapsed() < Duration::from_secs(10) {
        thread::sleep(Duration::from_millis(5));
    }
}

fn signal(pid: u32, signal: Signal) {
    if let Some(pid) = number(pid) {
        let _ = kill_process(pid, signal);
    }
}

pub(super) fn is_running(pid: u32) -> bool {
    number(pid).is_some_and(|pid| match test_kill_process(pid) {
        Ok(()) => true,
        // It runs, as somebody else.
        Err(error) => error == rustix::io::Errno::PERM,
    })
}

fn number(pid: u32) -> Option<Pid> {
    Pid::from_raw(i32::try_from(pid).ok()?)
}

/// A number is soon given to another process, after a restart of the machine or a container.
fn is_postgres(pid: u32) -> bool {
    match fs::read_to_string(format!("/proc/{pid}/comm")) {
        Ok(name) => name.trim() == "postgres",
        // Another system: believe the file.
        Err(_) => !Path::new("/proc/self/comm").exists(),
    }
}

/// Runs the command with this input; of a failure, what it said.
fn said(command: &mut Command, input: &str) -> Result<Result<(), String>> {
    let failed = |error| Fault::new(format!("Postgres could not be started: {error}."));
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(failed)?;
    if let Some(mut stdin) = child.stdin.take() {
        // One that ended already tells why by its output.
        let _ = stdin.write_all(input.as_bytes());
    }
    let output = child.wait_with_output().map_err(failed)?;
    if output.status.success() {
        return Ok(Ok(()));
    }
    Ok(Err(String::from_utf8_lossy(&output.stderr).into_owned()))
}

fn broken(what: &str, words: &str) -> Fault {
    if words.contains("No space left on device") {
        return Fault::new(format!("The disk is full: {what}."))
            .mend("cargo clean    # or free some space and start again");
    }
    let reason = words
        .lines()
        .find(|line| line.contains("FATAL:") || line.contains("error:"))
        .or_else(|| words.lines().last())
        .unwrap_or("it did not say why");
    Fault::new(format!("{what}: {reason}"))
}
