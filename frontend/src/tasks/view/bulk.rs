//! Doing something with several tasks at once.

use protocol::task::TaskPatch;
use yew::{Html, MouseEvent, html};

use crate::browser;
use crate::components::{Button, IconButton, Voice};
use crate::icon::Glyph;
use crate::tasks::link::TaskLink;
use crate::tasks::store::Tasks;
use crate::text::Text;

/// How many are chosen, and what can be done with them.
pub(super) fn bulk(tasks: &Tasks, link: &TaskLink, voice: &Voice) -> Html {
    let chosen = tasks.chosen_tasks();
    let count = chosen.len();
    let done = chosen.clone();
    let complete = link.on(move |link, _: MouseEvent| {
        for task in done.iter().filter(|task| !task.completed) {
            link.set_completed(task, true);
        }
        link.choosing(false);
    });
    let late = chosen.clone();
    let tomorrow = link.on(move |link, _: MouseEvent| {
        let due = browser::in_days(1).map(|day| day.to_string());
        for task in &late {
            let patch = TaskPatch {
                due: due.clone(),
                ..TaskPatch::default()
            };
            link.update(task, patch);
        }
        link.choosing(false);
    });
    let voice = voice.clone();
    let delete = link.on(move |link, _: MouseEvent| {
        let ids: Vec<_> = chosen.iter().map(|task| task.id).collect();
        for id in &ids {
            link.delete(*id);
        }
        link.choosing(false);
        let undo = link.on(move |link, ()| ids.iter().for_each(|id| link.restore(*id)));
        voice.offer_undo(Text::DeletedMany.count(count), undo);
    });
    let end = link.on(|link, _: MouseEvent| link.choosing(false));
    let is_none = count == 0;
    let button = |label: Text, glyph: Glyph| Button::new(label).glyph(glyph).busy(is_none);
    html! {
        <div class="bulk" role="group" aria-label={Text::Choose}>
            <p role="status">{Text::Chosen.count(count)}</p>
            {IconButton::new(Glyph::Close, Text::Cancel).class("small").onclick(end).view()}
            <div class="bulk-keys">
                {button(Text::Complete, Glyph::Check).onclick(complete).view()}
                {button(Text::ToTomorrow, Glyph::Clock).onclick(tomorrow).view()}
                {button(Text::Delete, Glyph::Trash).onclick(delete).view()}
            </div>
        </div>
    }
}
