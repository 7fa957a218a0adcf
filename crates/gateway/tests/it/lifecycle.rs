//! When processes start, and how they end.

use std::os::unix::process::CommandExt;
use std::process::{Command, Stdio};

use gateway::Level;
use serde_json::json;

use crate::site::Site;

/// Whether a process with this number runs; a dead one that was not reaped does not.
fn is_running(pid: u32) -> bool {
    let state = std::fs::read_to_string(format!("/proc/{pid}/stat"));
    state.is_ok_and(|state| !state.contains(") Z "))
}

#[tokio::test]
async fn a_function_starts_at_its_first_request_and_stays() {
    let site = Site::new();

    let before = site.gateway.starts();
    let (_, first) = site.json("/api/tasks?do=count").await;
    let (_, second) = site.json("/api/tasks?do=count").await;
    let (_, other) = site.json("/api/chat?do=count").await;

    assert_eq!(before, 0);
    assert_eq!((first, second, other), (json!(1), json!(2), json!(1)));
    assert_eq!(site.gateway.starts(), 2);
}

#[tokio::test]
async fn requests_at_once_share_one_start() {
    let site = Site::new();

    let path = "/api/tasks?do=count";
    let answers = tokio::join!(site.json(path), site.json(path), site.json(path));

    let mut counts = [answers.0.1, answers.1.1, answers.2.1];
    counts.sort_by_key(|count| count.as_u64());
    assert_eq!(counts, [json!(1), json!(2), json!(3)]);
    assert_eq!(site.gateway.starts(), 1);
}

#[tokio::test]
async fn cold_every_request_meets_a_new_process() {
    let site = Site::cold();

    for _ in 0..3 {
        let (_, count) = site.json("/api/tasks?do=count").await;
        assert_eq!(count, json!(1));
    }

    assert_eq!(site.gateway.starts(), 3);
}

#[tokio::test]
async fn killed_processes_are_gone_and_the_next_request_starts_anew() {
    let site = Site::new();
    site.json("/api/tasks?do=count").await;
    site.json("/api/chat?do=count").await;
    let pids = site.gateway.pids();

    site.gateway.kill_all();
    let left = site.gateway.pids();
    let (_, count) = site.json("/api/tasks?do=count").await;

    assert_eq!(pids.len(), 2);
    assert!(pids.iter().all(|pid| !is_running(*pid)));
    assert!(left.is_empty());
    assert_eq!(count, json!(1));
}

#[tokio::test]
async fn nothing_outlives_the_gateway() {
    let site = Site::new();
    site.json("/api/tasks?do=count").await;
    let pids = site.gateway.pids();

    drop(site);

    assert_eq!(pids.len(), 1);
    assert!(!is_running(pids[0]));
}

/// Runs this test program again as the owner of a gateway, to be killed without a word.
#[test]
fn nothing_outlives_a_gateway_that_is_killed() {
    // The folder of its sockets is left behind.
    let scrap = tempfile::tempdir().unwrap();
    let mut owner = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "lifecycle::owner_of_a_gateway", "--nocapture"])
        .env("OWN_A_GATEWAY", "1")
        .env("TMPDIR", scrap.path())
        .stdout(Stdio::piped())
        .process_group(0)
        .spawn()
        .unwrap();
    let output = std::io::BufReader::new(owner.stdout.take().unwrap());
    let pid: u32 = std::io::BufRead::lines(output)
        .map_while(Result::ok)
        .find_map(|line| line.split("function ").nth(1)?.trim().parse().ok())
        .unwrap();
    let mut end = Command::new("tail")
        .args(["--follow", "/dev/null", &format!("--pid={pid}")])
        .spawn()
        .unwrap();

    let running = is_running(pid);
    owner.kill().unwrap();
    owner.wait().unwrap();

    assert!(running);
    // Returns when the function has ended.
    end.wait().unwrap();
}

#[tokio::test]
async fn owner_of_a_gateway() {
    // Only ever by the test above.
    if std::env::var_os("OWN_A_GATEWAY").is_none() {
        return;
    }
    let site = Site::new();
    site.json("/api/tasks?do=count").await;
    let pid = site.gateway.pids()[0];
    #[expect(clippy::print_stdout, reason = "it tells the test that started it")]
    {
        println!("function {pid}");
    }
    std::future::pending::<()>().await;
}

#[tokio::test]
async fn what_a_function_says_is_logged_line_by_line() {
    let site = Site::new();

    site.json("/api/tasks?do=say").await;

    let first = site.logged(|line| line.level == Level::Warn);
    assert_eq!((&*first.function, &*first.text), ("tasks", "first"));
    site.logged(|line| line.text == "second");
}

#[tokio::test]
async fn output_that_went_round_the_runtime_is_logged_too() {
    let site = Site::new();

    site.json("/api/tasks?do=say").await;

    site.logged(|line| line.level == Level::Output && line.text == "to the output");
}
