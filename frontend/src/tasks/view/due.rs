//! When a task is due, in words.

use protocol::Due;
use yew::{Html, html};

use crate::browser;
use crate::icon::{Glyph, icon};
use crate::text::Text;

pub(super) fn due_mark(due: Due, is_done: bool) -> Html {
    let today = browser::today();
    let day = match (today, browser::in_days(1)) {
        (Some(today), _) if due.date() == today => Text::Today.into(),
        (_, Some(tomorrow)) if due.date() == tomorrow => Text::Tomorrow.into(),
        _ => browser::day_name(due),
    };
    let time = due
        .time()
        .map(|(hour, minute)| format!(" {hour:02}:{minute:02}"));
    let is_late = !is_done && today.is_some_and(|today| due.date() < today);
    html! {
        <time class="due" datetime={due.to_string()} data-late={is_late.then_some("true")}>
            {icon(Glyph::Clock)}
            if is_late {
                <span class="unseen">{Text::Overdue}</span>
            }
            {day}{time}
        </time>
    }
}
