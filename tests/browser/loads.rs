//! SC-003 on the real page: in whatever order the answers come that it needs to begin, and
//! whichever of them fail, no chat is there before its session, and none of anybody else.
//!
//! `loads.js` stands in the place of the network; all its chance comes from the seed.

use serde_json::{Value, json};

use crate::page::Page;
use crate::world::browse;

/// Pages that the browser loads from the beginning.
const WHOLE: u32 = 24;

/// Programs begun anew, so many in one page: each has a memory of its own, of which a browser
/// reserves far more room than is used, and gives it back only when it collects what nobody needs.
const IN_ONE_PAGE: u32 = 50;

const HARNESS: &str = include_str!("loads.js");

/// Plays, and gives how often a chat was seen and how much was answered.
async fn play(page: &Page, call: &str) -> (u64, u64) {
    let script = format!(
        "const done = arguments[arguments.length - 1]; \
            window.loads.{call}.then(done, error => done({{faults: [String(error)]}}));"
    );
    let seen = page.client.execute_async(&script, vec![]).await.unwrap();
    assert_eq!(seen["faults"], json!([]), "{call}");
    let number = |name: &str| seen[name].as_u64().unwrap();
    (number("mounted"), number("answered"))
}

async fn harnessed(page: &Page) {
    let harness: Value = json!({"source": HARNESS});
    page.devtools("Page.addScriptToEvaluateOnNewDocument", harness)
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn no_chat_before_its_session_however_a_page_is_loaded() {
    browse("loads", async |world| {
        let page = world.page().await;
        harnessed(&page).await;
        let (mut mounted, mut answered) = (0, 0);

        for seed in 0..WHOLE {
            page.open("/").await;
            let seen = play(&page, &format!("first({seed})")).await;
            mounted += seen.0;
            answered += seen.1;
        }

        assert!(
            mounted > 0 && answered > u64::from(WHOLE),
            "{mounted} {answered}"
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn no_chat_before_its_session_in_a_thousand_begun_programs() {
    browse("begun", async |world| {
        let page = world.page().await;
        harnessed(&page).await;
        let mut mounted = 0;

        for from in (1_000..2_000).step_by(IN_ONE_PAGE as usize) {
            page.open("/").await;
            play(&page, &format!("first({from})")).await;
            let to = from + IN_ONE_PAGE;
            mounted += play(&page, &format!("again({from}, {to})")).await.0;
            page.open("/icon.svg").await;
            page.devtools("HeapProfiler.collectGarbage", json!({}))
                .await;
        }

        assert!(mounted > 1_000, "{mounted}");
    })
    .await;
}
