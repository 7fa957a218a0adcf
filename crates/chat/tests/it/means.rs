//! What models cost, how much of it a day may have, and the switch that stops them.

use std::sync::Arc;
use std::time::Duration;

use agent::{Endpoint, Model, Transcriber};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chat::{Costs, Error, Frame, Price, Stream};
use protocol::RunId;
use serde_json::{Value, json};
use testing::{ModelServer, NOW, Part, Person};
use tokio::sync::Notify;
use tokio::sync::mpsc::UnboundedReceiver;
use tokio::task::JoinHandle;
use tokio::time::Instant;

use crate::desk::{Desk, add, answers, create, events, thread_of, types, visit};

/// A dollar for a thousand tokens read, ten for a thousand written, in millionths. A turn is
/// expected to take twenty dollars.
const PRICE: Price = Price {
    input: 1_000_000_000,
    output: 10_000_000_000,
};

const DOLLAR: i64 = 1_000_000;

fn costs(daily: Option<i64>, daily_per_user: Option<i64>) -> Arc<Costs> {
    Arc::new(Costs {
        prices: [("scripted".to_owned(), PRICE)].into(),
        daily,
        daily_per_user,
    })
}

/// Each answer takes three dollars.
fn says(times: usize) -> Vec<Vec<Part>> {
    vec![vec![Part::Text("Yes."), Part::Usage(2_000, 100), Part::End]; times]
}

fn is_refused(refused: &Error) -> bool {
    matches!(refused, Error::Store(store::Error::BudgetSpent))
}

async fn switch(desk: &Desk, name: &str) {
    let sql = format!("insert into switches (name, set_at) values ('{name}', now())");
    desk.database
        .client()
        .await
        .batch_execute(&sql)
        .await
        .unwrap();
}

/// A turn whose answer has come half-way: its run, its work, and what its reader holds.
async fn half_said(desk: &Desk) -> (RunId, JoinHandle<()>, UnboundedReceiver<Frame>) {
    let Stream {
        mut frames,
        work,
        run,
        ..
    } = desk.stream(create("Hello")).await;
    let working = tokio::spawn(work);
    while !frames.recv().await.unwrap().body.contains("Half") {}
    (run, working, frames)
}

/// FR-205.
#[tokio::test]
async fn what_an_answer_took_is_counted_once_by_person_and_model() {
    let mut desk = Desk::new(says(3)).await;
    desk.chat.costs = costs(Some(100 * DOLLAR), None);

    desk.say("Hello").await;
    desk.say("Hello again").await;
    let bob = Person::sign_up(&desk.database.db, "bob").await;
    desk.visit = visit(&bob);
    desk.say("Hello").await;

    let client = desk.database.client().await;
    let sql = "select user_id, day::text, model, asked, input_tokens, output_tokens, cost
        from model_usage order by user_id";
    let rows = client.query(sql, &[]).await.unwrap();
    let read = |at: usize| {
        let row = &rows[at];
        let tokens: (i64, i64, i64) = (row.get(4), row.get(5), row.get(6));
        (row.get::<_, String>(0), row.get::<_, i32>(3), tokens)
    };
    assert_eq!(rows.len(), 2);
    assert_eq!(read(0), ("ann".to_owned(), 2, (4_000, 200, 6 * DOLLAR)));
    assert_eq!(read(1), ("bob".to_owned(), 1, (2_000, 100, 3 * DOLLAR)));
    assert_eq!(rows[0].get::<_, String>(1), "2026-11-23");
    assert_eq!(rows[0].get::<_, String>(2), "scripted");
    let all = "select sum(cost)::bigint from spending where day = '2026-11-23'";
    assert_eq!(desk.count(all).await, 9 * DOLLAR);
    // A turn that is over holds nothing any more.
    assert_eq!(desk.count("select count(*) from budget_holds").await, 0);
}

