//! The check against a server that is not ours: an app of this family with the faults that such
//! apps have, and the same app mended.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::net::TcpListener;
use std::process::{Child, Command, Stdio};

use authcheck::{Given, Report, Site};

/// A Python that has `fastapi`; `cargo xtask test` makes one.
const PYTHON: &str = "LATCHWORK_TEST_PYTHON";

struct Sample {
    process: Child,
    site: Site,
}

impl Drop for Sample {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// `None` where there is no Python; `cargo xtask test` says so, and refuses that in continuous
/// integration.
fn python() -> Option<String> {
    #[expect(
        clippy::disallowed_methods,
        reason = "tests are told of their tools by the environment"
    )]
    std::env::var(PYTHON)
        .ok()
        .filter(|python| !python.is_empty())
}

async fn report(faults: &str) -> Option<Report> {
    let python = python()?;
    let port = TcpListener::bind("127.0.0.1:0")
        .and_then(|listener| listener.local_addr())
        .unwrap()
        .port();
    let process = Command::new(python)
        .args(["-m", "uvicorn", "app:app", "--log-level", "critical"])
        .args(["--port", &port.to_string()])
        .current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/sample"))
        .env("FAULTS", faults)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let site = Site::new(&format!("http://127.0.0.1:{port}")).unwrap();
    let mut sample = Sample { process, site };
    while !sample.site.is_reachable().await {
        assert!(sample.process.try_wait().unwrap().is_none(), "it ended");
        tokio::task::yield_now().await;
    }
    Some(
        authcheck::run(&sample.site, &Given::default())
            .await
            .unwrap(),
    )
}

/// FR-184, SC-002, SC-006.
#[tokio::test]
async fn every_classic_fault_is_found() {
    let Some(report) = report("1").await else {
        return;
    };
    let mut failed: Vec<_> = report.failed().collect();
    failed.sort_unstable();

    let all_but_the_limit_that_it_lacks = [
        "answer.crash",
        "answer.html",
        "answer.innards",
        "answer.refusal",
        "browser.cookie",
        "browser.cors",
        "browser.forged_request",
        "browser.preflight",
        "people.minted",
        "people.named_by_request",
        "people.path",
        "people.sample_data",
        "people.task",
        "session.cached",
        "session.deleted",
        "session.ended",
        "session.enumerated",
        "session.guessed",
        "session.race",
        "token.claims",
        "token.in_address",
        "token.key_confusion",
        "token.lifetime",
        "token.missing",
        "token.own_key",
        "token.published_secret",
        "token.relabelled",
        "token.unsigned",
        "token.worthless",
    ];
    assert_eq!(failed, all_but_the_limit_that_it_lacks, "{report}");
}

/// FR-184.
#[tokio::test]
async fn the_mended_app_is_clean() {
    let Some(report) = report("").await else {
        return;
    };

    assert!(report.is_clean(), "{report}");
}
