//! How the page answers a person while a long answer streams into a long conversation: the real
//! front end, as it is deployed, in Chromium without a screen or a graphics card.
//!
//! The browser, the functions, Postgres and the model share the processors of this machine, so a
//! person's own device is busy with less.

use std::time::Duration;

use fantoccini::key::Key;
use serde_json::{Value, json};
use testing::{Database, ModelServer, Part};

use crate::browser::{IS_IDLE, Page};
use crate::driver::Driver;
use crate::measure::{MEBIBYTE, Samples};
use crate::report::Row;
use crate::site::Site;

/// Messages of the conversation, questions and answers.
const MESSAGES: u64 = 500;
const TOKENS: usize = 10_000;
const ANSWERS: usize = 3;

/// What was aimed at, in milliseconds from a key or a press to what is seen of it.
const NEXT_PAINT: f64 = 100.0;

/// Between two pieces of the answer, each of which is one token: a fast model's pace.
const PACE: Duration = Duration::from_millis(2);

/// A person presses a key so often at the most.
const KEYS: Duration = Duration::from_millis(80);

/// What the browser tells of keys and presses: the longest event of each, where that took more
/// than a frame, and how many there were.
const WATCH: &str = "(() => {
    window.slow = new Map();
    window.before = performance.interactionCount;
    new PerformanceObserver(list => list.getEntries().forEach(({interactionId, duration}) => {
        if (!interactionId) return;
        slow.set(interactionId, Math.max(duration, slow.get(interactionId) ?? 0));
    })).observe({type: 'event', durationThreshold: 16});
    return true;
})()";
const WATCHED: &str = "({all: performance.interactionCount - before, slow: [...slow.values()]})";

/// The button above the oldest message that is shown, where there are older ones.
const OLDER: &str = ".thread > .button-quiet:first-child";

/// Shorter ones are not told apart.
const FRAME: f64 = 16.0;

pub(crate) async fn rows() -> Vec<Row> {
    let model = ModelServer::with_mind(speaks).await;
    let database = Database::new().await;
    let site = serve(&database.url, &model.base_url);
    let driver = Driver::start();
    let page = Page {
        client: driver.open().await,
        site: site.url.clone(),
    };
    page.sign_up("Ann").await;
    converse(&page).await;
    page.reload().await;
    page.see(".answer").await;
    show_all(&page).await;

    let (mut seen, mut rows) = (Samples::default(), Vec::new());
    let mut kept = vec![held(&page).await];
    for _ in 0..ANSWERS {
        seen.extend(use_while_answered(&page).await);
        kept.push(held(&page).await);
    }
    let messages = page.count(".bubble").await + page.count(".answer").await;
    rows.push(
        Row::new(format!(
            "a key or a press, while {TOKENS} tokens come into {messages} messages (n={})",
            seen.len()
        ))
        .figure("p50", seen.percentile(50), "ms")
        .figure("p98", seen.percentile(98), "ms")
        .figure("longest", seen.percentile(100), "ms")
        .aim("p98", NEXT_PAINT),
    );
    let [before, first, .., last] = &kept[..] else {
        unreachable!("it was looked at before and after every answer");
    };
    rows.push(
        Row::new("memory of the page, of script, program and document")
            .figure("before", before.0 / MEBIBYTE, "MiB")
            .figure("after one answer", first.0 / MEBIBYTE, "MiB")
            .figure("after three", last.0 / MEBIBYTE, "MiB")
            .figure("nodes before", before.1, "")
            .figure("nodes after three", last.1, ""),
    );
    page.client.close().await.expect("the browser ends");
    rows
}

/// The deployment, with this model.
fn serve(database_url: &str, model: &str) -> Site {
    let more = [
        ("RATE_LIMIT_REQUESTS", "off"),
        ("OPENAI_API_KEY", "sk-none"),
        ("OPENAI_BASE_URL", model),
        ("OPENAI_MODEL", "scripted"),
    ];
    let more = more.map(|(name, value)| (name.to_owned(), value.to_owned()));
    Site::start_with(database_url, |mut options| {
        options.env.extend(more);
        options
    })
}