/// What was counted of a model: how often it was asked, how often its tokens are a guess, and what
/// was taken.
async fn counted(desk: &Desk, model: &str) -> (i32, i32, i64, i64, i64) {
    let client = desk.database.client().await;
    let sql = "select asked, estimated, input_tokens, output_tokens, cost from model_usage
        where model = $1";
    let row = client.query_one(sql, &[&model]).await.unwrap();
    (row.get(0), row.get(1), row.get(2), row.get(3), row.get(4))
}

/// FR-213: what a broken answer took by the words of its server, and else by a guess that says so.
#[tokio::test]
async fn an_answer_that_breaks_off_is_counted() {
    for (script, expected) in [
        (
            vec![Part::Text("Half"), Part::Usage(2_000, 100)],
            Some((1, 0, 2_000, 100, 3 * DOLLAR)),
        ),
        (vec![Part::Text("Half an answer, or so")], None),
    ] {
        let mut desk = Desk::new(vec![script]).await;
        desk.chat.costs = costs(Some(100 * DOLLAR), None);

        desk.say("Hello").await;

        let counted = counted(&desk, "scripted").await;
        match expected {
            Some(expected) => assert_eq!(counted, expected),
            None => {
                let (asked, estimated, input, output, cost) = counted;
                assert_eq!((asked, estimated, output), (1, 1, 6));
                // The instructions and the tools alone are more.
                assert!(input > 1_000, "{input}");
                assert_eq!(cost, input * 1_000 + output * 10_000);
            }
        }
        let spent = "select sum(cost)::bigint from spending";
        assert_eq!(desk.count(spent).await, counted.4);
    }
}

/// FR-213: and the budget of the day sees it.
#[tokio::test]
async fn a_stopped_answer_is_counted_and_one_that_was_refused_is_not() {
    let never = Arc::new(Notify::new());
    let script = vec![Part::Text("Half an answer"), Part::Wait(never)];
    let mut desk = Desk::new(vec![script, vec![Part::Refuse(401)]]).await;
    desk.chat.costs = costs(Some(20 * DOLLAR), None);
    let (run, working, _frames) = half_said(&desk).await;

    desk.chat.stop(&run, &desk.visit).await.unwrap();
    working.await.unwrap();

    let first = counted(&desk, "scripted").await;
    assert_eq!((first.0, first.1, first.3), (1, 1, 4));
    assert!(is_refused(&desk.refusal(create("Hello again")).await));
    desk.chat.costs = costs(None, None);
    desk.say("Hello again").await;
    assert_eq!(counted(&desk, "scripted").await, first);
}

/// FR-213: a title that was cut off has cost something, too.
#[tokio::test]
async fn a_title_that_was_cut_off_is_counted() {
    let never = Arc::new(Notify::new());
    let mut desk = Desk::new(says(1)).await;
    let slow = ModelServer::start(vec![vec![Part::Wait(never)]]).await;
    desk.chat.costs = costs(None, None);
    desk.chat.secretary = Some(Arc::new(Model::at(Endpoint {
        model: "scripted".to_owned(),
        base_url: slow.base_url.clone(),
        api_key: "none".to_owned(),
    })));
    desk.visit.deadline = Instant::now() + Duration::from_secs(1);

    let stream = desk.stream(create("Hello")).await;
    stream.work.await;

    let (asked, estimated, input, output, _) = counted(&desk, "scripted").await;
    assert_eq!((asked, estimated, output), (2, 1, 100));
    assert!((2_001..2_200).contains(&input), "{input}");
}

