//! What an owner can stop, and what a day may cost.

use axum::http::{Method, StatusCode};
use serde_json::{Value, json};
use testing::{ModelServer, NOW, Part, Person};

use crate::desk::{Answer, Desk, from_page, pass, request};

fn say(text: &str) -> Value {
    let content = json!([{"type": "input_text", "text": text}]);
    json!({"type": "threads.create", "params": {"input": {"content": content}}})
}

async fn chatkit(desk: &Desk, person: &Person, body: Value) -> Answer {
    desk.call(person, Method::POST, "/api/chatkit", Some(body))
        .await
}

fn up(name: &str) -> Value {
    let email = format!("{name}@example.com");
    json!({"name": name, "email": email, "password": "correct horse"})
}

async fn auth(desk: &Desk, place: &str, cookie: &str, body: Value) -> Answer {
    let uri = format!("/api/auth/{place}");
    desk.send(from_page(Method::POST, &uri, cookie, Some(body)))
        .await
}

/// Everything that is kept, but for sign-ins and counts.
async fn kept(desk: &Desk) -> Vec<String> {
    let client = desk.database.client().await;
    let tables = "select relname::text from pg_class
        where relnamespace = 'public'::regnamespace and relkind = 'r'
        and relname not in ('session', 'rate_limits', 'request_counts', 'sign_in_attempts',
            'switches', 'tallies', 'verification')
        order by 1";
    let mut all = Vec::new();
    for table in client.query(tables, &[]).await.unwrap() {
        let name: String = table.get(0);
        let rows = format!("select to_jsonb(t)::text from \"{name}\" t order by 1");
        let rows = client.query(&rows, &[]).await.unwrap();
        all.extend(
            rows.iter()
                .map(|row| format!("{name} {}", row.get::<_, String>(0))),
        );
    }
    all
}

async fn switch(desk: &Desk, on: bool) {
    let sql = match on {
        true => "insert into switches (name, set_at) values ('read_only', now())",
        false => "delete from switches",
    };
    desk.database
        .client()
        .await
        .batch_execute(sql)
        .await
        .unwrap();
}

/// FR-208: by any way; by the environment or by the switch in the database.
#[tokio::test]
async fn nothing_is_changed_by_any_way_while_nothing_may_be() {
    for by_environment in [true, false] {
        let off = [
            ("RATE_LIMIT_SIGN_IN", "off"),
            ("RATE_LIMIT_SIGN_UP", "off"),
            ("RATE_LIMIT_PASSWORD", "off"),
            ("MAIL", "terminal"),
        ];
        let mut desk = Desk::with(&off).await;
        let ann = desk.person("ann").await;
        let task = json!({"title": "Buy milk"});
        desk.call(&ann, Method::POST, "/api/tasks", Some(task))
            .await;
        let said = chatkit(&desk, &ann, say("Hello")).await;
        assert_eq!(said.status, StatusCode::OK, "{}", said.body);
        let bob = auth(&desk, "sign-up/email", "", up("bob")).await.cookie();
        let before = kept(&desk).await;
        if by_environment {
            desk.set(&[&off[..], &[("READ_ONLY", "on")]].concat());
        } else {
            switch(&desk, true).await;
        }

        let refused = |answer: &Answer, place: &str| {
            let status = StatusCode::SERVICE_UNAVAILABLE;
            assert_eq!(answer.status, status, "{place}: {}", answer.body);
            assert_eq!(answer.code(), "server.read_only", "{place}");
        };
        let model = json!({"model": "m", "base_url": "http://localhost:9/v1", "key": "k"});
        for (method, uri, body) in [
            (Method::POST, "/api/tasks", json!({"title": "Two"})),
            (Method::PATCH, "/api/tasks/1", json!({"title": "Two"})),
            (Method::DELETE, "/api/tasks/1", Value::Null),
            (Method::POST, "/api/tasks/undo", json!({})),
            (Method::POST, "/api/ann/tasks", json!({"title": "Two"})),
            (Method::PATCH, "/api/ann/tasks/1/complete", Value::Null),
            (Method::POST, "/api/chatkit", say("Add bread")),
            (Method::POST, "/api/chat", json!({"message": "Add bread"})),
            (Method::PUT, "/api/account/model", model),
            (
                Method::POST,
                "/api/auth/grants",
                json!({"name": "script", "scope": "tasks:read"}),
            ),
        ] {
            let body = Some(body).filter(|body| !body.is_null());
            refused(&desk.call(&ann, method, uri, body).await, uri);
        }
        let new = "correcter horse";
        for (place, body) in [
            ("sign-up/email", up("eve")),
            ("update-user", json!({"name": "Robert"})),
            ("change-email", json!({"newEmail": "robert@example.com"})),
            (
                "change-password",
                json!({"currentPassword": "correct horse", "newPassword": new}),
            ),
            ("delete-user", json!({"password": "correct horse"})),
            (
                "request-password-reset",
                json!({"email": "bob@example.com", "redirectTo": "/reset-password"}),
            ),
        ] {
            refused(&auth(&desk, place, &bob, body).await, place);
        }

        let list = desk.call(&ann, Method::GET, "/api/tasks", None).await;
        assert_eq!(list.json()["tasks"][0]["title"], "Buy milk");
        assert_eq!(list.header("x-read-only"), "on");
        for uri in [
            "/api/tasks/changes?since=0",
            "/api/tasks/overview",
            "/api/threads?query=hello",
            "/api/account/model",
            "/api/account/usage",
            "/api/account/export",
            "/api/auth/grants",
        ] {
            let token = ann.token(NOW);
            let read = request(Some(&token), Method::GET, uri, None);
            let read = desk.bytes(read).await;
            assert!(
                !String::from_utf8_lossy(&read).contains("read_only"),
                "{uri}"
            );
        }
        let threads = chatkit(&desk, &ann, json!({"type": "threads.list", "params": {}})).await;
        assert_eq!(threads.json()["data"].as_array().unwrap().len(), 1);
        let sign_in = json!({"email": "bob@example.com", "password": "correct horse"});
        let signed_in = auth(&desk, "sign-in/email", "", sign_in).await;
        assert_eq!(signed_in.status, StatusCode::OK);
        for (place, cookie) in [
            ("revoke-other-sessions", &bob),
            ("sign-out", &signed_in.cookie()),
        ] {
            let answer = auth(&desk, place, cookie, json!({})).await;
            assert_eq!(answer.status, StatusCode::OK, "{place}: {}", answer.body);
        }
        assert_eq!(kept(&desk).await, before);

        desk.set(&off);
        switch(&desk, false).await;
        let added = json!({"title": "Two"});
        let added = desk
            .call(&ann, Method::POST, "/api/tasks", Some(added))
            .await;
        assert_eq!(added.status, StatusCode::CREATED);
        assert_eq!(added.header("x-read-only"), "");
    }
}

