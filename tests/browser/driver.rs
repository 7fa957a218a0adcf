//! Chromium's driver, as a process of one test.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, ChildStdout, Command, Stdio};

use fantoccini::{Client, ClientBuilder};
use serde_json::{Value, json};

/// Quiet, without a screen, and with nothing of its own to tell the world.
const ARGUMENTS: [&str; 14] = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--lang=en-GB",
    "--window-size=1280,900",
    // Drawing movement without a graphics card takes a third of a test's processor time. Tests
    // that look at movement ask for it.
    "--force-prefers-reduced-motion",
    // Every test is a new browser, which ends before code that is compiled for speed has paid for
    // its compiling: a fifth of a test's processor time.
    "--js-flags=--liftoff-only --no-turbofan --no-maglev",
    // A microphone that beeps, and a person who lets every page listen.
    "--use-fake-device-for-media-stream",
    "--use-fake-ui-for-media-stream",
];

/// How often a start is tried.
const STARTS: u32 = 5;

/// Every session is a browser of its own, which shares nothing with the others.
pub(crate) struct Driver {
    process: Child,
    port: u16,
    /// Held open: what it says to a closed pipe would end it.
    _says: BufReader<ChildStdout>,
}

impl Driver {
    /// It takes a port that is free for one family of addresses, and ends where the same port is
    /// taken for the other: then another one is tried.
    pub(crate) fn start() -> Self {
        (0..STARTS)
            .find_map(|_| Self::try_start())
            .expect("chromedriver starts")
    }

    fn try_start() -> Option<Self> {
        let mut process = program()
            .arg("--port=0")
            // Of the browsers' profiles.
            .env("TMPDIR", testing::scratch())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("chromedriver is there: run the tests by `cargo xtask test`");
        let mut says = BufReader::new(process.stdout.take().unwrap());
        let port = loop {
            let mut line = String::new();
            if says.read_line(&mut line).unwrap() == 0 {
                let _ = process.wait();
                return None;
            }
            if let Some((_, port)) = line.split_once("successfully on port ") {
                break port.trim().trim_end_matches('.').parse().unwrap();
            }
        };
        Some(Self {
            process,
            port,
            _says: says,
        })
    }

    pub(crate) async fn open(&self) -> Client {
        let capabilities = json!({
            "goog:chromeOptions": {"args": ARGUMENTS, "binary": testing::provided("LATCHWORK_BROWSER")},
            "goog:loggingPrefs": {"browser": "ALL"},
            "timeouts": {"script": 60_000, "pageLoad": 60_000, "implicit": 0},
        });
        let Value::Object(capabilities) = capabilities else {
            unreachable!("it is an object");
        };
        ClientBuilder::new(hyper_util::client::legacy::connect::HttpConnector::new())
            .capabilities(capabilities)
            .connect(&format!("http://localhost:{}", self.port))
            .await
            .unwrap()
    }
}

/// Where Chromium may, as root, it gives its processes precedence over all others, and functions
/// and database that the page waits for would starve.
fn program() -> Command {
    const DRIVER: &str = "chromedriver";
    if !rustix::process::geteuid().is_root() {
        return Command::new(DRIVER);
    }
    let mut command = Command::new("setpriv");
    command.args(["--bounding-set=-sys_nice", DRIVER]);
    command
}

impl Drop for Driver {
    /// Its browsers end with it, if it is asked; killed, it would leave them behind.
    fn drop(&mut self) {
        let ask = || -> std::io::Result<()> {
            let mut line = TcpStream::connect(("127.0.0.1", self.port))?;
            line.write_all(b"GET /shutdown HTTP/1.1\r\nHost: localhost\r\n\r\n")?;
            line.read(&mut [0; 64]).map(drop)
        };
        if ask().is_err() {
            let _ = self.process.kill();
        }
        let _ = self.process.wait();
    }
}
