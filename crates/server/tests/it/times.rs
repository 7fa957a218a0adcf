//! FR-211: everything is over before the platform ends the process.

use std::time::Duration;

use axum::http::{HeaderValue, Method, StatusCode};
use serde_json::{Value, json};
use server::Times;
use testing::NOW;

use crate::desk::{Desk, request};

/// Where a handler is given up long before the database gives up its statement.
const BRIEF: Times = Times {
    work: Duration::from_millis(100),
    letting_go: Duration::from_millis(200),
    answer: Duration::from_millis(300),
    end: Duration::from_millis(400),
};

#[tokio::test]
async fn a_handler_that_hangs_is_given_up_with_a_code() {
    let mut desk = Desk::new().await;
    let ann = desk.person("ann").await;
    let add = || {
        let milk = Some(json!({"title": "Milk"}));
        let mut add = request(Some(&ann.token(NOW)), Method::POST, "/api/tasks", milk);
        let key = HeaderValue::from_static("the same every time");
        add.headers_mut().insert("idempotency-key", key);
        add
    };
    let mut other = desk.database.client().await;
    let held = other.transaction().await.unwrap();
    held.batch_execute("lock table tasks in access exclusive mode")
        .await
        .unwrap();
    desk.within(BRIEF);

    // More than there are connections: none that is given up goes back to the pool.
    for _ in 0..4 {
        let late = desk.send(add()).await;

        assert_eq!(late.status, StatusCode::SERVICE_UNAVAILABLE);
        assert_eq!(late.code(), "server.timeout");
        assert_eq!(late.header("content-type"), "application/problem+json");
        assert_eq!(late.header("retry-after"), "2");
        assert!(!late.header("x-request-id").is_empty());
    }

    held.commit().await.unwrap();
    desk.set(&[]);
    assert_eq!(desk.send(add()).await.status, StatusCode::CREATED);
    let list = desk.call(&ann, Method::GET, "/api/tasks", None).await;
    let tasks: Vec<Value> = serde_json::from_value(list.json()["tasks"].clone()).unwrap();
    // Whatever became of those that were given up, it is done once.
    assert_eq!(tasks.len(), 1);
}
