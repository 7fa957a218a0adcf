//! What was done with the tasks, and by whom.

use std::rc::Rc;

use protocol::task::{Actor, Change, ChangeKind, Changes};
use yew::{AttrValue, Html, Properties, component, html};

use crate::browser;
use crate::components::{Pending, use_fetched};
use crate::icon::{Glyph, icon};
use crate::tasks::link::TaskLink;
use crate::text::Text;

/// So many changes are shown.
const MOST: u32 = 100;

#[derive(Properties, PartialEq)]
pub(super) struct ActivityProps {
    pub link: TaskLink,
    /// The newest change there is.
    pub seq: i64,
}

#[component]
pub(super) fn Activity(props: &ActivityProps) -> Html {
    let api = props.link.api().clone();
    let fetch = move || -> Pending<Changes> {
        let api = api.clone();
        Box::pin(async move { api.task_activity(MOST).await })
    };
    let (changes, reload) = use_fetched(Rc::new(fetch), props.seq);
    let list = changes.view(&reload, |changes| match changes.changes.is_empty() {
        true => html! { <p class="soft">{Text::NoActivity}</p> },
        false => html! {
            <ol class="activity" aria-label={Text::Activity}>{ for changes.changes.iter().map(entry) }</ol>
        },
    });
    html! { <div class="task-list">{list}</div> }
}

fn entry(change: &Change) -> Html {
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
