//! The few things the page asks of the browser itself.
//!
//! **Invariant:** storage holds drafts and unsent words, never a token. A browser that refuses
//! one of these services (private windows refuse storage) costs a convenience, not the page.

mod calendar;
mod channel;
mod file;
mod form;
mod listener;
mod looks;
mod microphone;
mod notify;
mod outline;
mod storage;

use std::fmt::Write;

use js_sys::{Array, Function, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Document, Element, HtmlElement, Window};

pub use calendar::{calendar_now, day_name, in_days, local_moment, moment, plural, today};
pub use channel::{Channel, use_channel, use_heard};
pub use file::{read_file, save};
pub use form::{Form, end_early};
pub use listener::{
    Listener, SizeWatcher, use_again, use_document_event, use_online, use_window_event,
};
pub use looks::{Theme, begin_looks, chosen_language, set_language, set_theme, theme};
pub use microphone::{Recording, base64, has_microphone};
pub use notify::{ask_to_notify, may_notify, notify};
pub use outline::Outline;
pub use storage::{Drafts, Outbox, claim_tab, forget};

/// The window, which every page has.
pub fn window() -> Option<Window> {
    web_sys::window()
}

pub fn document() -> Option<Document> {
    window()?.document()
}

/// Milliseconds since 1970, by this machine's clock.
pub fn now() -> f64 {
    js_sys::Date::now()
}

/// The text in small letters. The browser knows those of every script; a table of them would weigh
/// as much as the page's own words.
pub fn lower_case(text: &str) -> String {
    #[cfg(target_arch = "wasm32")]
    let lower = js_sys::JsString::from(text).to_lower_case().into();
    #[cfg(not(target_arch = "wasm32"))]
    let lower = text.to_lowercase();
    lower
}

/// A key that no one has used before: 128 bits of chance.
pub fn random_key() -> String {
    let mut bytes = [0; 16];
    if let Some(crypto) = window().and_then(|window| window.crypto().ok()) {
        // Fails only for more than 65,536 bytes.
        let _ = crypto.get_random_values_with_u8_array(&mut bytes);
    }
    bytes.iter().fold(String::new(), |mut key, byte| {
        let _ = write!(key, "{byte:02x}");
        key
    })
}

/// Lets at least so many milliseconds pass.
pub async fn wait(millis: i32) {
    let _ = JsFuture::from(timer(millis)).await;
}

/// A promise that is kept after so many milliseconds.
pub fn timer(millis: i32) -> Promise {
    Promise::new(&mut |resolve: Function, _| {
        if let Some(window) = window() {
            let _ = window.set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, millis);
        }
    })
}

/// The IANA name of the person's time zone.
pub fn time_zone() -> Option<String> {
    let options =
        js_sys::Intl::DateTimeFormat::new(&Array::new(), &js_sys::Object::new()).resolved_options();
    Reflect::get(&options, &"timeZone".into()).ok()?.as_string()
}

/// Whether the browser believes there is a network. It may be wrong when it says yes.
pub fn is_online() -> bool {
    window().is_none_or(|window| window.navigator().on_line())
}

pub fn is_visible() -> bool {
    document().is_none_or(|page| page.visibility_state() == web_sys::VisibilityState::Visible)
}

/// A parameter of the address.
pub fn query(name: &str) -> Option<String> {
    let search = window()?.location().search().ok()?;
    let pairs = search.strip_prefix('?')?.split('&');
    let mut pairs = pairs.filter_map(|pair| pair.split_once('='));
    pairs
        .find(|pair| pair.0 == name)
        .map(|pair| pair.1.to_owned())
}

/// Takes the parameters out of the address, which this one has served once it is read.
pub fn take_query(name: &str) -> Option<String> {
    let value = query(name)?;
    let window = window()?;
    let path = window.location().pathname().ok()?;
    let history = window.history().ok()?;
    let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&path));
    Some(value)
}

/// Where this page comes from, such as `https://latchwork.example`.
pub fn origin() -> String {
    let origin = window().and_then(|window| window.location().origin().ok());
    origin.unwrap_or_default()
}

/// Loads the page anew.
pub fn start_again() {
    if let Some(window) = window() {
        let _ = window.location().reload();
    }
}

pub fn set_title(title: &str) {
    if let Some(document) = document() {
        document.set_title(title);
    }
}

/// Moves the keyboard to the element with this id, if it is there.
pub fn focus(id: &str) {
    let element = document().and_then(|page| page.get_element_by_id(id));
    if let Some(element) = element.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        let _ = element.focus();
    }
}

/// Whether something on the page matches at this moment.
pub fn finds(selector: &str) -> bool {
    let found = document().and_then(|page| page.query_selector(selector).ok().flatten());
    found.is_some()
}

/// Whether the keyboard is nowhere, as after its element has gone.
pub fn has_no_focus() -> bool {
    let active = document().and_then(|page| page.active_element());
    active.is_none_or(|active| active.tag_name() == "BODY")
}

/// Whether the keyboard is in a text, where its keys have their usual meaning.
pub fn is_typing() -> bool {
    let active = document().and_then(|page| page.active_element());
    active.is_some_and(|active| ["INPUT", "TEXTAREA"].contains(&active.tag_name().as_str()))
}

/// Moves the keyboard to the first match within an element.
pub fn focus_within(element: &Element, selector: &str) {
    let found = element.query_selector(selector).ok().flatten();
    if let Some(found) = found.and_then(|found| found.dyn_into::<HtmlElement>().ok()) {
        let _ = found.focus();
    }
}

/// Puts text on the clipboard; `false` when the browser would not.
pub async fn copy(text: &str) -> bool {
    let Some(window) = window() else {
        return false;
    };
    // Pages that are not served securely have no clipboard at all.
    let clipboard = window.navigator().clipboard();
    if JsValue::from(&clipboard).is_undefined() {
        return false;
    }
    JsFuture::from(clipboard.write_text(text)).await.is_ok()
}

/// Whether the main way to point is a finger: then there is a keyboard on the screen, whose
/// Enter makes a new line.
pub fn has_touch_keyboard() -> bool {
    let query = window().and_then(|window| window.match_media("(pointer: coarse)").ok()?);
    query.is_some_and(|query| query.matches())
}
