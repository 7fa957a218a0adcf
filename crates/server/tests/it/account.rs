//! What somebody does with their own account.

use axum::http::{Method, StatusCode};
use serde_json::{Value, json};

use crate::desk::{Answer, Desk, from_page, pass, request};

const DAY: i64 = 24 * 3600;

async fn desk() -> Desk {
    Desk::with(&[("RATE_LIMIT_PASSWORD", "off")]).await
}

async fn post(desk: &Desk, path: &str, cookie: &str, body: Value) -> Answer {
    let uri = format!("/api/auth/{path}");
    desk.send(from_page(Method::POST, &uri, cookie, Some(body)))
        .await
}

async fn get(desk: &Desk, path: &str, cookie: &str) -> Answer {
    let uri = format!("/api/auth/{path}");
    desk.send(from_page(Method::GET, &uri, cookie, None)).await
}

async fn sign_up(desk: &Desk, name: &str) -> String {
    let body = json!({
        "name": name,
        "email": format!("{name}@example.com"),
        "password": "correct horse",
    });
    post(desk, "sign-up/email", "", body).await.cookie()
}

async fn sign_in(desk: &Desk, name: &str, password: &str) -> Answer {
    let body = json!({"email": format!("{name}@example.com"), "password": password});
    post(desk, "sign-in/email", "", body).await
}

async fn is_signed_in(desk: &Desk, cookie: &str) -> bool {
    get(desk, "get-session", cookie).await.body != "null"
}

#[tokio::test]
async fn sessions_are_listed_and_ended_by_their_person_only() {
    let desk = desk().await;
    let first = sign_up(&desk, "ann").await;
    let second = sign_in(&desk, "ann", "correct horse").await.cookie();
    let bob = sign_up(&desk, "bob").await;
    let list = get(&desk, "list-sessions", &first).await.json();
    let tokens: Vec<&Value> = list
        .as_array()
        .unwrap()
        .iter()
        .map(|s| &s["token"])
        .collect();
    assert_eq!(tokens.len(), 2);

    for token in &tokens {
        let answer = post(&desk, "revoke-session", &bob, json!({"token": token})).await;
        assert_eq!(answer.json(), json!({"status": true}));
    }
    assert!(is_signed_in(&desk, &first).await && is_signed_in(&desk, &second).await);

    post(&desk, "revoke-other-sessions", &first, json!({})).await;
    assert!(is_signed_in(&desk, &first).await && !is_signed_in(&desk, &second).await);

    let all = post(&desk, "revoke-sessions", &first, json!({})).await;
    assert_eq!(all.cookies().len(), 3);
    assert!(!is_signed_in(&desk, &first).await && is_signed_in(&desk, &bob).await);
}

/// FR-008.
#[tokio::test]
async fn a_new_password_ends_the_other_sessions_and_their_tokens() {
    let desk = desk().await;
    let first = sign_up(&desk, "ann").await;
    let second = sign_in(&desk, "ann", "correct horse").await.cookie();
    let token = get(&desk, "token", &second).await.json()["token"].clone();
    let change = |current: &str, revoke: Value| {
        let mut body = json!({"currentPassword": current, "newPassword": "battery staple"});
        body["revokeOtherSessions"] = revoke;
        if body["revokeOtherSessions"].is_null() {
            body.as_object_mut().unwrap().remove("revokeOtherSessions");
        }
        body
    };

    let wrong = post(
        &desk,
        "change-password",
        &first,
        change("wrong horse", json!(true)),
    )
    .await;
    assert_eq!(wrong.code(), "INVALID_PASSWORD");
    assert!(is_signed_in(&desk, &second).await);

    let right = post(
        &desk,
        "change-password",
        &first,
        change("correct horse", Value::Null),
    )
    .await;
    assert_eq!(right.json()["token"], Value::Null);
    assert!(is_signed_in(&desk, &first).await && !is_signed_in(&desk, &second).await);
    let tasks = request(token.as_str(), Method::GET, "/api/tasks", None);
    assert_eq!(desk.send(tasks).await.code(), "session.ended");
    assert_eq!(sign_in(&desk, "ann", "correct horse").await.status, 401);
    assert_eq!(sign_in(&desk, "ann", "battery staple").await.status, 200);
}

#[tokio::test]
async fn an_address_that_is_taken_is_not_told_and_not_given_away() {
    let desk = desk().await;
    let ann = sign_up(&desk, "ann").await;
    sign_up(&desk, "bob").await;
    let change =
        async |email: &str| post(&desk, "change-email", &ann, json!({"newEmail": email})).await;

    let taken = change("BOB@example.com").await;
    let free = change("carol@example.com").await;

    assert_eq!(taken.status, StatusCode::OK);
    assert_eq!(taken.json(), free.json());
    let session = get(&desk, "get-session", &ann).await.json();
    assert_eq!(session["user"]["email"], "carol@example.com");
    assert_eq!(sign_in(&desk, "bob", "correct horse").await.status, 200);
}

