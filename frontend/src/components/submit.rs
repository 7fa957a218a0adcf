//! Sending a form, and fetching what a page shows.

use std::pin::Pin;
use std::rc::Rc;

use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlFormElement;
use yew::{
    Callback, Html, MouseEvent, NodeRef, SubmitEvent, UseStateSetter, hook, html, use_callback,
    use_effect_with, use_state,
};

use super::bars::bars;
use super::button::Button;
use super::notice::{Notice, Tone};
use crate::api::Failure;
use crate::browser::Form;
use crate::icon::Glyph;
use crate::text::Text;

/// What is asked of the server, on its way.
pub type Pending<T> = Pin<Box<dyn Future<Output = Result<T, Failure>>>>;

/// How far the sending of a form is.
#[derive(Clone, Debug, PartialEq)]
pub enum Attempt {
    Idle,
    Busy,
    Done,
    Failed(Failure),
}

impl Attempt {
    pub fn failure(&self) -> Option<&Failure> {
        match self {
            Self::Failed(failure) => Some(failure),
            _ => None,
        }
    }

    /// What became of it; `done` is what is said of a success.
    pub fn notice(&self, done: Text) -> Html {
        match self {
            Self::Idle | Self::Busy => html! {},
            Self::Done => {
                let notice = Notice::new(Tone::Calm).glyph(Glyph::Check);
                html! { <div role="status">{notice.view(html! { <p>{done}</p> })}</div> }
            }
            Self::Failed(failure) => {
                Notice::new(Tone::Danger).view(html! { <p>{failure.sentence()}</p> })
            }
        }
    }
}

/// Sends the form at the node, once at a time.
#[hook]
pub fn use_submit(
    node: &NodeRef,
    act: Rc<dyn Fn(Form) -> Pending<()>>,
) -> (Attempt, Callback<SubmitEvent>) {
    let attempt = use_state(|| Attempt::Idle);
    let (node, now) = (node.clone(), attempt.clone());
    let onsubmit = Callback::from(move |event: SubmitEvent| {
        event.prevent_default();
        let form = node.cast::<HtmlFormElement>().map(Form);
        let Some(form) = form.filter(|_| *now != Attempt::Busy) else {
            return;
        };
        now.set(Attempt::Busy);
        let (pending, now) = (act(form), now.setter());
        spawn_local(async move {
            now.set(match pending.await {
                Ok(()) => Attempt::Done,
                Err(failure) => Attempt::Failed(failure),
            });
        });
    });
    (Attempt::clone(&attempt), onsubmit)
}

/// What was fetched for a page.
pub enum Fetched<T> {
    Loading,
    Ready(Rc<T>),
    Failed(Failure),
}

impl<T> Clone for Fetched<T> {
    fn clone(&self) -> Self {
        match self {
            Self::Loading => Self::Loading,
            Self::Ready(value) => Self::Ready(Rc::clone(value)),
            Self::Failed(failure) => Self::Failed(failure.clone()),
        }
    }
}

impl<T> Fetched<T> {
    /// The page, or in its place what is missing and why.
    pub fn view(&self, reload: &Callback<()>, page: impl FnOnce(&T) -> Html) -> Html {
        match self {
            Self::Loading => waiting(),
            Self::Ready(value) => page(value),
            Self::Failed(failure) => failed(failure, reload),
        }
    }
}

fn waiting() -> Html {
    html! { <div aria-busy="true">{bars(4)}</div> }
}

fn failed(failure: &Failure, reload: &Callback<()>) -> Html {
    let again = Button::new(Text::TryAgain).glyph(Glyph::Repeat);
    let again = again.onclick(reload.reform(|_: MouseEvent| ()));
    Notice::new(Tone::Warning).view(html! { <><p>{failure.sentence()}</p>{again.view()}</> })
}

/// Fetches when the component is mounted, when the version is another, and when the callback is
/// called.
#[hook]
pub fn use_fetched<T: 'static>(
    fetch: Rc<dyn Fn() -> Pending<T>>,
    version: i64,
) -> (Fetched<T>, Callback<()>) {
    let state = use_state(|| Fetched::Loading);
    let reload = use_callback((), {
        let set = state.setter();
        move |(), ()| follow(fetch(), set.clone())
    });
    use_effect_with((reload.clone(), version), |(reload, _)| reload.emit(()));
    (Fetched::clone(&state), reload)
}

/// Keeps what becomes of it; once the page has moved on, nobody needs to hear.
pub fn follow<T: 'static>(pending: Pending<T>, set: UseStateSetter<Fetched<T>>) {
    spawn_local(async move {
        match pending.await {
            Ok(value) => set.set(Fetched::Ready(Rc::new(value))),
            Err(Failure::Closed) => {}
            Err(failure) => set.set(Fetched::Failed(failure)),
        }
    });
}
