//! What the page says by itself: to those who listen, and about what was just done.
//!
//! A streamed answer would be read out word by word if its place in the page were a live
//! region, so nothing is one but this: it says that an answer begins and that it is there.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlElement;
use yew::html::ImplicitClone;
use yew::{
    AttrValue, Callback, ContextProvider, Event, FocusEvent, Html, KeyboardEvent, MouseEvent,
    Properties, Reducible, UseReducerDispatcher, component, hook, html, use_callback, use_context,
    use_effect_with, use_memo, use_reducer,
};

use super::button::IconButton;
use crate::browser::{self, use_document_event};
use crate::icon::{Glyph, icon};
use crate::text::Text;

/// Long enough to read and to decide.
const STAY_MILLIS: i32 = 12_000;
/// A pointer that rests on the toast keeps it, and so does the keyboard in it.
const HELD: &str = ".toast:hover, .toast:focus-within";

/// Speaks through the page's one live region, and shows its one toast.
#[derive(Clone, PartialEq)]
pub struct Voice(UseReducerDispatcher<Said>);

impl ImplicitClone for Voice {}

impl Voice {
    /// Says it to a screen reader.
    pub fn say(&self, sentence: impl Into<AttrValue>) {
        self.0.dispatch(Utterance::Said(sentence.into()));
    }

    /// Says it, and shows it for a while.
    pub fn show(&self, sentence: AttrValue) {
        self.0.dispatch(Utterance::Shown(sentence, None));
    }

    /// Says and shows what was done, with the way to undo it.
    pub fn offer_undo(&self, sentence: AttrValue, undo: Callback<()>) {
        self.0.dispatch(Utterance::Shown(sentence, Some(undo)));
    }
}

/// The voice of the page, within a [`VoiceRegion`].
///
/// # Panics
/// If it is called anywhere else.
#[hook]
pub fn use_voice() -> Voice {
    use_context().expect("the page is mounted within a voice region")
}

/// What is said and shown at the moment.
#[derive(Clone, Default)]
struct Said {
    /// Makes the same sentence, said twice, two different contents.
    count: u32,
    sentence: AttrValue,
    toast: Option<Toast>,
}

#[derive(Clone)]
struct Toast {
    message: AttrValue,
    undo: Option<Callback<()>>,
}

enum Utterance {
    Said(AttrValue),
    Shown(AttrValue, Option<Callback<()>>),
    /// The toast has been seen.
    Closed,
}

impl Reducible for Said {
    type Action = Utterance;

    fn reduce(self: Rc<Self>, utterance: Utterance) -> Rc<Self> {
        let mut next = Rc::unwrap_or_clone(self);
        match utterance {
            Utterance::Closed => next.toast = None,
            Utterance::Said(sentence) => {
                next.sentence = sentence;
                next.count += 1;
            }
            Utterance::Shown(message, undo) => {
                next.sentence = message.clone();
                next.count += 1;
                next.toast = Some(Toast { message, undo });
            }
        }
        Rc::new(next)
    }
}

#[derive(Properties, PartialEq)]
pub struct VoiceRegionProps {
    pub children: Html,
}

/// Gives everything inside it a [`Voice`].
#[component]
pub fn VoiceRegion(props: &VoiceRegionProps) -> Html {
    let said = use_reducer(Said::default);
    let dispatch = said.dispatcher();
    let is_near = use_memo((), |()| Rc::new(Cell::new(false)));
    let approach = use_callback(Rc::clone(&is_near), |event: Event, is_near| {
        let event: KeyboardEvent = event.unchecked_into();
        is_near.set(is_near.get() || event.key() == "Tab");
    });
    use_document_event("keydown", approach);
    let count = said.toast.as_ref().map(|_| said.count);
    let seen = dispatch.clone();
    use_effect_with(count, move |count| {
        let is_shown = Rc::new(Cell::new(count.is_some()));
        let watch = Rc::clone(&is_shown);
        spawn_local(async move {
            while watch.get() {
                is_near.set(false);
                browser::wait(STAY_MILLIS).await;
                // Nor does it go while somebody is on the way to it by keyboard.
                if watch.get() && !is_near.get() && !browser::finds(HELD) {
                    watch.set(false);
                    seen.dispatch(Utterance::Closed);
                }
            }
        });
        move || is_shown.set(false)
    });
    let (onfocusin, close) = use_way_back(&dispatch);
    let toast = said.toast.as_ref().map(|toast| {
        html! {
            <section class="toast" aria-label={Text::Notifications} key={said.count} {onfocusin}>
                {toast.view(close)}
            </section>
        }
    });
    // The toast has a place of its own; coming and going beside the page it would renew the page.
    html! {
        <ContextProvider<Voice> context={Voice(dispatch)}>
            {props.children.clone()}
            <>{toast}</>
            <div class="unseen voice" role="status" aria-live="polite">
                <p key={said.count}>{said.sentence.clone()}</p>
            </div>
        </ContextProvider<Voice>>
    }
}

/// Notes where the keyboard was before it came into the toast, and closes the toast so that it is
/// there again.
#[hook]
fn use_way_back(
    dispatch: &UseReducerDispatcher<Said>,
) -> (Callback<FocusEvent>, Callback<MouseEvent>) {
    let origin = use_memo((), |()| RefCell::new(None::<HtmlElement>));
    let enter = use_callback(Rc::clone(&origin), |event: FocusEvent, origin| {
        let from = event.related_target();
        let from = from.and_then(|from| from.dyn_into::<HtmlElement>().ok());
        let is_outside = |from: &HtmlElement| matches!(from.closest(".toast"), Ok(None));
        if let Some(from) = from.filter(is_outside) {
            origin.replace(Some(from));
        }
    });
    let close = use_callback(
        (dispatch.clone(), origin),
        |_: MouseEvent, (dispatch, origin)| {
            dispatch.dispatch(Utterance::Closed);
            if let Some(origin) = origin.take() {
                let _ = origin.focus();
            }
        },
    );
    (enter, close)
}

impl Toast {
    fn view(&self, close: Callback<MouseEvent>) -> Html {
        let undo = self.undo.clone().map(|undo| {
            let close = close.clone();
            let onclick = Callback::from(move |event| {
                undo.emit(());
                close.emit(event);
            });
            html! {
                <button type="button" class="button toast-undo" {onclick}>
                    {icon(Glyph::Undo)}<span>{Text::Undo}</span>
                </button>
            }
        });
        html! {
            <>
                <p>{self.message.clone()}</p>
                <>{undo}</>
                {IconButton::new(Glyph::Close, Text::Close).class("small").onclick(close).view()}
            </>
        }
    }
}
