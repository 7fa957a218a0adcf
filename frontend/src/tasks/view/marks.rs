//! What there is to know of a task beside its title.

use std::rc::Rc;

use protocol::Due;
use protocol::task::Priority;
use yew::{AttrValue, Html, html};

use super::due::due_mark;
use crate::icon::{Glyph, icon};
use crate::parts::{Part, Room, later_with};
use crate::tasks::dates::{Dates, dates};
use crate::text::Text;

#[derive(Default)]
pub(super) struct Marks<'a> {
    pub(super) due: Option<Due>,
    pub(super) is_done: bool,
    pub(super) recurrence: Option<Html>,
    pub(super) priority: Priority,
    pub(super) tags: &'a [String],
}

impl Marks<'_> {
    pub(super) fn view(self) -> Html {
        let priority = match self.priority {
            Priority::None => None,
            Priority::Low => Some(("low", Text::PriorityLow)),
            Priority::Medium => Some(("medium", Text::PriorityMedium)),
            Priority::High => Some(("high", Text::PriorityHigh)),
        };
        let priority = priority.map(|(level, label)| {
            html! { <span class="priority" data-level={level}>{icon(Glyph::Flag)}{label}</span> }
        });
        let tag = |tag: &String| html! { <span class="tag" dir="auto">{format!("#{tag}")}</span> };
        html! {
            <>
                <>{self.due.map(|due| due_mark(due, self.is_done))}</>
                <>{self.recurrence}</>
                <>{priority}</>
                { for self.tags.iter().map(tag) }
            </>
        }
    }
}

/// How often it comes again, in words.
pub(super) fn recurring(words: AttrValue) -> Html {
    html! { <span class="recurrence">{icon(Glyph::Repeat)}{words}</span> }
}

/// A rule of RFC 5545 in words; one that is not understood is not shown.
pub(super) fn rule(rule: String) -> Html {
    let words = move |part: Part| {
        let words = part
            .downcast_ref()
            .and_then(|dates: &Dates| (dates.in_words)(&rule));
        words.map_or_else(Html::default, recurring)
    };
    later_with("rule", || Box::pin(dates()), Room::Empty, Rc::new(words))
}
