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

/// Takes over the shell that `index.html` has painted, once it knows the person's words.
pub fn mount() {
    spawn_local(async {
        text::begin().await;
        let root = browser::document().and_then(|page| page.get_element_by_id("app"));
        if let Some(root) = root {
            // The outline that is painted first looks the same, so nobody sees the exchange.
            root.set_text_content(None);
            Renderer::<app::App>::with_root(root).render();
        }
    });
}
