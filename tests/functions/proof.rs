//! The two commands that prove a deployment, on one of this machine.

use authcheck::Given;
use testing::{Database, Pooler};

use crate::site::Site;

/// What was proven of a deployment by using it; all of it has to hold.
pub(crate) async fn proven(url: &str) -> Vec<String> {
    let site = authcheck::Site::new(url).unwrap();
    let mut steps = Vec::new();
    let is_well = smoke::run(&site, |step| {
        steps.push(format!("{}: {:?}", step.claim, step.outcome));
    })
    .await;
    assert!(is_well, "{steps:#?}");
    steps
}

/// FR-183, SC-007.
#[tokio::test]
async fn a_deployment_that_works_is_proven_by_use() {
    let database = Database::new().await;
    let deployment = Site::start(&database.url, false);

    let steps = proven(&deployment.url).await;

    assert_eq!(steps.len(), 12, "{steps:#?}");
    assert_eq!(database.people().await, 0, "somebody stayed behind");
}

/// Three connections for everybody, each of which serves whoever comes next.
#[tokio::test]
async fn a_deployment_works_behind_a_pooler_of_transactions() {
    let database = Database::new().await;
    // Where there is none, the set-up has said so.
    let Some(pooler) = Pooler::start(&database.url, 3) else {
        return;
    };
    let deployment = Site::start(&pooler.url(), false);

    proven(&deployment.url).await;

    let servers = pooler.pool().await.servers;
    assert!((1..=3).contains(&servers), "{servers} connections");
}

/// FR-183.
#[tokio::test]
async fn a_deployment_without_a_database_is_not() {
    let nowhere = format!("postgres://nobody@127.0.0.1:{}/none", testing::free_port());
    let deployment = Site::start(&nowhere, false);
    let site = authcheck::Site::new(&deployment.url).unwrap();
    let mut faults = Vec::new();

    let is_well = smoke::run(&site, |step| {
        faults.extend(step.outcome.as_ref().err().map(|fault| fault.0.clone()));
    })
    .await;

    assert!(!is_well);
    assert_eq!(faults.len(), 1);
    assert!(faults[0].contains("503"), "{faults:?}");
}

/// SC-002, SC-006: the known failures of such apps, tried on ours.
#[tokio::test]
async fn no_known_auth_failure_is_found_here() {
    let database = Database::new().await;
    let deployment = Site::start(&database.url, false);
    let site = authcheck::Site::new(&deployment.url).unwrap();

    let report = authcheck::run(&site, &Given::default()).await.unwrap();

    assert!(report.is_clean(), "{report}");
    assert_eq!(database.people().await, 0, "somebody stayed behind");
}
