//! A site of its own for each test: a page, and one binary under several names.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, Mutex};

use bytes::Bytes;
use gateway::{Gateway, LogLine, Options};
use http_body_util::combinators::BoxBody;
use http_body_util::{BodyExt, Full};
use hyper::body::Incoming;
use hyper::client::conn::http1;
use hyper::{Method, Request, Response, StatusCode};
use hyper_util::rt::TokioIo;
use serde_json::Value;
use tempfile::TempDir;
use tokio::net::TcpStream;

pub(crate) type Body = BoxBody<Bytes, std::io::Error>;

pub(crate) struct Site {
    pub(crate) gateway: Gateway,
    pub(crate) folder: TempDir,
    log: Receiver<LogLine>,
}

impl Site {
    pub(crate) fn new() -> Self {
        Self::with(|_| {})
    }

    pub(crate) fn cold() -> Self {
        Self::with(|options| options.cold = true)
    }

    pub(crate) fn with(change: impl FnOnce(&mut Options)) -> Self {
        let folder = tempfile::tempdir().unwrap();
        write_project(folder.path());
        let mut options = Options::new(folder.path(), examples());
        change(&mut options);
        Self::of(folder, options)
    }

    /// What lies in a folder, which is removed with the site.
    pub(crate) fn of(folder: TempDir, mut options: Options) -> Self {
        let (sender, log) = channel();
        let sender = Mutex::new(sender);
        // Lines may still come while the site is taken down.
        options.log = Arc::new(move |line| drop(sender.lock().unwrap().send(line.clone())));
        let gateway = Gateway::start(options).unwrap();
        Self {
            gateway,
            folder,
            log,
        }
    }

    pub(crate) async fn send(&self, request: Request<Body>) -> Response<Incoming> {
        self.try_send(request).await.unwrap()
    }

    pub(crate) async fn try_send(
        &self,
        request: Request<Body>,
    ) -> hyper::Result<Response<Incoming>> {
        let stream = TcpStream::connect(self.gateway.address()).await.unwrap();
        let (mut sender, connection) = http1::handshake(TokioIo::new(stream)).await.unwrap();
        tokio::spawn(connection);
        sender.send_request(request).await
    }

    pub(crate) async fn get(&self, path: &str) -> (StatusCode, Bytes) {
        let response = self.send(request(Method::GET, path, "")).await;
        let status = response.status();
        (status, response.collect().await.unwrap().to_bytes())
    }

    pub(crate) async fn json(&self, path: &str) -> (StatusCode, Value) {
        let (status, body) = self.get(path).await;
        (status, serde_json::from_slice(&body).unwrap())
    }

    /// Waits for the first line that satisfies.
    pub(crate) fn logged(&self, wanted: impl Fn(&LogLine) -> bool) -> LogLine {
        self.log.iter().find(wanted).unwrap()
    }
}

pub(crate) fn request(method: Method, path: &str, body: &'static str) -> Request<Body> {
    let body = Full::new(Bytes::from_static(body.as_bytes())).map_err(|never| match never {});
    Request::builder()
        .method(method)
        .uri(path)
        .header("host", "site.example")
        .body(body.boxed())
        .unwrap()
}

/// The functions of the project, each with its binary.
pub(crate) const FUNCTIONS: [(&str, &str); 5] = [
    ("chat", "sample"),
    ("health", "sample"),
    ("slow", "sample"),
    ("tasks", "sample"),
    ("unbuilt", "no-such-binary"),
];

pub(crate) fn write_project(folder: &Path) {
    let write = |name: &str, text: &str| {
        let path = folder.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    let mut manifest = String::new();
    for (name, binary) in FUNCTIONS {
        write(&format!("api/{name}.rs"), "");
        manifest += &format!("[[bin]]\nname = \"{binary}\"\npath = \"api/{name}.rs\"\n");
    }
    write("Cargo.toml", &manifest);
    write("vercel.json", include_str!("../golden/vercel.json"));
    write("dist/index.html", "<p>page</p>");
    write("dist/assets/app.js", "script");
}

/// Cargo builds the examples of a crate together with its tests.
pub(crate) fn examples() -> PathBuf {
    let test = std::env::current_exe().unwrap();
    let folder = test.ancestors().nth(2).unwrap().join("examples");
    assert!(
        folder.join("sample").exists(),
        "run `cargo build -p gateway --example sample` first"
    );
    folder
}
