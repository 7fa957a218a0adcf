//! `/api/tasks…`.

use axum::http::{Method, StatusCode};
use serde_json::{Value, json};
use testing::{NOW, Person};

use crate::desk::{Answer, Desk, request};

async fn add(desk: &Desk, person: &Person, title: &str) -> Answer {
    let body = json!({"title": title});
    desk.call(person, Method::POST, "/api/tasks", Some(body))
        .await
}

#[tokio::test]
async fn a_task_is_created_found_changed_and_deleted() {
    let desk = Desk::new().await;
    let ann = desk.person("ann").await;

    let created = add(&desk, &ann, "Buy milk").await;
    assert_eq!(created.status, StatusCode::CREATED);
    assert_eq!(created.header("location"), "/api/tasks/1");
    assert_eq!(created.header("etag"), "\"1\"");

    let patch = json!({"priority": "high", "due": "tomorrow"});
    let changed = desk
        .call(&ann, Method::PATCH, "/api/tasks/1", Some(patch))
        .await;
    assert_eq!(changed.json()["due"], "2026-11-24");
    assert_eq!(changed.json()["version"], 2);

    let found = desk.call(&ann, Method::GET, "/api/tasks/1", None).await;
    assert_eq!(found.json(), changed.json());

    let deleted = desk.call(&ann, Method::DELETE, "/api/tasks/1", None).await;
    assert_eq!(deleted.json()["deleted_at"], NOW.to_string());
    let gone = desk.call(&ann, Method::GET, "/api/tasks/1", None).await;
    assert_eq!(gone.code(), "task.not_found");

    desk.call(&ann, Method::POST, "/api/tasks/1/restore", None)
        .await;
    let back = desk.call(&ann, Method::GET, "/api/tasks/1", None).await;
    assert_eq!(back.json()["priority"], "high");
}

#[tokio::test]
async fn tasks_are_filtered_and_paged() {
    let desk = Desk::new().await;
    let ann = desk.person("ann").await;
    for title in ["One", "Two", "Three"] {
        add(&desk, &ann, title).await;
    }
    let done = json!({"completed": true});
    desk.call(&ann, Method::PATCH, "/api/tasks/2", Some(done))
        .await;
    let titles = async |query: &str| {
        let uri = format!("/api/tasks?{query}");
        let list = desk.call(&ann, Method::GET, &uri, None).await.json();
        let tasks = list["tasks"].as_array().unwrap().clone();
        let titles: Vec<Value> = tasks.iter().map(|task| task["title"].clone()).collect();
        (titles, list["after"].clone())
    };

    assert_eq!(titles("").await.0, ["One", "Three"]);
    assert_eq!(titles("status=completed").await.0, ["Two"]);
    assert_eq!(titles("status=all&q=t").await.0, ["Two", "Three"]);
    let (page, after) = titles("status=all&limit=2").await;
    assert_eq!(page, ["One", "Two"]);
    let after = format!("status=all&limit=2&after={}", after.as_str().unwrap());
    let (page, after) = titles(&after).await;
    assert_eq!((page, after), (vec![json!("Three")], Value::Null));
    // What the platform adds to an address is not for us.
    assert_eq!(titles("user=ann&0=tasks").await.0.len(), 2);
}

#[tokio::test]
async fn changes_since_a_moment_are_told_in_order() {
    let desk = Desk::new().await;
    let ann = desk.person("ann").await;
    add(&desk, &ann, "One").await;
    add(&desk, &ann, "Two").await;

    let list = desk.call(&ann, Method::GET, "/api/tasks", None).await;
    let changes = desk
        .call(&ann, Method::GET, "/api/tasks/changes?since=1", None)
        .await;

    assert_eq!(list.json()["change"], 2);
    let changes = changes.json();
    assert_eq!(changes["changes"].as_array().unwrap().len(), 1);
    assert_eq!(changes["changes"][0]["seq"], 2);
    assert_eq!(changes["changes"][0]["actor"]["type"], "user");
}

