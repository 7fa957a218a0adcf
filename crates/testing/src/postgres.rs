//! A Postgres server of one test's own, to be ended in the middle of things.

use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt as _, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use crate::{free_port, scratch};

/// Where packages put the programs, with a version in the place of the star.
const HOME: &str = "/usr/lib/postgresql";

/// What every cluster is made with.
const INITDB: [&str; 4] = ["--no-sync", "--encoding=UTF8", "-U", "postgres"];

/// A server on a port of its own, empty at first and gone with this value.
pub struct Postgres {
    folder: PathBuf,
    programs: PathBuf,
    /// Whom the server runs as; it refuses to run as root.
    user: Option<(u32, u32)>,
    port: u16,
}

impl Postgres {
    /// `None` if this machine has no Postgres that a test could start.
    ///
    /// # Panics
    /// If it has one that does not start.
    pub fn start() -> Option<Self> {
        let server = Self::empty()?;
        server.run("initdb", &[&INITDB[..], &["--auth=trust"]].concat());
        server.up();
        Some(server)
    }

    /// One that takes encrypted connections and passwords only, that of its superuser being
    /// `password`. Certificate and key are PEM.
    ///
    /// # Panics
    /// If there is a Postgres that does not start.
    pub fn encrypted(certificate: &str, key: &str, password: &str) -> Option<Self> {
        let server = Self::empty()?;
        let word = server.folder.join("password");
        server.write(&word, password);
        let word = format!("--pwfile={}", word.display());
        server.run(
            "initdb",
            &[&INITDB[..], &["--auth=scram-sha-256", &word]].concat(),
        );
        let data = server.folder.join("data");
        server.write(&data.join("server.crt"), certificate);
        server.write(&data.join("server.key"), key);
        let everybody = "hostssl all all 127.0.0.1/32 scram-sha-256\n";
        server.write(&data.join("pg_hba.conf"), everybody);
        server.write(&data.join("postgresql.auto.conf"), "ssl = on\n");
        server.up();
        Some(server)
    }

    fn empty() -> Option<Self> {
        let programs = programs()?;
        let port = free_port();
        let folder = scratch().join(format!("latchwork-test-{port}"));
        fs::create_dir_all(&folder).expect("there is room");
        let is_root = fs::metadata(&folder).is_ok_and(|folder| folder.uid() == 0);
        let user = is_root.then(lent).flatten();
        if let Some((user, group)) = user {
            chown(&folder, Some(user), Some(group)).expect("root may");
        }
        Some(Self {
            folder,
            programs,
            user,
            port,
        })
    }

    /// For the server alone, which insists on that for its key.
    fn write(&self, path: &Path, text: &str) {
        fs::write(path, text).expect("there is room");
        fs::set_permissions(path, fs::Permissions::from_mode(0o600)).expect("it is ours");
        if let Some((user, group)) = self.user {
            chown(path, Some(user), Some(group)).expect("root may");
        }
    }

    pub fn port(&self) -> u16 {
        self.port
    }

    pub fn url(&self) -> String {
        format!("postgres://postgres@127.0.0.1:{}/postgres", self.port)
    }

    /// Starts it; returns when it takes connections.
    ///
    /// # Panics
    /// If it does not start.
    pub fn up(&self) {
        let options = format!(
            "-p {} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c max_connections=200",
            self.port
        );
        let log = self.folder.join("log");
        let log = log.display().to_string();
        self.run("pg_ctl", &["start", "-w", "-l", &log, "-o", &options]);
    }

    /// Ends it as a crash does: nobody is told, nothing is written.
    ///
    /// # Panics
    /// If it does not run.
    pub fn crash(&self) {
        self.run("pg_ctl", &["stop", "-m", "immediate"]);
    }

    fn run(&self, program: &str, arguments: &[&str]) {
        let output = self.command(program, arguments);
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{program}: {said}");
    }

    fn command(&self, program: &str, arguments: &[&str]) -> Output {
        let mut command = Command::new(self.programs.join(program));
        command
            .args(arguments)
            .arg("-D")
            .arg(self.folder.join("data"))
            .current_dir("/");
        if let Some((user, group)) = self.user {
            command.uid(user).gid(group);
        }
        // The server would hold a pipe open for as long as it lives.
        if program == "pg_ctl" {
            command.stdout(std::process::Stdio::null());
            command.stderr(std::process::Stdio::null());
        }
        command.output().expect("the program is there")
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        let _ = self.command("pg_ctl", &["stop", "-m", "immediate"]);
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// The newest version there is.
fn programs() -> Option<PathBuf> {
    let mut found: Vec<(u32, PathBuf)> = Path::new(HOME)
        .read_dir()
        .ok()?
        .flatten()
        .filter_map(|entry| {
            let major = entry.file_name().to_str()?.parse().ok()?;
            let programs = entry.path().join("bin");
            programs
                .join("initdb")
                .is_file()
                .then_some((major, programs))
        })
        .collect();
    found.sort();
    found.pop().map(|(_, programs)| programs)
}

/// Gives a folder to whom root lends itself to, and has the command run as that user.
pub(crate) fn lend(folder: &Path, command: &mut Command) {
    let is_root = fs::metadata(folder).is_ok_and(|folder| folder.uid() == 0);
    let Some((user, group)) = is_root.then(lent).flatten() else {
        return;
    };
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        chown(entry.path(), Some(user), Some(group)).expect("root may");
    }
    chown(folder, Some(user), Some(group)).expect("root may");
    command.uid(user).gid(group);
}

/// The user and the group that root lends.
fn lent() -> Option<(u32, u32)> {
    let users = fs::read_to_string("/etc/passwd").ok()?;
    ["postgres", "nobody"].iter().find_map(|name| {
        let line = users
            .lines()
            .find(|line| line.split(':').next() == Some(name))?;
        let mut fields = line.split(':').skip(2);
        Some((fields.next()?.parse().ok()?, fields.next()?.parse().ok()?))
    })
}