/// FR-213: as the server counts it, in tokens or in time, or else by the length of the recording.
#[tokio::test]
async fn a_transcript_is_counted_and_the_budget_sees_it() {
    for (answer, expected) in [
        (
            r#"{"text": "Add milk", "usage": {"type": "tokens", "input_tokens": 14, "output_tokens": 3}}"#,
            (1, 0, 14, 3, 44_000),
        ),
        (
            r#"{"text": "Add milk", "usage": {"type": "duration", "seconds": 2.5}}"#,
            (1, 0, 25, 2, 45_000),
        ),
        // 8,000 bytes of Opus are two seconds.
        (r#"{"text": "Add milk"}"#, (1, 1, 20, 2, 40_000)),
    ] {
        let mut desk = Desk::new(Vec::new()).await;
        let mut costs = Costs {
            prices: [("ear".to_owned(), PRICE)].into(),
            daily: Some(59_000),
            daily_per_user: None,
        };
        costs.prices.insert("scripted".to_owned(), PRICE);
        desk.chat.costs = Arc::new(costs);
        desk.chat.transcriber = Some(Arc::new(Transcriber::at(Endpoint {
            model: "ear".to_owned(),
            base_url: testing::answering(answer).await,
            api_key: "none".to_owned(),
        })));
        let speech = json!({
            "type": "input.transcribe",
            "params": {"audio_base64": STANDARD.encode([7; 8_000]), "mime_type": "audio/webm"},
        });

        let heard = desk.json(speech.clone()).await;

        assert_eq!(heard["text"], "Add milk");
        assert_eq!(counted(&desk, "ear").await, expected);
        assert!(is_refused(&desk.refusal(speech).await));
    }
}

/// FR-206: refused before anything was written or asked; the built-in assistant goes on.
#[tokio::test]
async fn a_turn_that_the_budget_has_no_room_for_does_not_begin() {
    for limits in [(Some(22 * DOLLAR), None), (None, Some(22 * DOLLAR))] {
        let mut desk = Desk::new(says(3)).await;
        desk.chat.costs = costs(limits.0, limits.1);
        let first = desk.say("Hello").await;
        let thread = thread_of(&first);

        let refused = desk.refusal(add(&thread, "Hello again")).await;

        assert!(is_refused(&refused), "{refused:?}");
        assert_eq!(desk.count("select count(*) from runs").await, 1);
        assert_eq!(desk.count("select count(*) from items").await, 2);
        let builtin = desk.say_in(&thread, "Built-in: add milk").await;
        assert_eq!(answers(&builtin), ["Added “Milk”."]);
        let bob = Person::sign_up(&desk.database.db, "bob").await;
        desk.visit = visit(&bob);
        match limits {
            (Some(_), _) => assert!(is_refused(&desk.refusal(create("Hello")).await)),
            _ => assert_eq!(answers(&desk.say("Hello").await), ["Yes."]),
        }
        desk.chat.clock = || NOW.end_of_day();
        assert_eq!(answers(&desk.say("A new day").await), ["Yes."]);
    }
}

/// FR-206, SC-202: many at the same moment do not get more than there is.
#[tokio::test]
async fn turns_that_begin_at_the_same_moment_share_one_budget() {
    let never = Arc::new(Notify::new());
    let mut desk = Desk::new(vec![vec![Part::Wait(never)]; 8]).await;
    desk.chat.costs = costs(Some(65 * DOLLAR), None);

    let begun = (0..8).map(|number| desk.request(create(&format!("Hello {number}"))));
    let begun = futures_util::future::join_all(begun).await;

    assert_eq!(begun.iter().filter(|reply| reply.is_ok()).count(), 3);
    let refused = begun.iter().filter_map(|reply| reply.as_ref().err());
    assert!(
        refused.clone().all(is_refused),
        "{:?}",
        refused.collect::<Vec<_>>()
    );
    assert_eq!(desk.count("select count(*) from budget_holds").await, 3);
    // Whoever never comes back lets go of it in time.
    desk.chat.clock = || NOW.plus_seconds(601);
    assert!(desk.request(create("Hello later")).await.is_ok());
}

/// FR-207.
#[tokio::test]
async fn a_model_that_is_switched_off_is_not_asked_and_the_built_in_assistant_answers() {
    let desk = Desk::new(says(1)).await;
    switch(&desk, "models_off").await;

    let said = desk.say("Add milk").await;

    assert_eq!(answers(&said), ["Added “Milk”."]);
    let notice = said.iter().find(|event| event["type"] == "notice").unwrap();
    let told = notice["message"].as_str().unwrap();
    assert!(told.contains("switched off"), "{told}");
    assert_eq!(desk.count("select count(*) from model_usage").await, 0);
}

/// FR-207: in the middle of an answer, too. What was said so far stays.
#[tokio::test]
async fn a_switch_stops_an_answer_that_is_being_written() {
    let (on, never) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
    let script = vec![
        Part::Text("Half an answer"),
        Part::Wait(Arc::clone(&on)),
        Part::Text(" and more"),
        Part::Wait(never),
    ];
    let desk = Desk::new(vec![script]).await;
    let Stream {
        mut frames, work, ..
    } = desk.stream(create("Hello")).await;
    let working = tokio::spawn(work);
    let mut said: Vec<Value> = Vec::new();
    while !said.iter().any(|event| event.to_string().contains("Half")) {
        let frame = frames.recv().await.unwrap();
        said.extend(events(&[frame]));
    }

    switch(&desk, "models_off").await;
    on.notify_one();
    working.await.unwrap();

    while let Some(frame) = frames.recv().await {
        said.extend(events(&[frame]));
    }
    assert_eq!(types(&said).last(), Some(&"error"));
    let told = said.last().unwrap()["message"].as_str().unwrap();
    assert!(told.contains("switched off"), "{told}");
    assert_eq!(answers(&said), ["Half an answer and more"]);
    let failed = "select count(*) from runs where status = 'failed'";
    assert_eq!(desk.count(failed).await, 1);
}

/// FR-206: who has brought a model pays it, and takes nothing from the others' budget.
#[tokio::test]
async fn an_own_model_costs_the_deployment_nothing() {
    let mut desk = Desk::new(says(1)).await;
    let own = ModelServer::start(says(2)).await;
    crate::own::bring(&mut desk, &own, "a secret of tests").await;
    desk.chat.costs = costs(Some(1), Some(1));

    // With the title, which is asked for beside the answer.
    let Stream {
        mut frames, work, ..
    } = desk.stream(create("Hello")).await;
    work.await;

    let mut said = Vec::new();
    while let Some(frame) = frames.recv().await {
        said.extend(events(&[frame]));
    }
    assert_eq!(answers(&said), ["Yes."]);
    let client = desk.database.client().await;
    let sql = "select model, asked, input_tokens, cost from model_usage";
    let row = client.query_one(sql, &[]).await.unwrap();
    let read: (String, i32, i64, i64) = (row.get(0), row.get(1), row.get(2), row.get(3));
    assert_eq!(read, ("own".to_owned(), 2, 4_000, 0));
    assert_eq!(desk.count("select count(*) from spending").await, 0);
}

/// FR-208: a turn that is under way when nothing may be changed any more goes on afterwards.
#[tokio::test]
async fn a_turn_waits_while_nothing_may_be_changed() {
    let (on, never) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
    let script = vec![
        vec![
            Part::Text("Half an answer"),
            Part::Wait(Arc::clone(&on)),
            Part::Text(" and more"),
            Part::Wait(never),
        ],
        vec![Part::Text("A whole answer."), Part::End],
    ];
    let desk = Desk::new(script).await;
    let (run, working, _frames) = half_said(&desk).await;
    switch(&desk, "read_only").await;
    on.notify_one();
    working.await.unwrap();
    let running = "select count(*) from runs where status = 'running'";
    assert_eq!(desk.count(running).await, 1);
    let refused = desk.refusal(create("Another")).await;
    assert!(matches!(refused, Error::Store(store::Error::ReadOnly)));

    let client = desk.database.client().await;
    client.batch_execute("delete from switches").await.unwrap();
    desk.expire_leases().await;
    let stream = desk.chat.follow(&run, 0, &desk.visit).await.unwrap();
    let said = events(&crate::desk::whole(stream).await);

    assert_eq!(answers(&said), ["A whole answer."]);
}
