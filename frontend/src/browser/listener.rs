//! Event listeners that go when their owner goes, and what else lasts as long as a component.

use std::cell::Cell;
use std::rc::Rc;

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use wasm_bindgen_futures::spawn_local;
use web_sys::{Element, Event, EventTarget, ResizeObserver};
use yew::{Callback, hook, use_callback, use_effect_with, use_state_eq};

/// Listens as long as it lives.
pub struct Listener {
    target: EventTarget,
    event: &'static str,
    closure: Closure<dyn Fn(Event)>,
}

impl Listener {
    pub fn new(target: EventTarget, event: &'static str, on: Callback<Event>) -> Self {
        let closure = Closure::new(move |event| on.emit(event));
        let _ = target.add_event_listener_with_callback(event, closure.as_ref().unchecked_ref());
        Self {
            target,
            event,
            closure,
        }
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        let function = self.closure.as_ref().unchecked_ref();
        let _ = self
            .target
            .remove_event_listener_with_callback(self.event, function);
    }
}

/// Tells when elements change their size, as long as it lives.
pub struct SizeWatcher {
    observer: Option<ResizeObserver>,
    _closure: Closure<dyn Fn()>,
}

impl SizeWatcher {
    pub fn new(elements: &[Element], on: impl Fn() + 'static) -> Self {
        let closure = Closure::new(on);
        let observer = ResizeObserver::new(closure.as_ref().unchecked_ref()).ok();
        if let Some(observer) = &observer {
            elements
                .iter()
                .for_each(|element| observer.observe(element));
        }
        Self {
            observer,
            _closure: closure,
        }
    }
}

impl Drop for SizeWatcher {
    fn drop(&mut self) {
        if let Some(observer) = &self.observer {
            observer.disconnect();
        }
    }
}

/// Listens to the window while the component is mounted.
#[hook]
pub fn use_window_event(event: &'static str, on: Callback<Event>) {
    use_effect_with(on, move |on| {
        let target = super::window().map(EventTarget::from);
        let listener = target.map(|target| Listener::new(target, event, on.clone()));
        move || drop(listener)
    });
}

/// Listens to the document while the component is mounted.
#[hook]
pub fn use_document_event(event: &'static str, on: Callback<Event>) {
    use_effect_with(on, move |on| {
        let target = super::document().map(EventTarget::from);
        let listener = target.map(|target| Listener::new(target, event, on.clone()));
        move || drop(listener)
    });
}

/// Whether the browser believes there is a network.
#[hook]
pub fn use_online() -> bool {
    let is_online = use_state_eq(super::is_online);
    let look = use_callback(is_online.setter(), |_: Event, set| {
        set.set(super::is_online())
    });
    use_window_event("online", look.clone());
    use_window_event("offline", look);
    *is_online
}

/// A network that is away without the browser knowing is looked for again after this time.
const PAUSE_MILLIS: i32 = 10_000;

/// Calls after a pause, and again after another, as long as something is amiss.
#[hook]
pub fn use_again(is_amiss: bool, again: Callback<()>) {
    use_effect_with((is_amiss, again), |(is_amiss, again)| {
        let is_on = Rc::new(Cell::new(*is_amiss));
        let (watch, again) = (Rc::clone(&is_on), again.clone());
        spawn_local(async move {
            while watch.get() {
                super::wait(PAUSE_MILLIS).await;
                if watch.get() {
                    again.emit(());
                }
            }
        });
        move || is_on.set(false)
    });
}
