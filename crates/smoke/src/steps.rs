//! What is tried.

use authcheck::{Answer, Site};
use protocol::run::{RUN_ID_HEADER, RunStatus};
use serde_json::{Value, json};

use crate::person::{Person, want};
use crate::{Fault, Result};

const TITLE: &str = "test the smoke alarm";

/// What a conversation left.
pub(crate) struct Talk {
    thread: String,
    run: String,
    events: Vec<Value>,
    task: i64,
}

fn fault<T>(why: impl Into<String>) -> Result<T> {
    Err(Fault(why.into()))
}

pub(crate) async fn health(site: &Site) -> Result<()> {
    want(
        "/api/health",
        200,
        site.answer(site.get("/api/health")).await?,
    )?;
    want(
        "/api/ready",
        200,
        site.answer(site.get("/api/ready")).await?,
    )?;
    Ok(())
}

pub(crate) async fn page(site: &Site) -> Result<()> {
    let page = want("/", 200, site.answer(site.get("/")).await?)?;
    let policy = page.header("content-security-policy");
    if !policy.contains("default-src 'none'") || policy.contains("'unsafe-inline'") {
        return fault("The page's Content-Security-Policy is absent, or lets scripts in.");
    }
    if page.body.contains("<textarea") {
        return fault("The chat stands in the page before anybody has signed in.");
    }
    let unknown = site.answer(site.get("/api/there-is-no-such-route")).await?;
    let unknown = want("an unknown route", 404, unknown)?;
    if unknown.json().is_none() {
        return fault("An unknown API route answers with a page: a rewrite swallows it.");
    }
    Ok(())
}

pub(crate) async fn gate(site: &Site) -> Result<()> {
    for path in ["/api/tasks", "/api/runs", "/api/auth/token"] {
        want(path, 401, site.answer(site.get(path)).await?)?;
    }
    for path in ["/api/chatkit", "/api/chat", "/api/mcp"] {
        want(path, 401, site.answer(site.post(path, &json!({}))).await?)?;
    }
    Ok(())
}

pub(crate) async fn chat(site: &Site, ann: &Person) -> Result<Talk> {
    let text = format!("Add a task to {TITLE}");
    let say = json!({
        "type": "threads.create",
        "params": {"input": {
            "content": [{"type": "input_text", "text": text}],
            "attachments": [], "inference_options": {},
        }},
    });
    let answer = want(
        "/api/chatkit",
        200,
        ann.post(site, "/api/chatkit", &say).await?,
    )?;
    let events = events(&answer)?;
    let thread = events
        .iter()
        .find_map(|event| event["thread"]["id"].as_str())
        .ok_or_else(|| Fault("The stream names no thread.".to_owned()))?;
    let tasks = want("/api/tasks", 200, ann.get(site, "/api/tasks").await?)?;
    let tasks = tasks.json().unwrap_or_default();
    let task = tasks["tasks"]
        .as_array()
        .into_iter()
        .flatten()
        .find(|task| {
            let title = task["title"].as_str().unwrap_or_default();
            title.to_lowercase().contains("smoke alarm")
        })
        .and_then(|task| task["id"].as_i64());
    let Some(task) = task else {
        return fault("The answer ended, and the task is not in the list.");
    };
    Ok(Talk {
        thread: thread.to_owned(),
        run: answer.header(RUN_ID_HEADER).to_owned(),
        events,
        task,
    })
}

pub(crate) async fn resume(site: &Site, ann: &Person, talk: &Talk) -> Result<()> {
    // From the start, as on another device, and from the middle, as after a lost connection.
    for after in [0, talk.events.len() / 2] {
        let path = format!("/api/runs/{}/events?after={after}", talk.run);
        let again = want("the run's events", 200, ann.get(site, &path).await?)?;
        if events(&again)? != talk.events[after..] {
            return fault("The stream tells something else when it is read again.");
        }
    }
    Ok(())
}

pub(crate) async fn stop(site: &Site, ann: &Person, talk: &Talk) -> Result<()> {
    let path = format!("/api/runs/{}/stop", talk.run);
    let answer = ann.post(site, &path, &json!({})).await?;
    if !answer.is_success() {
        want("the stop", 200, answer)?;
    }
    let path = format!("/api/runs?thread_id={}", talk.thread);
    let runs = want("/api/runs", 200, ann.get(site, &path).await?)?;
    let runs = runs.json().unwrap_or_default();
    let status = serde_json::from_value::<RunStatus>(runs["runs"][0]["status"].clone());
    if !status.is_ok_and(RunStatus::is_over) {
        return fault("The turn is not over.");
    }
    Ok(())
}

pub(crate) async fn isolation(site: &Site, bob: &Person, talk: &Talk) -> Result<()> {
    let tasks = want("/api/tasks", 200, bob.get(site, "/api/tasks").await?)?;
    if tasks.json().unwrap_or_default()["tasks"] != json!([]) {
        return fault("A new person's list is not empty.");
    }
    let task = format!("/api/tasks/{}", talk.task);
    want("another's task", 404, bob.get(site, &task).await?)?;
    let run = format!("/api/runs/{}/events?after=0", talk.run);
    want("another's run", 404, bob.get(site, &run).await?)?;
    let thread = json!({"type": "threads.get_by_id", "params": {"thread_id": talk.thread}});
    let thread = bob.post(site, "/api/chatkit", &thread).await?;
    want("another's conversation", 404, thread)?;
    Ok(())
}

pub(crate) async fn sign_out(site: &Site, ann: &mut Person) -> Result<()> {
    let out = site
        .post("/api/auth/sign-out", &json!({}))
        .header("cookie", &ann.cookie);
    want("/api/auth/sign-out", 200, site.answer(out).await?)?;
    let token = site.get("/api/auth/token").header("cookie", &ann.cookie);
    want(
        "/api/auth/token, signed out,",
        401,
        site.answer(token).await?,
    )?;
    let tasks = ann.get(site, "/api/tasks").await?;
    want("/api/tasks, signed out,", 401, tasks)?;
    ann.sign_in(site).await?;
    let tasks = want("/api/tasks", 200, ann.get(site, "/api/tasks").await?)?;
    if tasks.json().unwrap_or_default()["tasks"] == json!([]) {
        return fault("After signing in again the task is gone.");
    }
    Ok(())
}

pub(crate) async fn delete(site: &Site, person: &mut Person) -> Result<()> {
    let request = || {
        site.post("/api/auth/delete-user", &person.password())
            .header("cookie", &person.cookie)
    };
    want("/api/auth/delete-user", 200, site.answer(request()).await?)?;
    let tasks = person.get(site, "/api/tasks").await?;
    want("/api/tasks, deleted,", 401, tasks)?;
    Ok(())
}

fn events(answer: &Answer) -> Result<Vec<Value>> {
    let lines = answer.body.lines();
    let events: std::result::Result<Vec<Value>, _> = lines
        .filter_map(|line| line.strip_prefix("data: "))
        .map(serde_json::from_str)
        .collect();
    match events {
        Ok(events) if !events.is_empty() => Ok(events),
        _ => fault("The stream holds no events, or something else."),
    }
}
