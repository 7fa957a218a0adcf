//! The parts of the program that the first page does without: files of their own, fetched when
//! somebody needs them.
//!
//! The build cuts the program at every function marked `#[wasm_split(part, fallible)]`. What
//! nothing else leads to goes into the part's file, and is no weight of the first page; so such a
//! function gives a plain one, which the rest of the program knows by its type alone. Elsewhere
//! than in a browser nothing is cut.
//!
//! A part that cannot be fetched is a call that found no network: the same words, and the same
//! way to try again.

use std::any::Any;
use std::pin::Pin;
use std::rc::Rc;

use wasm_split_helpers::SplitLoaderError;
use yew::{
    Callback, Html, Properties, component, hook, html, use_callback, use_effect_with, use_state,
};

use crate::api::Failure;
use crate::components::{Fetched, Pending, follow};
use crate::pages::checking;

/// What a part gives. Behind one type, since whatever awaits it would otherwise be in the program
/// once for each.
pub(crate) type Part = &'static dyn Any;

/// Draws what a component of these properties would.
pub(crate) type Draw<P> = fn(P) -> Html;

/// Something that a part does, in its time.
pub(crate) type Doing = Pin<Box<dyn Future<Output = ()>>>;

impl From<SplitLoaderError> for Failure {
    fn from(_: SplitLoaderError) -> Self {
        Self::Unreachable
    }
}

/// A part, fetched once it is wanted; and the way to try again.
#[hook]
pub(crate) fn use_part(
    fetch: fn() -> Pending<Part>,
    is_wanted: bool,
) -> (Fetched<Part>, Callback<()>) {
    let state = use_state(|| Fetched::Loading);
    let again = use_callback(state.setter(), move |(), set| follow(fetch(), set.clone()));
    use_effect_with((again.clone(), is_wanted), |(again, is_wanted)| {
        if *is_wanted {
            again.emit(());
        }
    });
    (Fetched::clone(&state), again)
}

impl Fetched<Part> {
    /// What the part gives, if it is here and gives that.
    pub(crate) fn part<T: 'static>(&self) -> Option<&'static T> {
        match self {
            Self::Ready(part) => part.downcast_ref(),
            Self::Loading | Self::Failed(_) => None,
        }
    }
}

/// What stands in the place of a part that is not here yet.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Room {
    /// Nothing, whatever happens.
    Empty,
    /// Bars, or why it is not here.
    Part,
    /// The same, as a page.
    Page,
    /// The outline of the workspace, or a card.
    Whole,
}

/// A component that lies in a part, by a name that is its own.
pub(crate) fn later<P: Clone + 'static>(
    name: &'static str,
    fetch: fn() -> Pending<Part>,
    room: Room,
    props: P,
) -> Html {
    let draw = move |part: Part| {
        let draw = part.downcast_ref::<Draw<P>>();
        draw.map_or_else(Html::default, |draw| draw(props.clone()))
    };
    later_with(name, fetch, room, Rc::new(draw))
}

/// Something that is drawn with the help of a part.
pub(crate) fn later_with(
    name: &'static str,
    fetch: fn() -> Pending<Part>,
    room: Room,
    draw: Rc<dyn Fn(Part) -> Html>,
) -> Html {
    html! { <Later key={name} {fetch} {room} {draw} /> }
}

#[derive(Properties)]
struct LaterProps {
    fetch: fn() -> Pending<Part>,
    room: Room,
    draw: Rc<dyn Fn(Part) -> Html>,
}

impl PartialEq for LaterProps {
    /// What is drawn compares its own properties.
    fn eq(&self, _: &Self) -> bool {
        false
    }
}

#[component]
fn Later(props: &LaterProps) -> Html {
    let (fetched, again) = use_part(props.fetch, true);
    if let Fetched::Ready(part) = &fetched {
        return (props.draw)(**part);
    }
    if props.room == Room::Empty {
        return html! {};
    }
    let missing = fetched.view(&again, |_| html! {});
    match (props.room, &fetched) {
        (Room::Page, _) => html! {
            <section class="account-page"><div class="account-body">{missing}</div></section>
        },
        (Room::Whole, Fetched::Loading) => checking(),
        (Room::Whole, _) => html! { <main class="lone"><div class="card">{missing}</div></main> },
        _ => missing,
    }
}
