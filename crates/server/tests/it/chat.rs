//! `/api/chatkit`, `/api/runs…`, `/api/chat`: streams over HTTP, with the built-in assistant.

use axum::body::Body;
use axum::http::{Method, StatusCode};
use serde_json::{Value, json};
use testing::{NOW, ORIGIN, Person};

use crate::desk::{Answer, Desk, request};

fn create(text: &str) -> Value {
    json!({
        "type": "threads.create",
        "params": {"input": {"content": [{"type": "input_text", "text": text}]}},
    })
}

async fn chatkit(desk: &Desk, person: &Person, body: Value) -> Answer {
    desk.call(person, Method::POST, "/api/chatkit", Some(body))
        .await
}

fn events(answer: &Answer) -> Vec<Value> {
    let frames = answer.body.split("\n\n").filter(|frame| !frame.is_empty());
    frames
        .map(|frame| serde_json::from_str(frame.strip_prefix("data: ").unwrap()).unwrap())
        .collect()
}

#[tokio::test]
async fn a_task_is_added_by_chat() {
    let desk = Desk::new().await;
    let ann = desk.person("ann").await;

    let said = chatkit(&desk, &ann, create("Add a task to buy groceries")).await;

    assert_eq!(said.status, StatusCode::OK);
    assert_eq!(
        said.header("content-type"),
        "text/event-stream; charset=utf-8"
    );
    assert!(said.header("x-run-id").starts_with("run_"));
    let events = events(&said);
    let effect = events
        .iter()
        .find(|event| event["type"] == "client_effect")
        .unwrap();
    let title = effect["data"]["changes"][0]["after"]["title"].clone();
    let list = desk.call(&ann, Method::GET, "/api/tasks", None).await;
    assert_eq!(list.json()["tasks"][0]["title"], title);
}

#[tokio::test]
async fn a_stream_can_be_read_again_from_any_event() {
    let desk = Desk::new().await;
    let ann = desk.person("ann").await;
    let said = chatkit(&desk, &ann, create("Hello")).await;
    let run = said.header("x-run-id").to_owned();
    let all = events(&said);

    let uri = format!("/api/runs/{run}/events");
    let again = desk.call(&ann, Method::GET, &uri, None).await;
    let mut rest = request(Some(&ann.token(NOW)), Method::GET, &uri, None);
    let last = rest.headers_mut();
    last.insert("last-event-id", "2".parse().unwrap());
    let rest = desk.send(rest).await;

    let numbered = |from: usize| {
        all.iter().enumerate().skip(from).map(|(place, event)| {
            let (seq, body) = (place + 1, event.to_string());
            (seq, body)
        })
    };
    let frames = |answer: &Answer| {
        let frames = answer.body.split("\n\n").filter(|frame| !frame.is_empty());
        frames
            .map(|frame| {
                let (id, data) = frame.split_once('\n').unwrap();
                let seq: usize = id.strip_prefix("id: ").unwrap().parse().unwrap();
                let data = data.strip_prefix("data: ").unwrap();
                let event: Value = serde_json::from_str(data).unwrap();
                (seq, event.to_string())
            })
            .collect::<Vec<_>>()
    };
    assert_eq!(frames(&again), numbered(0).collect::<Vec<_>>());
    assert_eq!(frames(&rest), numbered(2).collect::<Vec<_>>());
    let thread = all[0]["thread"]["id"].as_str().unwrap();
    let uri = format!("/api/runs?thread_id={thread}");
    let runs = desk.call(&ann, Method::GET, &uri, None).await.json();
    assert_eq!(runs["runs"][0]["status"], "done");
    assert_eq!(runs["runs"][0]["last_event"], all.len());
}

#[tokio::test]
async fn refusals_come_as_json_before_the_stream() {
    let desk = Desk::new().await;
    let ann = desk.person("ann").await;
    let unknown = json!({
        "type": "threads.add_user_message",
        "params": {
            "thread_id": "thr_x",
            "input": {"content": [{"type": "input_text", "text": "Hi"}]},
        },
    });
    for (body, status, code) in [
        (create(""), 422, "message.empty"),
        (create(&"a".repeat(100_000)), 422, "message.too_long"),
        (unknown, 404, "thread.not_found"),
        (json!({"type": "threads.create"}), 422, "request.invalid"),
        (
            json!({"type": "threads.explode", "params": {}}),
            422,
            "request.invalid",
        ),
        (create("a\u{0}b"), 400, "request.malformed"),
    ] {
        let refused = chatkit(&desk, &ann, body).await;

        assert_eq!(refused.status.as_u16(), status, "{code}");
        assert_eq!(refused.code(), code);
    }
}