/// Short answers, and one of so many tokens for whoever asks for a long one.
fn speaks(request: &Value) -> Vec<Part> {
    let last = request["messages"].as_array().and_then(|all| all.last());
    let asked = last.map(|last| last["content"].to_string());
    if !asked.is_some_and(|asked| asked.contains("at length")) {
        return vec![Part::Text("It is on **your** list."), Part::End];
    }
    let words = [
        "Some ",
        "of ",
        "the ",
        "words ",
        "are ",
        "**strong** ",
        "and ",
        "`code`",
        ", ",
        "and ",
        "then ",
        "there ",
        "is ",
        "a ",
        "list",
        ":\n\n",
        "- one ",
        "of ",
        "milk\n",
        "- two ",
        "of ",
        "bread\n\n",
    ];
    let pieces = words.iter().cycle().take(TOKENS);
    let mut answer: Vec<_> = pieces
        .flat_map(|word| [Part::Text(word), Part::Think(PACE)])
        .collect();
    answer.push(Part::End);
    answer
}

/// Fills a conversation by the chat's simple form, and opens it.
async fn converse(page: &Page) {
    page.ask("Hello").await;
    let script = format!(
        "const done = arguments[arguments.length - 1];
        (async () => {{
            const thread = location.pathname.split('/').pop();
            const {{token}} = await (await fetch('/api/auth/token')).json();
            for (let sent = 2; sent < {MESSAGES}; sent += 2) {{
                const answer = await fetch('/api/chat', {{method: 'POST',
                    headers: {{authorization: `Bearer ${{token}}`, 'content-type': 'application/json'}},
                    body: JSON.stringify({{conversation_id: thread, message: `Add milk, the ${{sent}}th`}})}});
                if (!answer.ok) throw new Error(await answer.text());
            }}
        }})().then(() => done(null), error => done(String(error)));"
    );
    let failed = page.client.execute_async(&script, vec![]).await;
    assert_eq!(failed.expect("the script runs"), Value::Null);
}

/// Goes back to the beginning of the conversation.
async fn show_all(page: &Page) {
    while page.count(OLDER).await > 0 {
        let before = page.count(".bubble").await;
        page.click(OLDER).await;
        page.until(&format!(
            "document.querySelectorAll('.bubble').length > {before}"
        ))
        .await;
    }
    page.press(&Key::End).await;
}

/// Asks for the long answer, and types and presses until it is there.
async fn use_while_answered(page: &Page) -> Samples {
    page.eval(WATCH).await;
    page.type_in("#message", "Tell me at length\n").await;
    page.see("[data-open]").await;
    let mut keys = 0_u32;
    while page.eval(&format!("Boolean({IS_IDLE})")).await == json!(false) {
        match keys % 20 {
            19 => page.click(".search-key").await,
            _ => page.type_in("#message", "w").await,
        }
        keys += 1;
        tokio::time::sleep(KEYS).await;
    }
    let told = page.eval(WATCHED).await;
    let slow: Vec<f64> = serde_json::from_value(told["slow"].clone()).expect("they are numbers");
    let all = told["all"].as_f64().unwrap_or_default() as usize;
    let mut samples = Samples::default();
    for _ in slow.len()..all {
        samples.put_millis(FRAME);
    }
    for duration in slow {
        samples.put_millis(duration);
    }
    samples
}

/// Bytes that the page holds, and nodes of its document, once nothing else can be collected.
async fn held(page: &Page) -> (f64, f64) {
    page.devtools("HeapProfiler.collectGarbage", json!({}))
        .await;
    let heap = page.devtools("Runtime.getHeapUsage", json!({})).await;
    let parts = ["usedSize", "embedderHeapUsedSize", "backingStorageSize"];
    let bytes = parts.map(|part| heap[part].as_f64().unwrap_or_default());
    let counters = page.devtools("Memory.getDOMCounters", json!({})).await;
    (
        bytes.iter().sum(),
        counters["nodes"].as_f64().unwrap_or_default(),
    )
}