/// FR-206: with its own code, and when to come back; what it took is shown.
#[tokio::test]
async fn a_spent_budget_is_told_with_the_time_of_the_next() {
    let answer = vec![Part::Text("Yes."), Part::Usage(4_000, 200), Part::End];
    let model = ModelServer::start(vec![answer; 3]).await;
    let desk = Desk::with(&[
        ("OPENAI_BASE_URL", &model.base_url),
        ("OPENAI_MODEL", "scripted"),
        ("MODEL_PRICES", "scripted=1000/10000"),
        ("DAILY_BUDGET_PER_USER", "22"),
    ])
    .await;
    let ann = desk.person("ann").await;
    // A title of the model's own is asked for beside the answer.
    assert_eq!(
        chatkit(&desk, &ann, say("Hello")).await.status,
        StatusCode::OK
    );
    pass(600);

    let refused = chatkit(&desk, &ann, say("Hello again")).await;

    assert_eq!(refused.status, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(refused.code(), "budget.spent");
    assert_eq!(
        refused.header("retry-after"),
        (11 * 3600 + 50 * 60).to_string()
    );
    let builtin = chatkit(&desk, &ann, say("Built-in: add milk")).await;
    assert_eq!(builtin.status, StatusCode::OK);
    let usage = desk
        .call(&ann, Method::GET, "/api/account/usage", None)
        .await;
    let usage = usage.json();
    assert_eq!(usage["budget"], 22_000_000);
    assert!(
        usage["spent_today"].as_i64().unwrap() >= 6_000_000,
        "{usage}"
    );
    assert_eq!(usage["resets_at"], "2026-11-24T00:00:00.000Z");
    assert_eq!(usage["days"][0]["model"], "scripted");
    let bob = desk.person("bob").await;
    let of_bob = desk
        .call(&bob, Method::GET, "/api/account/usage", None)
        .await;
    assert_eq!(of_bob.json()["days"], json!([]));
}

/// FR-207: by the environment; also nothing that people have brought, and no ear.
#[tokio::test]
async fn a_deployment_without_calls_of_models_asks_none() {
    let model = ModelServer::start(Vec::new()).await;
    let desk = Desk::with(&[
        ("OPENAI_BASE_URL", &model.base_url),
        ("OPENAI_MODEL", "scripted"),
        ("OPENAI_TRANSCRIPTION_MODEL", "whisper"),
        ("MODEL_CALLS", "off"),
    ])
    .await;
    let ann = desk.person("ann").await;

    let said = chatkit(&desk, &ann, say("Add milk")).await;
    let settings = desk
        .call(&ann, Method::GET, "/api/account/model", None)
        .await;
    let ready = request(None, Method::GET, "/api/ready", None);
    let ready = desk.send(ready).await;

    assert!(said.body.contains("Added “Milk”."), "{}", said.body);
    assert_eq!(settings.json()["enabled"], false);
    assert_eq!(settings.json()["builtin"], true);
    assert_eq!(ready.json()["model"], "switched off");
    let heard = json!({
        "type": "input.transcribe",
        "params": {"audio_base64": "AAAA", "mime_type": "audio/webm"},
    });
    let heard = chatkit(&desk, &ann, heard).await;
    assert_eq!(heard.code(), "transcription.off");
}