#[tokio::test]
async fn two_sends_with_one_key_are_one_turn() {
    let desk = Desk::new().await;
    let ann = desk.person("ann").await;
    let send = async || {
        let body = Some(create("Add a task to buy groceries"));
        let mut request = request(Some(&ann.token(NOW)), Method::POST, "/api/chatkit", body);
        let headers = request.headers_mut();
        headers.insert("idempotency-key", "k1".parse().unwrap());
        desk.send(request).await
    };

    let (first, second) = tokio::join!(send(), send());

    assert_eq!(first.header("x-run-id"), second.header("x-run-id"));
    assert_eq!(first.body, second.body);
    let list = desk.call(&ann, Method::GET, "/api/tasks", None).await;
    assert_eq!(list.json()["tasks"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn the_simple_form_answers_with_one_object() {
    let desk = Desk::new().await;
    let ann = desk.person("ann").await;
    let ask =
        async |uri: &str, body: Value| desk.call(&ann, Method::POST, uri, Some(body)).await.json();

    let first = ask(
        "/api/ann/chat",
        json!({"message": "Add a task to buy milk"}),
    )
    .await;
    assert!(first["response"].as_str().unwrap().contains("milk"));
    assert_eq!(first["tool_calls"][0]["tool"], "add_tasks");

    let next = json!({"message": "Hello", "conversation_id": first["conversation_id"]});
    let second = ask("/api/chat", next).await;
    assert_eq!(second["conversation_id"], first["conversation_id"]);
    assert_eq!(second["tool_calls"], json!([]));
}

#[tokio::test]
async fn files_are_announced_uploaded_and_read() {
    let desk = Desk::new().await;
    let (ann, bob) = (desk.person("ann").await, desk.person("bob").await);
    let announce = json!({
        "type": "attachments.create",
        "params": {"name": "Einkauf ü.csv", "size": 9, "mime_type": "text/csv"},
    });
    let file = chatkit(&desk, &ann, announce).await.json();
    let url = file["upload_descriptor"]["url"].as_str().unwrap();
    let path = url.strip_prefix(ORIGIN).unwrap();
    let put = |person: &Person, content: &'static str| {
        let mut put = request(Some(&person.token(NOW)), Method::PUT, path, None);
        *put.body_mut() = Body::from(content);
        put
    };

    let foreign = desk.send(put(&bob, "milk,2.50")).await;
    let other = desk.send(put(&ann, "milk,2")).await;
    let uploaded = desk.send(put(&ann, "milk,2.50")).await;
    let repeated = desk.send(put(&ann, "milk,2.50")).await;
    let changed = desk.send(put(&ann, "milk,9.99")).await;
    let read = desk.call(&ann, Method::GET, path, None).await;
    let unread = desk.call(&bob, Method::GET, path, None).await;

    assert_eq!(foreign.code(), "attachment.not_found");
    assert_eq!(other.code(), "attachment.mismatch");
    assert_eq!(uploaded.status, StatusCode::OK, "{}", uploaded.body);
    assert_eq!(repeated.json(), uploaded.json());
    assert_eq!(changed.code(), "attachment.mismatch");
    assert_eq!(read.body, "milk,2.50");
    assert_eq!(read.header("content-type"), "text/csv");
    assert_eq!(read.header("x-content-type-options"), "nosniff");
    assert_eq!(
        read.header("content-disposition"),
        "attachment; filename*=UTF-8''Einkauf%20%C3%BC.csv"
    );
    assert_eq!(unread.code(), "attachment.not_found");
}

#[tokio::test]
async fn a_file_over_the_limit_is_refused_before_and_after() {
    let desk = Desk::new().await;
    let ann = desk.person("ann").await;
    let announce = |size: usize| {
        json!({
            "type": "attachments.create",
            "params": {"name": "a.txt", "size": size, "mime_type": "text/plain"},
        })
    };

    let announced = chatkit(&desk, &ann, announce(1_048_577)).await;
    let mut put = request(
        Some(&ann.token(NOW)),
        Method::PUT,
        "/api/attachments/atc_x",
        None,
    );
    *put.body_mut() = Body::from(vec![b'a'; 1_048_577]);
    let sent = desk.send(put).await;
    let speech = json!({
        "type": "input.transcribe",
        "params": {"audio_base64": "YWJj", "mime_type": "audio/webm"},
    });
    let unheard = chatkit(&desk, &ann, speech).await;

    assert_eq!(announced.code(), "attachment.too_large");
    assert_eq!(sent.code(), "attachment.too_large");
    assert_eq!(unheard.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(unheard.code(), "transcription.off");
}

#[tokio::test]
async fn conversations_are_searched_and_exported() {
    let desk = Desk::new().await;
    let (ann, bob) = (desk.person("ann").await, desk.person("bob").await);
    let said = chatkit(&desk, &ann, create("Add a task to buy oat milk")).await;
    let thread = events(&said)[0]["thread"]["id"]
        .as_str()
        .unwrap()
        .to_owned();
    let export = format!("/api/threads/{thread}/export");

    let found = desk
        .call(
            &ann,
            Method::GET,
            "/api/threads?query=oat%20mil&limit=9999",
            None,
        )
        .await;
    let text = desk.call(&ann, Method::GET, &export, None).await;
    let as_json = format!("{export}?format=json");
    let json = desk.call(&ann, Method::GET, &as_json, None).await;
    let strange = format!("{export}?format=pdf");
    let strange = desk.call(&ann, Method::GET, &strange, None).await;
    let foreign = desk.call(&bob, Method::GET, &export, None).await;

    assert_eq!(found.json()["data"][0]["id"], thread.as_str());
    assert!(text.body.contains("Add a task to buy oat milk"));
    assert_eq!(text.header("content-type"), "text/markdown; charset=utf-8");
    assert_eq!(json.json()["id"], thread.as_str());
    assert_eq!(strange.code(), "request.invalid");
    assert_eq!(foreign.code(), "thread.not_found");
}

#[tokio::test]
async fn only_the_clock_may_sweep() {
    let desk = Desk::new().await;
    let sweep = |token: Option<&str>| request(token, Method::GET, "/api/runs/sweep", None);

    // Without the variable nobody is let in, whatever they send.
    let unset = desk.send(sweep(Some(""))).await;
    let desk = Desk::with(&[("CRON_SECRET", "fifteen and one!")]).await;
    let ann = desk.person("ann").await;
    let nobody = desk.send(sweep(None)).await;
    let other = desk.send(sweep(Some("fifteen and two"))).await;
    let person = desk.send(sweep(Some(&ann.token(NOW)))).await;
    let clock = desk.send(sweep(Some("fifteen and one!"))).await;

    assert_eq!(unset.code(), "config.invalid");
    for refused in [nobody, other, person] {
        assert_eq!(refused.status, StatusCode::UNAUTHORIZED);
        assert_eq!(refused.code(), "cron.forbidden");
    }
    assert_eq!(clock.json()["more"], false, "{}", clock.body);
}

#[tokio::test]
async fn what_sign_ins_leave_behind_is_swept_once_it_is_over() {
    let desk = Desk::with(&[("CRON_SECRET", "fifteen and one!")]).await;
    desk.person("ann").await;
    let client = desk.database.client().await;
    // Each once over for hours, and once for a moment or not yet.
    let rows = "insert into \"session\" (id, token, \"userId\", \"expiresAt\", \"updatedAt\")
            select n, 't' || n, 'ann', t, t from moments;
        insert into verification (id, identifier, value, \"expiresAt\")
            select n, 'reset-password:' || n, 'ann', t from moments;
        insert into grants (id, user_id, token_hash, name, scopes, created_at, expires_at)
            select 'grant_' || n, 'ann', n, 'cli', 'tasks:read', t, t from moments;
        insert into oauth_codes (hash, grant_id, redirect_uri, code_challenge, resource, expires_at)
            select n, 'grant_new', '', '', '', t from moments;
        insert into oauth_refresh_tokens (hash, grant_id, resource, expires_at)
            select n, 'grant_new', '', t from moments;
        insert into rate_limits (key, count, resets_at) select n, 1, t from moments;
        insert into request_counts (user_id, count, resets_at)
            select 'ann', 1, t from moments where n = 'old';
        insert into sign_in_attempts (key, count, locked_until, last_at)
            select n, 1, t, t - case n when 'old' then interval '1 day' else '0 s' end
            from moments";
    let rows = rows.replace(
        "from moments",
        "from (values ('old', timestamptz '2026-11-23 10:59Z'), ('new', '2026-11-23 11:59Z'))
            as moments (n, t)",
    );
    client.batch_execute(&rows).await.unwrap();
    let clock = || {
        let token = Some("fifteen and one!");
        request(token, Method::GET, "/api/runs/sweep", None)
    };

    let swept = desk.send(clock()).await.json();
    let again = desk.send(clock()).await.json();

    let counts = |answer: &Value| {
        ["sessions", "links", "programs", "counts"].map(|name| answer[name].as_i64().unwrap())
    };
    assert_eq!(counts(&swept), [1, 1, 3, 3]);
    assert_eq!(counts(&again), [0; 4]);
    let left = "select (select count(*) from \"session\") + (select count(*) from verification)
        + (select count(*) from grants) + (select count(*) from oauth_codes)
        + (select count(*) from oauth_refresh_tokens) + (select count(*) from rate_limits)
        + (select count(*) from sign_in_attempts)";
    let left = client.query_one(left, &[]).await.unwrap();
    // With the one that Ann is signed in by.
    assert_eq!(left.get::<_, i64>(0), 8);
}