#[tokio::test]
async fn a_change_of_an_older_version_is_refused() {
    let desk = Desk::new().await;
    let ann = desk.person("ann").await;
    add(&desk, &ann, "One").await;
    let rename = async |title: &str, tag: &str| {
        let body = json!({"title": title});
        let mut request = request(
            Some(&ann.token(NOW)),
            Method::PATCH,
            "/api/tasks/1",
            Some(body),
        );
        request
            .headers_mut()
            .insert("if-match", tag.parse().unwrap());
        desk.send(request).await
    };

    assert_eq!(rename("Uno", "\"1\"").await.status, StatusCode::OK);
    let late = rename("Eins", "\"1\"").await;
    assert_eq!(late.status, StatusCode::PRECONDITION_FAILED);
    assert_eq!(late.code(), "task.changed");
    assert_eq!(rename("Eins", "\"x\"").await.code(), "task.changed");
    assert_eq!(rename("Eins", "*").await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_repeated_post_adds_one_task() {
    let desk = Desk::new().await;
    let ann = desk.person("ann").await;
    let post = async |title: &str| {
        let body = json!({"title": title});
        let mut request = request(
            Some(&ann.token(NOW)),
            Method::POST,
            "/api/tasks",
            Some(body),
        );
        let headers = request.headers_mut();
        headers.insert("idempotency-key", "k1".parse().unwrap());
        desk.send(request).await
    };

    let (first, second) = tokio::join!(post("One"), post("One"));
    assert_eq!(first.json(), second.json());

    let reused = post("Two").await;
    assert_eq!(reused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(reused.code(), "idempotency.key_reused");
}

#[tokio::test]
async fn unreadable_values_are_refused_with_the_reason() {
    let desk = Desk::new().await;
    let ann = desk.person("ann").await;
    for (body, told) in [
        (json!({"title": ""}), "needs a title"),
        (json!({"title": "a".repeat(501)}), "501 characters"),
        (json!({"title": "a", "due": "blursday"}), "blursday"),
        (json!({"title": "a", "priority": "huge"}), "unknown variant"),
        (json!({}), "missing field `title`"),
    ] {
        let refused = desk
            .call(&ann, Method::POST, "/api/tasks", Some(body))
            .await;

        assert_eq!(refused.code(), "request.invalid", "{told}");
        let message = refused.json()["message"].as_str().unwrap().to_owned();
        assert!(message.contains(told), "{message}");
    }
}

/// FR-006.
#[tokio::test]
async fn an_address_that_names_another_person_is_refused() {
    let desk = Desk::new().await;
    let ann = desk.person("ann").await;
    let milk = || Some(json!({"title": "Milk"}));

    let own = desk
        .call(&ann, Method::POST, "/api/ann/tasks", milk())
        .await;
    assert_eq!(own.status, StatusCode::CREATED);
    assert_eq!(own.json()["user_id"], "ann");
    for (method, uri, body) in [
        (Method::GET, "/api/bob/tasks", None),
        (Method::POST, "/api/bob/tasks", milk()),
        (Method::GET, "/api/bob/tasks/1", None),
        (Method::PUT, "/api/bob/tasks/1", milk()),
        (Method::DELETE, "/api/bob/tasks/1", None),
        (Method::PATCH, "/api/bob/tasks/1/complete", None),
        (
            Method::POST,
            "/api/bob/chat",
            Some(json!({"message": "Hi"})),
        ),
    ] {
        let refused = desk.call(&ann, method, uri, body).await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN, "{uri}");
        assert_eq!(refused.code(), "user.mismatch");
    }
    let body = Some(json!({"title": "Milk", "user_id": "bob"}));
    let refused = desk.call(&ann, Method::POST, "/api/tasks", body).await;
    assert_eq!(refused.code(), "user.mismatch");
}

#[tokio::test]
async fn the_contract_of_older_front_ends_is_kept() {
    let desk = Desk::new().await;
    let ann = desk.person("ann").await;
    add(&desk, &ann, "One").await;
    add(&desk, &ann, "Two").await;
    let toggle = async || {
        let uri = "/api/ann/tasks/2/complete";
        desk.call(&ann, Method::PATCH, uri, None).await.json()["completed"].clone()
    };

    assert_eq!(toggle().await, true);
    let pending = desk
        .call(&ann, Method::GET, "/api/ann/tasks?status=pending", None)
        .await;
    assert_eq!(pending.json().as_array().unwrap().len(), 1);
    assert_eq!(toggle().await, false);
    let put = Some(json!({"title": "Uno", "description": "first", "completed": true}));
    let changed = desk
        .call(&ann, Method::PUT, "/api/ann/tasks/1", put)
        .await
        .json();
    assert_eq!(changed["title"], "Uno");
    assert_eq!(changed["completed"], true);
}

#[tokio::test]
async fn what_was_done_is_told_and_taken_back() {
    let desk = Desk::new().await;
    let ann = desk.person("ann").await;
    for title in ["One", "Two"] {
        add(&desk, &ann, title).await;
    }
    let post = async |uri: &str, body: Value| desk.call(&ann, Method::POST, uri, Some(body)).await;

    let moved = post("/api/tasks/move", json!({"ids": [2], "before": 1})).await;
    assert_eq!(moved.json()["changes"][0]["kind"], "moved");
    let undone = post("/api/tasks/undo", json!({})).await;
    assert_eq!(undone.json()["changes"][0]["undoes"], 3);
    let undone = post("/api/tasks/undo", json!({})).await.json();
    assert_eq!(undone["tasks"][0]["deleted_at"], NOW.to_string());

    let activity = desk
        .call(&ann, Method::GET, "/api/tasks/activity?limit=2", None)
        .await
        .json();
    assert_eq!(activity["changes"][0]["seq"], 5);
    assert_eq!(activity["has_more"], true);
    let overview = desk
        .call(&ann, Method::GET, "/api/tasks/overview", None)
        .await;
    assert_eq!(overview.json()["open"], 1);
    post("/api/tasks/undo", json!({})).await;
    let nothing = post("/api/tasks/undo", json!({})).await;
    assert_eq!(nothing.code(), "request.invalid");
}

/// FR-170, FR-172, FR-173.
#[tokio::test]
async fn a_file_is_previewed_and_then_taken_over() {
    let desk = Desk::new().await;
    let ann = desk.person("ann").await;
    let import = async |dry_run: bool| {
        let body = json!({"text": "- [x] Milk\n- Bread (due 2026-13-01)", "dry_run": dry_run});
        let uri = "/api/tasks/import";
        desk.call(&ann, Method::POST, uri, Some(body)).await.json()
    };

    let preview = import(true).await;
    assert_eq!(preview["count"], 2);
    assert_eq!(preview["problems"][0]["line"], 2);
    assert_eq!(preview["problems"][0]["skipped"], false);
    assert!(preview.get("change").is_none());
    let done = import(false).await;
    assert_eq!(done["tasks"][1]["id"], 2);
    assert_eq!(done["change"], 1);

    let body = Some(json!({"text": " "}));
    let nothing = desk
        .call(&ann, Method::POST, "/api/tasks/import", body)
        .await;
    assert_eq!(nothing.code(), "request.invalid");
}

/// FR-174.
#[tokio::test]
async fn what_is_exported_can_be_taken_over_again() {
    let desk = Desk::new().await;
    let (ann, bob) = (desk.person("ann").await, desk.person("bob").await);
    for body in [
        json!({"title": "=Party, \"soon\"", "due": "2026-12-24T19:00", "priority": "high",
            "tags": ["home", "fun"], "description": "with\ncake"}),
        json!({"title": "Boxes", "parent_id": 1, "due": "2026-12-01"}),
        json!({"title": "Tape", "parent_id": 2}),
    ] {
        desk.call(&ann, Method::POST, "/api/tasks", Some(body))
            .await;
    }
    let done = Some(json!({"completed": true}));
    desk.call(&ann, Method::PATCH, "/api/tasks/3", done).await;
    let seen = async |person: &Person| {
        let uri = "/api/tasks/export?format=json";
        let tasks = desk.call(person, Method::GET, uri, None).await.json();
        let tasks = tasks["tasks"].as_array().unwrap().clone().into_iter();
        let names = [
            "title",
            "description",
            "due",
            "priority",
            "tags",
            "completed",
        ];
        tasks
            .map(|task| names.map(|name| task[name].clone()))
            .collect::<Vec<_>>()
    };

    let hers = seen(&ann).await;
    assert_eq!(hers.len(), 3);
    for (format, kind) in [
        ("csv", "text/csv"),
        ("ics", "text/calendar"),
        ("md", "text/markdown"),
    ] {
        let uri = format!("/api/tasks/export?format={format}");
        let file = desk.call(&ann, Method::GET, &uri, None).await;
        assert!(file.header("content-type").starts_with(kind));
        let body = Some(json!({"text": file.body}));
        let taken = desk
            .call(&bob, Method::POST, "/api/tasks/import", body)
            .await;
        assert_eq!(taken.json()["problems"], json!([]), "{}", file.body);
        let depths = taken.json()["tasks"].clone();
        assert_eq!(depths[2]["depth"], 2, "{}", file.body);
        assert_eq!(seen(&bob).await, hers, "{format}: {}", file.body);

        desk.call(&bob, Method::POST, "/api/tasks/undo", Some(json!({})))
            .await;
        assert!(seen(&bob).await.is_empty());
    }
}

/// FR-149: dates are read by the customs of the language that the browser names.
#[tokio::test]
async fn a_date_in_figures_is_read_as_the_person_writes_it() {
    let desk = Desk::new().await;
    let ann = desk.person("ann").await;
    let add = async |language: &'static str| {
        let body = Some(json!({"title": "Dentist", "due": "3/4"}));
        let token = ann.token(testing::NOW);
        let mut request = crate::desk::request(Some(&token), Method::POST, "/api/tasks", body);
        let headers = request.headers_mut();
        headers.insert("accept-language", language.parse().unwrap());
        desk.send(request).await.json()["due"].clone()
    };

    assert_eq!(add("en-GB,en;q=0.9").await, "2027-04-03");
    assert_eq!(add("en-US,en;q=0.9").await, "2027-03-04");
    assert_eq!(add("*").await, "2027-04-03");
}
