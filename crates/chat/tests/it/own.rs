//! Models that people have brought themselves.

use agent::{Endpoint, Reach};
use chat::OwnModels;
use serde_json::json;
use store::model_keys::{self, ModelKey};
use testing::{ModelServer, NOW, Part, Person};

use crate::desk::{Desk, answers, types, visit};

fn says(text: &'static str) -> Vec<Vec<Part>> {
    vec![vec![Part::Text(text), Part::End]; 3]
}

/// Ann has brought a model; the server that it is at.
async fn brought(desk: &mut Desk, secret: &str) -> ModelServer {
    let server = ModelServer::start(says("By Ann's own.")).await;
    bring(desk, &server, secret).await;
    server
}

/// Ann brings the model of this server.
pub(crate) async fn bring(desk: &mut Desk, server: &ModelServer, secret: &str) {
    let own_models = OwnModels::new(secret, Reach::Anywhere);
    let endpoint = Endpoint {
        model: "anns".to_owned(),
        base_url: server.base_url.clone(),
        api_key: "sk-of-ann".to_owned(),
    };
    let caller = desk.person.caller();
    let key = ModelKey {
        sealed: own_models.seal(caller.user(), &endpoint, [3; 24]),
        model: endpoint.model,
        base_url: endpoint.base_url,
        key_end: String::new(),
        set_at: NOW,
    };
    let scope = store::Scope {
        user: caller.user(),
        session: caller.session(),
    };
    model_keys::save(desk.database.db.begin(scope), &key)
        .await
        .unwrap();
    desk.chat.own_models = Some(OwnModels::new("a secret of tests", Reach::Anywhere));
}

/// FR-145.
#[tokio::test]
async fn an_own_model_answers_its_person_and_nobody_else() {
    let mut desk = Desk::new(says("By the usual one.")).await;
    let server = brought(&mut desk, "a secret of tests").await;

    let anns = desk.say("Hello").await;
    let builtin = desk.say("Built-in: add milk").await;
    let bob = Person::sign_up(&desk.database.db, "bob").await;
    desk.visit = visit(&bob);
    let bobs = desk.say("Hello").await;
    desk.visit = visit(&desk.person);
    desk.chat.own_models = None;
    let switched_off = desk.say("Hello").await;

    assert_eq!(answers(&anns), ["By Ann's own."]);
    assert_eq!(server.request().await["model"], "anns");
    assert_eq!(answers(&builtin), ["Added “Milk”."]);
    assert_eq!(answers(&bobs), ["By the usual one."]);
    assert_eq!(answers(&switched_off), ["By the usual one."]);
    let client = desk.database.client().await;
    let said = "select count(*) from run_events where body::text like '%sk-of-ann%'";
    let said: i64 = client.query_one(said, &[]).await.unwrap().get(0);
    assert_eq!(said, 0);
}

/// FR-146.
#[tokio::test]
async fn a_key_that_does_not_open_ends_the_turn_and_asks_no_other_model() {
    let mut desk = Desk::new(says("By the usual one.")).await;
    let _server = brought(&mut desk, "another secret").await;

    let said = desk.say("Hello").await;

    assert_eq!(answers(&said), Vec::<String>::new());
    assert_eq!(types(&said).last(), Some(&"error"));
    let told = said.last().unwrap()["message"].as_str().unwrap();
    assert!(
        told.contains("own model") && told.contains("built-in:"),
        "{told}"
    );
    assert_eq!(said.last().unwrap()["allow_retry"], json!(false));
}

/// FR-146: a row that was pointed elsewhere opens no more.
#[tokio::test]
async fn a_key_is_bound_to_its_server_and_its_person() {
    for change in [
        "update model_keys set base_url = 'http://127.0.0.1:9/v1'",
        "update model_keys set model = 'another'",
    ] {
        let mut desk = Desk::new(says("By the usual one.")).await;
        let _server = brought(&mut desk, "a secret of tests").await;
        let client = desk.database.client().await;
        client.batch_execute(change).await.unwrap();

        let said = desk.say("Hello").await;

        let told = said.last().unwrap()["message"].as_str().unwrap_or_default();
        assert!(told.contains("own model"), "{change}: {said:?}");
    }
}
