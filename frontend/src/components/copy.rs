//! Copying text to the clipboard.

use wasm_bindgen_futures::spawn_local;
use yew::{AttrValue, Html, Properties, component, use_callback, use_state_eq};

use super::button::IconButton;
use super::voice::use_voice;
use crate::browser;
use crate::icon::Glyph;
use crate::text::Text;

/// How long the button says that it did.
const THANKS_MILLIS: i32 = 2_000;

#[derive(Properties, PartialEq)]
pub struct CopyButtonProps {
    pub text: AttrValue,
    /// What it copies.
    pub label: Text,
}

#[component]
pub fn CopyButton(props: &CopyButtonProps) -> Html {
    let is_done = use_state_eq(|| false);
    let deps = (props.text.clone(), use_voice(), is_done.setter());
    let copy = use_callback(deps, |_, (text, voice, is_done)| {
        let (text, voice, is_done) = (text.clone(), voice.clone(), is_done.clone());
        spawn_local(async move {
            if browser::copy(&text).await {
                is_done.set(true);
                voice.say(Text::Copied);
                browser::wait(THANKS_MILLIS).await;
                is_done.set(false);
            } else {
                voice.say(Text::CopyFailed);
            }
        });
    });
    let (glyph, label) = match *is_done {
        true => (Glyph::Check, Text::Copied),
        false => (Glyph::Copy, props.label),
    };
    IconButton::new(glyph, label)
        .class("small")
        .onclick(copy)
        .view()
}