#[tokio::test]
async fn what_could_take_an_account_over_wants_a_young_sign_in() {
    let desk = Desk::with(&[("SESSION_IDLE", "7d")]).await;
    let cookie = sign_up(&desk, "ann").await;
    pass(DAY);

    let list = get(&desk, "list-sessions", &cookie).await;
    let email = post(
        &desk,
        "change-email",
        &cookie,
        json!({"newEmail": "a@b.co"}),
    )
    .await;
    let delete = post(&desk, "delete-user", &cookie, json!({})).await;

    assert_eq!(list.code(), "SESSION_NOT_FRESH");
    assert_eq!(email.code(), "SESSION_NOT_FRESH");
    assert_eq!(delete.code(), "SESSION_EXPIRED");
    assert!(is_signed_in(&desk, &cookie).await);
}

#[tokio::test]
async fn a_deleted_account_is_gone_from_every_table() {
    let desk = desk().await;
    let ann = sign_up(&desk, "ann").await;
    let bob = sign_up(&desk, "bob").await;
    let mut tokens = Vec::new();
    for cookie in [&ann, &bob] {
        let token = get(&desk, "token", cookie).await.json()["token"].clone();
        let token = token.as_str().unwrap().to_owned();
        let said = json!({
            "type": "threads.create",
            "params": {"input": {"content": [{"type": "input_text", "text": "Add milk"}]}},
        });
        let said = request(Some(&token), Method::POST, "/api/chatkit", Some(said));
        assert_eq!(desk.send(said).await.status, StatusCode::OK);
        tokens.push(token);
    }
    let counts = async || {
        let client = desk.database.client().await;
        let mut counts = Vec::new();
        for (table, column) in store::users::TABLES {
            let sql = format!(r#"select {column} from "{table}""#);
            let rows = client.query(&sql, &[]).await.unwrap();
            counts.push((*table, rows.len()));
        }
        counts
    };
    let before = counts().await;

    let deleted = post(
        &desk,
        "delete-user",
        &ann,
        json!({"password": "correct horse"}),
    )
    .await;

    assert_eq!(deleted.json()["success"], true);
    let told = deleted.json()["deleted"].clone();
    for (((table, before), (_, after)), _) in before.iter().zip(counts().await).zip(0..) {
        let told = usize::try_from(told[table].as_i64().unwrap()).unwrap();
        assert_eq!(before - after, told, "{table}");
    }
    assert_eq!(told["user"], 1);
    assert_eq!(told["tasks"], 1);
    assert_eq!(told["threads"], 1);
    assert!(!is_signed_in(&desk, &ann).await && is_signed_in(&desk, &bob).await);
    let mut answers = Vec::new();
    for token in &tokens {
        let tasks = request(Some(token), Method::GET, "/api/tasks", None);
        answers.push(desk.send(tasks).await.status.as_u16());
    }
    assert_eq!(answers, [401, 200]);
    assert_eq!(sign_in(&desk, "ann", "correct horse").await.status, 401);
}

#[tokio::test]
async fn everything_is_given_out_in_one_file_and_no_secret_with_it() {
    let desk = desk().await;
    let ann = sign_up(&desk, "ann").await;
    let token = get(&desk, "token", &ann).await.json()["token"].clone();
    let said = json!({
        "type": "threads.create",
        "params": {"input": {"content": [
            {"type": "input_text", "text": "Add a task to buy milk tomorrow"},
        ]}},
    });
    let said = request(token.as_str(), Method::POST, "/api/chatkit", Some(said));
    assert_eq!(desk.send(said).await.status, StatusCode::OK);

    let ask = |token: Option<&str>| request(token, Method::GET, "/api/account/export", None);
    let packed = desk.bytes(ask(token.as_str())).await;

    assert_eq!(desk.send(ask(None)).await.code(), "token.missing");
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(packed)).unwrap();
    let mut read = |name: &str| {
        let mut text = String::new();
        let mut file = zip.by_name(name).unwrap();
        std::io::Read::read_to_string(&mut file, &mut text).unwrap();
        text
    };
    let all: Value = serde_json::from_str(&read("latchwork.json")).unwrap();
    for (table, _) in store::users::TABLES {
        assert!(all[table].is_array(), "{table}");
    }
    assert_eq!(all["user"][0]["email"], "ann@example.com");
    assert!(read("tasks.md").contains("- [ ] "));
    assert!(read("conversations.md").contains("**You:** Add a task to buy milk tomorrow"));
    assert!(read("tasks.csv").lines().count() == 2);
    assert!(read("tasks.ics").contains("DUE;VALUE=DATE:20261124"));
    let session = get(&desk, "get-session", &ann).await.json();
    let secret = session["session"]["token"].as_str().unwrap();
    assert!(!all.to_string().contains(secret));
    assert_eq!(all["account"][0].get("password"), None);
}

