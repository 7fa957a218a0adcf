//! What there is to know of a task beside its title.

use protocol::Due;
use protocol::task::Priority;
use yew::{AttrValue, Html, html};

use super::due::due_mark;
use crate::icon::{Glyph, icon};
use crate::text::Text;

#[derive(Default)]
pub(super) struct Marks<'a> {
    pub(super) due: Option<Due>,
    pub(super) is_done: bool,
    /// In words.
    pub(super) recurrence: Option<AttrValue>,
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
        let recurrence = self.recurrence.map(|words| {
            html! { <span class="recurrence">{icon(Glyph::Repeat)}{words}</span> }
        });
        let tag = |tag: &String| html! { <span class="tag" dir="auto">{format!("#{tag}")}</span> };
        html! {
            <>
                <>{self.due.map(|due| due_mark(due, self.is_done))}</>
                <>{recurrence}</>
                <>{priority}</>
                { for self.tags.iter().map(tag) }
            </>
        }
    }
}

/// A rule in words; one that is not understood is not shown.
pub(super) fn in_words(rule: &str) -> Option<AttrValue> {
    let rule = when::Recurrence::parse(rule).ok()?;
    Some(rule.english().into())
}
