//! `cargo xtask dev` on a checkout of its own, from nothing to an address and back to nothing.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};

use rustix::process::{Pid, Signal, kill_process};
use tempfile::TempDir;

/// The least that can be built and served.
fn checkout() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755)).unwrap();
    for (name, text) in [
        (
            "Cargo.toml",
            "[workspace]\nmembers = [\"frontend\", \"functions\"]\n\
             default-members = [\"functions\"]\nresolver = \"3\"\n\
             [workspace.package]\nrust-version = \"1.95\"\n\
             [profile.wasm-dev]\ninherits = \"dev\"\n",
        ),
        (
            "frontend/Cargo.toml",
            "[package]\nname = \"frontend\"\nedition = \"2024\"\n\
             [dependencies]\nwasm-bindgen = \"0.2\"\n",
        ),
        (
            "frontend/src/main.rs",
            "#[wasm_bindgen::prelude::wasm_bindgen]\npub fn start() {}\nfn main() {}\n",
        ),
        ("frontend/index.html", "<p>page</p>{{styles}}{{scripts}}"),
        ("frontend/styles/page.css", "p { color: navy }"),
        (
            "functions/Cargo.toml",
            "[package]\nname = \"functions\"\nedition = \"2024\"\n",
        ),
        ("functions/src/main.rs", "fn main() {}\n"),
        ("vercel.json", "{\"outputDirectory\": \"frontend/dist\"}"),
    ] {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    // The versions of the workspace, of which wasm-bindgen's has to be this tool's.
    let lock = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../Cargo.lock");
    fs::copy(lock, folder.path().join("Cargo.lock")).unwrap();
    // What it is built of is the same the next time.
    let built = Path::new(env!("CARGO_TARGET_TMPDIR")).join("checkout");
    fs::create_dir_all(&built).unwrap();
    symlink(built, folder.path().join("target")).unwrap();
    folder
}

struct Dev {
    process: Child,
    /// The address that it printed.
    address: String,
    /// How long it said it had taken.
    seconds: f64,
}

impl Dev {
    fn start(root: &Path) -> Self {
        let mut process = Command::new(env!("CARGO_BIN_EXE_xtask"))
            .arg("--root")
            .arg(root)
            .args(["dev", "--port", "0"])
            .env_remove("DATABASE_URL")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let lines = BufReader::new(process.stdout.take().unwrap()).lines();
        let (mut address, mut seconds) = (None, None);
        let mut said = Vec::new();
        for line in lines.map_while(Result::ok) {
            if let Some((_, time)) = line.split_once("Ready after ") {
                seconds = time.split(' ').next().unwrap().parse().ok();
            }
            if let Some((_, found)) = line.split_once("http://localhost:") {
                address = Some(format!("127.0.0.1:{found}"));
                break;
            }
            said.push(line);
        }
        let address = address.unwrap_or_else(|| panic!("{}", said.join("\n")));
        Self {
            process,
            address,
            seconds: seconds.unwrap(),
        }
    }

    fn page(&self) -> String {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        write!(
            stream,
            "GET / HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n"
        )
        .unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    }

    fn end(mut self, signal: Signal) -> ExitStatus {
        let pid = Pid::from_child(&self.process);
        kill_process(pid, signal).unwrap();
        self.process.wait().unwrap()
    }
}

#[test]
fn a_checkout_is_served_ended_and_served_again() {
    let folder = checkout();
    let lock = folder.path().join(".latchwork/postgres/postmaster.pid");

    let first = Dev::start(folder.path());
    let page = first.page();
    let ended = first.end(Signal::INT);
    let left = lock.exists();
    let second = Dev::start(folder.path());
    let took = second.seconds;
    second.end(Signal::KILL);
    let third = Dev::start(folder.path());
    let page_after_the_kill = third.page();
    let terminated = third.end(Signal::TERM);

    assert!(page.starts_with("HTTP/1.1 200 OK"), "{page}");
    assert!(
        page.contains("<p>page</p><link rel=\"stylesheet\""),
        "{page}"
    );
    assert!(ended.success());
    assert!(!left, "the database server was left behind");
    assert!(took < 5.0, "the second start took {took} s");
    assert!(page_after_the_kill.contains("<p>page</p>"));
    assert!(terminated.success());
    assert!(!lock.exists());
}
