//! The page: the gate, the chat, the list.
//!
//! State lives in pure reducers that are tested without a browser; `api` is the only module
//! that fetches, `browser` the only one that asks the browser for anything else, and `text`
//! holds every visible sentence.

pub mod account;
pub mod api;
mod app;
pub mod browser;
pub mod chat;
pub mod components;
pub mod gate;
pub mod icon;
pub mod markdown;
pub mod pages;
mod parts;
pub mod route;
pub mod sorted;
pub mod sse;
pub mod status;
pub mod tasks;
pub mod text;
pub mod wire;
pub mod workspace;

use wasm_bindgen_futures::spawn_local;
use yew::Renderer;

use app::{App, AppProps};
use browser::Outline;
use text::Text;

/// Begins behind the outline that `index.html` has painted, once it knows the person's words.
pub fn mount() {
    spawn_local(async {
        text::begin().await;
        let painted = browser::document().and_then(|page| page.get_element_by_id("app"));
        if let Some((outline, root)) = painted.and_then(Outline::behind) {
            outline.say(Text::CheckingSession.as_str());
            Renderer::<App>::with_root_and_props(root, AppProps { outline }).render();
        }
    });
}
