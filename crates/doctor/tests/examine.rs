//! Environments as people bring them, with what is said of each.

use doctor::{Finding, State, Variables, examine, is_sound};
use protocol::Timestamp;
use testing::{Database, RawServer, free_port, now, reply};

const SECRET: &str = "tI9f3kQ0vB7mZx2LwR8sYc5HdN1pJ6aE";

/// What is given, before the rest of a sound environment.
fn with<'a>(given: &[(&'a str, &'a str)]) -> Variables {
    let sound = [
        ("BETTER_AUTH_SECRET", SECRET),
        ("BETTER_AUTH_URL", "http://localhost:1"),
        ("CRON_SECRET", "a secret for the clock"),
    ];
    sound.iter().chain(given).copied().collect()
}

fn an_hour_ago() -> Timestamp {
    now().plus_seconds(-3600)
}

fn texts(findings: &[Finding], state: State) -> String {
    let those = findings.iter().filter(|finding| finding.state == state);
    those
        .map(ToString::to_string)
        .collect::<Vec<_>>()
        .join("\n")
}

/// One fault, which says that.
#[track_caller]
fn assert_fault(findings: &[Finding], words: &str) {
    let faults = texts(findings, State::Fault);
    assert!(faults.contains(words), "{faults:?} does not say {words:?}");
    assert!(!is_sound(findings));
    for finding in findings {
        let is_mendable = finding.state != State::Fault || finding.mend.is_some();
        assert!(is_mendable, "{finding}");
    }
}

/// FR-182.
#[tokio::test]
async fn a_sound_environment_is_called_so() {
    let database = Database::new().await;

    let findings = examine(&with(&[("DATABASE_URL", &database.url)]), now).await;

    assert!(is_sound(&findings), "{}", texts(&findings, State::Fault));
    let well = texts(&findings, State::Well);
    for words in [
        "Every variable can be read",
        "answers in",
        "The schema is the one of this build",
        "row-level security holds",
        "clock and this one agree",
        "No pooler",
    ] {
        assert!(well.contains(words), "{well}");
    }
    let remarks = texts(&findings, State::Remark);
    assert!(
        remarks.contains("The built-in assistant answers"),
        "{remarks}"
    );
    assert!(remarks.contains("Nobody sends letters"), "{remarks}");
}

/// FR-182.
#[tokio::test]
async fn all_faults_of_variables_are_told_at_once_and_no_value() {
    let variables: Variables = [
        ("DATABASE_URL", "mysql://hunter2@nowhere"),
        ("BETTER_AUTH_SECRET", "hunter2"),
        ("RATE_LIMIT_REQUEST", "hunter2"),
        ("DATABSE_URL", "hunter2"),
        ("SESSION_COLOUR", "hunter2"),
        ("DATABASE_URL_UNPOOLED", "hunter2"),
        ("HOME", "hunter2"),
        ("CRON_SECRET", "hunter2"),
    ]
    .into_iter()
    .collect();

    let findings = examine(&variables, now).await;

    assert_fault(
        &findings,
        "BETTER_AUTH_SECRET is shorter than 32 characters",
    );
    assert_fault(&findings, "DATABASE_URL is not a postgres:// URL");
    assert_fault(&findings, "BETTER_AUTH_URL is not set");
    assert_fault(&findings, "CRON_SECRET is the same as BETTER_AUTH_SECRET");
    let remarks = texts(&findings, State::Remark);
    for words in [
        "Perhaps RATE_LIMIT_REQUESTS was meant",
        "Perhaps DATABASE_URL was meant",
        "SESSION_COLOUR is set, and nothing reads it",
    ] {
        assert!(remarks.contains(words), "{remarks}");
    }
    assert_eq!(remarks.matches("nothing reads it").count(), 3, "{remarks}");
    let all: String = findings.iter().map(ToString::to_string).collect();
    assert!(!all.contains("hunter2"), "{all}");
}

/// FR-182.
#[tokio::test]
async fn a_database_that_cannot_be_used_is_told_from_others() {
    let database = Database::new().await;
    let nobody = format!("postgres://u:hunter2@127.0.0.1:{}/x", free_port());
    let (address, query) = database.url.split_once('?').unwrap();
    let (server, _) = address.rsplit_once('/').unwrap();
    let missing = format!("{server}/nowhere?{query}");
    for (url, words) in [
        (nobody.as_str(), "at which nothing listens"),
        (&missing, "a database that the server does not have"),
        (
            "postgres://u:hunter2@database.invalid/x?sslmode=disable",
            "whose name is not known",
        ),
    ] {
        let findings = examine(&with(&[("DATABASE_URL", url)]), now).await;

        assert_fault(&findings, words);
        assert!(!texts(&findings, State::Fault).contains("hunter2"));
    }
}

/// FR-182.
#[tokio::test]
async fn what_a_database_lacks_is_told() {
    let database = Database::new().await;
    let client = database.client().await;
    client
        .batch_execute("drop table latchwork_migrations")
        .await
        .unwrap();

    let findings = examine(&with(&[("DATABASE_URL", &database.owner_url)]), an_hour_ago).await;

    assert_fault(&findings, "Migrations are waiting");
    assert_fault(&findings, "clock is 3600 s ahead of");
    let remarks = texts(&findings, State::Remark);
    assert!(
        remarks.contains("DATABASE_URL names the owner"),
        "{remarks}"
    );
}

/// FR-182.
#[tokio::test]
async fn the_models_server_is_asked() {
    let database = Database::new().await;
    let list = r#"{"data":[{"id":"small"}]}"#;
    for (status, body, state, words) in [
        (200, list, State::Well, "takes the key and has the model"),
        (
            200,
            r#"{"data":[]}"#,
            State::Remark,
            "does not list OPENAI_MODEL",
        ),
        (401, "{}", State::Fault, "refuses OPENAI_API_KEY"),
        (404, "<html>", State::Remark, "with status 404"),
    ] {
        let server = RawServer::start(vec![reply(status, &[], body)]).await;
        let findings = examine(
            &with(&[
                ("DATABASE_URL", &database.url),
                ("OPENAI_BASE_URL", &server.base_url),
                ("OPENAI_API_KEY", "hunter2"),
                ("OPENAI_MODEL", "small"),
            ]),
            now,
        )
        .await;

        let said = texts(&findings, state);
        assert!(said.contains(words), "{said}");
        assert!(!said.contains("hunter2"));
    }
}

/// FR-182.
#[tokio::test]
async fn the_address_must_be_ours() {
    let database = Database::new().await;
    for (body, state, words) in [
        (r#"{"status":"ok"}"#, State::Well, "Latchwork answers"),
        (
            "<html>Log in to the platform</html>",
            State::Fault,
            "is not Latchwork",
        ),
    ] {
        let server = RawServer::start(vec![reply(200, &[], body)]).await;
        let origin = server.base_url.trim_end_matches("/v1");
        let url = ("DATABASE_URL", database.url.as_str());

        let findings = examine(&with(&[url, ("BETTER_AUTH_URL", origin)]), now).await;

        let said = texts(&findings, state);
        assert!(said.contains(words), "{said}");
    }
}
