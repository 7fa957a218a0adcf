//! What an owner sees of a deployment, and may stop.

use axum::http::{Method, StatusCode};
use serde_json::{Value, json};
use testing::Person;

use crate::desk::{Desk, request};

const OWNED: [(&str, &str); 2] = [
    ("OWNER_IDS", "someone-else, ann"),
    ("RATE_LIMIT_REQUESTS", "off"),
];

async fn status(desk: &Desk, owner: &Person) -> Value {
    let answer = desk.call(owner, Method::GET, "/api/status", None).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    answer.json()
}

/// What was counted is written behind the answers: asks until it is there.
async fn until(desk: &Desk, owner: &Person, is_there: impl Fn(&Value) -> bool) -> Value {
    loop {
        let status = status(desk, owner).await;
        if is_there(&status) {
            return status;
        }
    }
}

fn refusals(status: &Value, code: &str) -> i64 {
    let all = status["refusals"].as_array().unwrap().iter();
    let found = all.filter(|entry| entry["code"] == code);
    found.map(|entry| entry["count"].as_i64().unwrap()).sum()
}

/// FR-203, FR-018: and a flood of them is a few rows and hardly a round trip.
#[tokio::test]
async fn refusals_are_counted_by_route_and_code() {
    let desk = Desk::with(&OWNED).await;
    let ann = desk.person("ann").await;
    let bob = desk.person("bob").await;
    for number in 0..500 {
        let token = format!("forged.{number}.token");
        let refused = desk
            .send(request(Some(&token), Method::GET, "/api/tasks", None))
            .await;
        assert_eq!(refused.status, StatusCode::UNAUTHORIZED);
    }
    desk.call(&bob, Method::GET, "/api/tasks/7", None).await;
    desk.send(request(None, Method::GET, "/api/nothing/at/all", None))
        .await;

    let status = until(&desk, &ann, |status| {
        refusals(status, "route.unknown") == 1 && refusals(status, "task.not_found") == 1
    })
    .await;

    let forged = status["refusals"][0].clone();
    assert_eq!(forged["route"], "GET /api/tasks");
    assert_eq!(forged["count"], 500);
    assert!(status["requests"]["count"].as_i64().unwrap() >= 502);
    assert_eq!(status["requests"]["refused"], 502);
    assert!(status["requests"]["p99"].as_u64().unwrap() >= 1);
    let all = status.to_string();
    assert!(all.contains("GET /api/tasks/{id}"), "{all}");
    assert!(
        !all.contains("nothing/at/all") && !all.contains("bob"),
        "{all}"
    );
    let client = desk.database.client().await;
    let rows = "select count(*) from tallies where code = $1";
    let forged = forged["code"].as_str().unwrap();
    let rows = client.query_one(rows, &[&forged]).await.unwrap();
    assert_eq!(rows.get::<_, i64>(0), 1);
}

/// FR-204.
#[tokio::test]
async fn turns_are_counted_with_how_long_they_took() {
    let desk = Desk::with(&OWNED).await;
    let ann = desk.person("ann").await;
    let said = json!({
        "type": "threads.create",
        "params": {"input": {"content": [{"type": "input_text", "text": "Add milk"}]}},
    });
    desk.call(&ann, Method::POST, "/api/chatkit", Some(said))
        .await;

    let none = |status: &Value| status["turns"].as_array().unwrap().is_empty();
    let status = until(&desk, &ann, |status| !none(status)).await;

    let turns = &status["turns"][0];
    assert_eq!(turns["model"], "offline-rules-1");
    assert_eq!(turns["numbers"]["count"], 1);
    assert_eq!(turns["numbers"]["refused"], 0);
    assert_eq!(turns["first_word"]["count"], 1);
    assert_eq!(status["spending"]["today"], 0);
}

