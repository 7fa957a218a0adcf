//! What was done with the tasks, and by whom.

use std::rc::Rc;

use protocol::task::{Actor, Change, ChangeKind, Changes};
use wasm_split_helpers::wasm_split;
use yew::{
    AttrValue, Callback, Html, MouseEvent, Properties, UseStateHandle, component, html,
    use_effect_with, use_state_eq,
};

use crate::api::{Failure, Undo};
use crate::browser;
use crate::components::{Button, IconButton, Pending, Voice, use_fetched, use_voice};
use crate::icon::{Glyph, icon};
use crate::parts::{Draw, Part, Room, later};
use crate::tasks::link::TaskLink;
use crate::text::Text;

/// So many changes are shown.
const MOST: u32 = 100;

#[derive(Clone, Properties, PartialEq)]
pub(super) struct ActivityProps {
    pub link: TaskLink,
    /// The newest change there is.
    pub seq: i64,
}

/// The log, once it is here.
pub(super) fn activity(props: ActivityProps) -> Html {
    later("activity", || Box::pin(log()), Room::Part, props)
}

#[wasm_split(list, fallible)]
fn log() -> Result<Part, Failure> {
    static DRAW: Draw<ActivityProps> = |props| html! { <Log ..props /> };
    Ok(&DRAW)
}

#[component]
fn Log(props: &ActivityProps) -> Html {
    let api = props.link.api().clone();
    let fetch = move || -> Pending<Changes> {
        let api = api.clone();
        Box::pin(async move { api.task_activity(MOST).await })
    };
    let (changes, reload) = use_fetched(Rc::new(fetch), props.seq);
    let (voice, asked) = (use_voice(), use_state_eq(Asked::default));
    use_effect_with(*asked, |asked| asked.focus());
    let list = changes.view(&reload, |changes| match changes.changes.is_empty() {
        true => html! { <p class="soft">{Text::NoActivity}</p> },
        false => {
            let entries = changes.changes.iter().map(|change| {
                // They stand newest first, and there is no newer one that is not among them.
                let later = |other: &&Change| other.at > change.at;
                match changes.changes.iter().filter(later).count() {
                    0 => entry(change, html! {}),
                    later => entry(change, back(change, later, &asked, &props.link, &voice)),
                }
            });
            html! {
                <ol class="activity" aria-label={Text::Activity}>{ for entries }</ol>
            }
        }
    });
    html! { <div class="task-list">{list}</div> }
}

/// Whether the person was asked to confirm the way back to a change.
#[derive(Clone, Copy, Default, PartialEq)]
enum Asked {
    #[default]
    Never,
    Now(i64),
    /// They were, and answered.
    Before(i64),
}

impl Asked {
    /// The keyboard goes to the question, and back to where it was asked.
    fn focus(self) {
        match self {
            Self::Never => {}
            Self::Now(seq) => browser::focus(&place(seq)),
            Self::Before(seq) => {
                let place =
                    browser::document().and_then(|page| page.get_element_by_id(&place(seq)));
                if let Some(place) = place {
                    browser::focus_within(&place, "button");
                }
            }
        }
    }
}

fn place(seq: i64) -> String {
    format!("back-to-{seq}")
}

/// The way back to how everything was after this change; it asks before it takes back the later
/// ones.
fn back(
    change: &Change,
    later: usize,
    asked: &UseStateHandle<Asked>,
    link: &TaskLink,
    voice: &Voice,
) -> Html {
    let (seq, moment) = (change.seq, change.at);
    let answer = |to: Asked| {
        let asked = asked.setter();
        Callback::from(move |_: MouseEvent| asked.set(to))
    };
    let id = place(seq);
    if **asked != Asked::Now(seq) {
        let button = IconButton::new(Glyph::Undo, Text::BackTo).class("small back-key");
        return html! { <span {id}>{button.onclick(answer(Asked::Now(seq))).view()}</span> };
    }
    let (close, link, voice) = (answer(Asked::Before(seq)), link.clone(), voice.clone());
    let take_back = Callback::from(move |event| {
        close.emit(event);
        let undo = Undo {
            since: Some(moment),
            ..Undo::default()
        };
        link.undo(undo, &voice);
    });
    let cancel = Button::new(Text::Cancel).quiet();
    html! {
        <div class="activity-back" role="group" aria-labelledby={id.clone()}>
            <p {id} tabindex="-1">{Text::BackToAsk.count(later)}</p>
            {Button::new(Text::Undo).onclick(take_back).view()}
            {cancel.onclick(answer(Asked::Before(seq))).view()}
        </div>
    }
}

fn entry(change: &Change, back: Html) -> Html {
    let (glyph, kind) = kind_name(change.kind);
    let who: AttrValue = match &change.actor {
        Actor::User => Text::ByYou.into(),
        Actor::Assistant { .. } => Text::ByAssistant.into(),
        Actor::Client { name } => name.clone().into(),
    };
    let before = change.before.as_ref().map(|task| &task.title);
    let old = before.filter(|title| **title != change.after.title);
    html! {
        <li key={change.seq}>
            {icon(glyph)}
            <div>
                <p>
                    <span class="soft">{kind}</span>{" "}
                    if let Some(old) = old {
                        <s dir="auto">{old.clone()}</s>{" "}
                    }
                    <span dir="auto">{change.after.title.clone()}</span>
                </p>
                <p class="soft activity-who">
                    <bdi>{who}</bdi>{" · "}{browser::moment(&change.at.to_string())}
                </p>
            </div>
            {back}
        </li>
    }
}

/// What a kind of change looks like, and is called.
pub const fn kind_name(kind: ChangeKind) -> (Glyph, Text) {
    match kind {
        ChangeKind::Added => (Glyph::Plus, Text::KindAdded),
        ChangeKind::Updated => (Glyph::Pencil, Text::KindUpdated),
        ChangeKind::Completed => (Glyph::Check, Text::KindCompleted),
        ChangeKind::Reopened => (Glyph::Repeat, Text::KindReopened),
        ChangeKind::Deleted => (Glyph::Trash, Text::KindDeleted),
        ChangeKind::Restored => (Glyph::Undo, Text::KindRestored),
        ChangeKind::Moved => (Glyph::ArrowDown, Text::KindMoved),
        ChangeKind::Undone => (Glyph::Undo, Text::KindUndone),
    }
}