/// A table that names persons and is not among those that are emptied fails here.
#[tokio::test]
async fn every_table_with_persons_is_counted() {
    let database = testing::Database::new().await;
    let client = database.client().await;
    let sql = "select table_name::text from information_schema.columns
        where table_schema = 'public' and column_name in ('user_id', 'userId') order by 1";

    let rows = client.query(sql, &[]).await.unwrap();

    for row in rows {
        let table: &str = row.get(0);
        let known = store::users::TABLES.iter().any(|(name, _)| *name == table);
        assert!(known, "{table}");
    }
}

/// FR-145, FR-147.
#[tokio::test]
async fn a_persons_own_model_is_kept_and_its_key_never_shown() {
    let desk = desk().await;
    let (ann, bob) = (desk.person("ann").await, desk.person("bob").await);
    let model = "/api/account/model";
    let key = "sk-verysecret-verysecret-x9Qz";
    let new = json!({"model": "gpt-5-mini", "key": key});

    let before = desk.call(&ann, Method::GET, model, None).await.json();
    let set = desk.call(&ann, Method::PUT, model, Some(new)).await;
    let found = desk.call(&ann, Method::GET, model, None).await;
    let others = desk.call(&bob, Method::GET, model, None).await.json();

    assert_eq!(
        before,
        json!({
            "enabled": true, "model": "offline-rules-1", "builtin": true, "dictation": false,
        })
    );
    assert_eq!(others, before);
    assert_eq!(set.json(), found.json());
    let own = &found.json()["own"];
    assert_eq!(own["base_url"], "https://api.openai.com/v1");
    assert_eq!(
        (&own["model"], &own["key_end"]),
        (&json!("gpt-5-mini"), &json!("x9Qz"))
    );
    assert!(own["set_at"].is_string());
    assert!(!set.body.contains("verysecret"));
    let export = request(
        Some(&ann.token(testing::NOW)),
        Method::GET,
        "/api/account/export",
        None,
    );
    let packed = desk.bytes(export).await;
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(packed)).unwrap();
    let mut all = String::new();
    let mut file = zip.by_name("latchwork.json").unwrap();
    std::io::Read::read_to_string(&mut file, &mut all).unwrap();
    let all: Value = serde_json::from_str(&all).unwrap();
    let row = &all["model_keys"][0];
    assert_eq!((&row["key_end"], row.get("sealed")), (&json!("x9Qz"), None));
    let client = desk.database.client().await;
    let kept = "select encode(sealed, 'escape') from model_keys";
    let kept: String = client.query_one(kept, &[]).await.unwrap().get(0);
    assert!(!kept.contains("verysecret"));

    let gone = desk.call(&bob, Method::DELETE, model, None).await;
    assert_eq!(gone.status, StatusCode::OK);
    assert!(desk.call(&ann, Method::GET, model, None).await.json()["own"].is_object());
    let gone = desk.call(&ann, Method::DELETE, model, None).await.json();
    assert_eq!(gone, before);
}

/// FR-147.
#[tokio::test]
async fn a_model_server_must_have_an_address_and_a_key_be_plain() {
    let mut desk = desk().await;
    let ann = desk.person("ann").await;
    let put = async |desk: &Desk, new: Value| {
        desk.call(&ann, Method::PUT, "/api/account/model", Some(new))
            .await
    };
    for new in [
        json!({"model": "m", "key": "k", "base_url": "file:///etc/passwd"}),
        json!({"model": "m", "key": "k", "base_url": "https://a:b@models.example.com/v1"}),
        json!({"model": "m", "key": "a\nb"}),
        json!({"model": "m", "key": ""}),
        json!({"model": "two words", "key": "k"}),
    ] {
        let answer = put(&desk, new.clone()).await;
        assert_eq!(answer.code(), "request.invalid", "{new}: {}", answer.body);
    }
    desk.set(&[("OWN_MODEL_KEYS", "off")]);
    let off = put(&desk, json!({"model": "m", "key": "k"})).await;
    assert_eq!(off.code(), "model.own_off");
}
