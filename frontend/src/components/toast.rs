//! A word about what was just done, with the way to undo it.

use wasm_bindgen_futures::spawn_local;
use yew::html::ImplicitClone;
use yew::{
    AttrValue, Callback, ContextProvider, Html, Properties, UseStateHandle, component, hook, html,
    use_callback, use_context, use_effect_with, use_memo, use_mut_ref, use_state,
};

use super::button::IconButton;
use super::voice::use_voice;
use crate::browser;
use crate::icon::{Glyph, Icon};
use crate::text::Text;

/// Long enough to read, to decide and to reach it by keyboard.
const STAY_MILLIS: i32 = 12_000;

#[derive(Clone, PartialEq)]
struct Toast {
    number: u32,
    message: AttrValue,
    undo: Option<Callback<()>>,
}

/// Shows a toast; a newer one takes the place of the older.
#[derive(Clone, Default, PartialEq)]
pub struct Toaster(Callback<(AttrValue, Option<Callback<()>>)>);

impl ImplicitClone for Toaster {}

impl Toaster {
    pub fn say(&self, message: AttrValue) {
        self.0.emit((message, None));
    }

    pub fn offer_undo(&self, message: AttrValue, undo: Callback<()>) {
        self.0.emit((message, Some(undo)));
    }
}

/// The page's toaster; outside of [`Toasts`] it shows nothing.
#[hook]
pub fn use_toaster() -> Toaster {
    use_context().unwrap_or_default()
}

#[derive(Properties, PartialEq)]
pub struct ToastsProps {
    pub children: Html,
}

#[component]
pub fn Toasts(props: &ToastsProps) -> Html {
    let toast = use_state(|| None::<Toast>);
    let counter = use_mut_ref(|| 0_u32);
    let voice = use_voice();
    let toaster = use_memo((toast.setter(), voice), move |(set, voice)| {
        let (set, voice) = (set.clone(), voice.clone());
        Toaster(Callback::from(move |(message, undo): (AttrValue, _)| {
            voice.say(message.clone());
            *counter.borrow_mut() += 1;
            let number = *counter.borrow();
            set.set(Some(Toast {
                number,
                message,
                undo,
            }));
        }))
    });
    html! {
        <ContextProvider<Toaster> context={Toaster::clone(&toaster)}>
            {props.children.clone()}
            <Shown {toast} />
        </ContextProvider<Toaster>>
    }
}

#[derive(Properties, PartialEq)]
struct ShownProps {
    toast: UseStateHandle<Option<Toast>>,
}

#[component]
fn Shown(props: &ShownProps) -> Html {
    let held = use_mut_ref(|| false);
    let hold = use_callback(held.clone(), |_: yew::MouseEvent, held| {
        *held.borrow_mut() = true
    });
    let release = use_callback(held.clone(), |_: yew::MouseEvent, held| {
        *held.borrow_mut() = false
    });
    let number = props.toast.as_ref().map(|toast| toast.number);
    let setter = props.toast.setter();
    use_effect_with(number, move |number| {
        let still_there = std::rc::Rc::new(std::cell::Cell::new(number.is_some()));
        let watch = std::rc::Rc::clone(&still_there);
        spawn_local(async move {
            // A pointer that rests on it keeps it.
            while watch.get() {
                browser::wait(STAY_MILLIS).await;
                if watch.get() && !*held.borrow() {
                    setter.set(None);
                    break;
                }
            }
        });
        move || still_there.set(false)
    });
    let close = use_callback(props.toast.setter(), |_, set| set.set(None));
    let undo = use_callback(props.toast.clone(), |_, toast| {
        if let Some(undo) = toast.as_ref().and_then(|toast| toast.undo.as_ref()) {
            undo.emit(());
        }
        toast.set(None);
    });
    let Some(toast) = props.toast.as_ref() else {
        return html! {};
    };
    html! {
        <section class="toast" aria-label={Text::Notifications} key={toast.number} onmouseenter={hold} onmouseleave={release}>
            <p>{toast.message.clone()}</p>
            if toast.undo.is_some() {
                <button type="button" class="button toast-undo" onclick={undo}>
                    <Icon glyph={Glyph::Undo} />
                    <span>{Text::Undo}</span>
                </button>
            }
            <IconButton glyph={Glyph::Close} label={AttrValue::from(Text::Close)} onclick={close} class="small" />
        </section>
    }
}
