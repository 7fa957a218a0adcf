//! What one tab tells the others.

use std::rc::Rc;

use wasm_bindgen::JsCast;
use web_sys::{BroadcastChannel, Event, MessageEvent};
use yew::{Callback, hook, use_effect_with, use_memo};

use super::Listener;

/// A line to the other tabs of this browser. Messages are plain words.
#[derive(Clone, PartialEq)]
pub struct Channel(Option<Rc<Line>>);

#[derive(PartialEq)]
struct Line(BroadcastChannel);

impl Channel {
    fn open(name: &str) -> Self {
        Self(
            BroadcastChannel::new(name)
                .ok()
                .map(|line| Rc::new(Line(line))),
        )
    }

    /// Tells the other tabs; the tab that speaks does not hear itself.
    pub fn say(&self, word: &str) {
        if let Some(line) = &self.0 {
            let _ = line.0.post_message(&word.into());
        }
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        self.0.close();
    }
}

/// Opens a line for as long as the component is mounted.
#[hook]
pub fn use_channel(name: &'static str) -> Channel {
    let channel = use_memo((), |()| Channel::open(name));
    Channel::clone(&channel)
}

/// Hears what the other tabs say.
#[hook]
pub fn use_heard(channel: &Channel, on: Callback<String>) {
    use_effect_with((channel.clone(), on), |(channel, on)| {
        let listener = channel.0.as_ref().map(|line| {
            let on = on.clone();
            let hear = Callback::from(move |event: Event| {
                let message = event.dyn_ref::<MessageEvent>();
                if let Some(word) = message.and_then(|message| message.data().as_string()) {
                    on.emit(word);
                }
            });
            Listener::new(line.0.clone().into(), "message", hear)
        });
        move || drop(listener)
    });
}