/// FR-204: what models took, by person, for the owner's eye alone.
#[tokio::test]
async fn an_owner_sees_what_was_spent_and_by_whom() {
    let desk = Desk::with(&[OWNED[0], ("DAILY_BUDGET", "5")]).await;
    let ann = desk.person("ann").await;
    desk.person("bob").await;
    let rows = "insert into model_usage
            (user_id, day, model, asked, input_tokens, output_tokens, cost)
        values ('bob', '2026-11-23', 'm', 3, 1000, 100, 700), ('ann', '2026-11-23', 'm', 1, 10, 1, 7),
            ('ann', '2026-11-20', 'm', 9, 9, 9, 9);
        insert into spending (day, part, cost) values ('2026-11-23', 0, 700), ('2026-11-23', 1, 7)";
    desk.database
        .client()
        .await
        .batch_execute(rows)
        .await
        .unwrap();

    let spending = status(&desk, &ann).await["spending"].clone();

    assert_eq!(spending["today"], 707);
    assert_eq!(spending["budget"], 5_000_000);
    let bob = json!({
        "name": "bob", "asked": 3, "input_tokens": 1000, "output_tokens": 100, "cost": 700,
    });
    assert_eq!(spending["people"][0], bob);
    assert_eq!(spending["people"][1]["cost"], 7);
    assert_eq!(spending["models"][0]["cost"], 707);
}

/// FR-204: by id and nothing else; an address of the owner's, not shown to be theirs, is none.
#[tokio::test]
async fn nobody_but_the_owner_sees_the_status_or_stops_anything() {
    for owners in ["", "someone-else", "ann@example.com"] {
        let desk = Desk::with(&[("OWNER_IDS", owners)]).await;
        let ann = desk.person("ann").await;
        let off = json!({"models_off": true, "read_only": true});

        let seen = desk.call(&ann, Method::GET, "/api/status", None).await;
        let stopped = desk
            .call(&ann, Method::PUT, "/api/status/switches", Some(off))
            .await;

        for answer in [seen, stopped] {
            assert_eq!(answer.status, StatusCode::FORBIDDEN);
            assert_eq!(answer.code(), "owner.only");
        }
        let client = desk.database.client().await;
        let on = client.query("select from switches", &[]).await.unwrap();
        assert!(on.is_empty());
    }
    let desk = Desk::with(&OWNED).await;
    let ann = desk.person("ann").await;
    let client = desk.database.client().await;
    client.batch_execute("delete from session").await.unwrap();
    let ended = desk.call(&ann, Method::GET, "/api/status", None).await;
    assert_eq!(ended.code(), "session.ended");
}

/// FR-207, FR-208: from the page, and also back.
#[tokio::test]
async fn the_owner_stops_everything_and_lets_it_go_on() {
    let desk = Desk::with(&OWNED).await;
    let (ann, bob) = (desk.person("ann").await, desk.person("bob").await);
    let set = async |models_off: bool, read_only: bool| {
        let body = json!({"models_off": models_off, "read_only": read_only});
        let uri = "/api/status/switches";
        let answer = desk.call(&ann, Method::PUT, uri, Some(body.clone())).await;
        assert_eq!(answer.json(), body, "{}", answer.body);
        assert_eq!(status(&desk, &ann).await["switches"], body);
    };
    let add = async || {
        let task = json!({"title": "Buy milk"});
        let added = desk
            .call(&bob, Method::POST, "/api/tasks", Some(task))
            .await;
        added.status.as_u16()
    };

    set(true, true).await;
    assert_eq!(add().await, 503);
    let ready = request(None, Method::GET, "/api/ready", None);
    let ready = desk.send(ready).await.json();
    assert_eq!(
        (&ready["model"], &ready["read_only"]),
        (&json!("switched off"), &json!(true))
    );
    set(true, false).await;
    assert_eq!(add().await, 201);
    set(false, true).await;
    assert_eq!(add().await, 503);
    set(false, false).await;
    assert_eq!(add().await, 201);
}
