//! One thing that a server does, and what has to come of it.

use std::time::Duration;

use agent::{Api, Endpoint, Finished, Message, Model, ModelError, ModelEvent, Patience};
use futures_util::StreamExt;
use futures_util::future::join_all;
use serde_json::{Value, json};
use testing::{RawServer, Step};

/// What has to come of it.
pub(crate) enum Wanted {
    Text(&'static str),
    /// A call of this tool with these arguments, and no other.
    Call(&'static str, Value),
    Calls(usize),
    Fault(ModelError),
}

pub(crate) struct Scenario {
    pub(crate) name: &'static str,
    pub(crate) api: Api,
    pub(crate) answers: Vec<Vec<Step>>,
    pub(crate) wanted: Wanted,
    /// How often the server is asked.
    pub(crate) asked: usize,
}

pub(crate) const IMPATIENT: Patience = Patience {
    first: Duration::from_millis(1_500),
    silence: Duration::from_millis(1_500),
    pause: Duration::from_millis(5),
};

pub(crate) fn model(api: Api, base_url: &str) -> Model {
    let endpoint = Endpoint {
        model: "scripted".to_owned(),
        base_url: base_url.to_owned(),
        api_key: "sk-test".to_owned(),
    };
    Model::speaking(api, endpoint, IMPATIENT)
}

/// Asks once, and reads to the end.
pub(crate) async fn ask(model: &Model, messages: &[Message]) -> Result<Finished, ModelError> {
    let mut stream = model.ask("Help.", messages, None, true);
    let mut text = String::new();
    let mut end = None;
    while let Some(event) = stream.next().await {
        assert!(end.is_none(), "nothing comes after the end");
        match event {
            Ok(ModelEvent::Text(piece)) => text.push_str(&piece),
            Ok(ModelEvent::Used(_)) => {}
            Ok(ModelEvent::Finished(finished)) => end = Some(Ok(finished)),
            Err(fault) => end = Some(Err(fault)),
        }
    }
    let end = end.expect("no stream ends silently");
    if let Ok(finished) = &end
        && !text.is_empty()
    {
        assert_eq!(finished.text, text);
    }
    end
}

impl Scenario {
    async fn fault(&self) -> Option<String> {
        let server = RawServer::start(self.answers.clone()).await;
        let model = model(self.api, &server.base_url);
        let said = [Message::user("Hello")];
        let got = tokio::time::timeout(Duration::from_secs(10), ask(&model, &said));
        let got = match got.await {
            Ok(got) => got,
            Err(_) => return Some("it hangs".to_owned()),
        };
        let fits = match (&self.wanted, &got) {
            (Wanted::Text(text), Ok(got)) => got.text == *text && got.calls.is_empty(),
            (Wanted::Call(tool, arguments), Ok(got)) => {
                got.calls == [((*tool).to_owned(), arguments.clone())]
            }
            (Wanted::Calls(count), Ok(got)) => got.calls.len() == *count,
            (Wanted::Fault(fault), Err(got)) => got == fault,
            _ => false,
        };
        if !fits {
            return Some(format!("{got:?}"));
        }
        let asked = server.asked();
        (asked != self.asked).then(|| format!("it was asked {asked} times"))
    }
}

/// Runs all of them at once.
pub(crate) async fn run(scenarios: Vec<Scenario>) {
    let faults = join_all(scenarios.iter().map(Scenario::fault)).await;
    let told: Vec<String> = scenarios
        .iter()
        .zip(faults)
        .filter_map(|(scenario, fault)| Some(format!("{}: {}", scenario.name, fault?)))
        .collect();
    assert!(told.is_empty(), "{}", told.join("\n"));
}

/// Lines of data, as a stream has them.
pub(crate) fn lines(data: &[Value]) -> String {
    data.iter()
        .map(|data| format!("data: {data}\n\n"))
        .collect()
}

pub(crate) fn delta(delta: &Value) -> Value {
    json!({"choices": [{"index": 0, "delta": delta}]})
}

pub(crate) fn end(reason: &str) -> Value {
    json!({"choices": [{"index": 0, "delta": {}, "finish_reason": reason}]})
}
