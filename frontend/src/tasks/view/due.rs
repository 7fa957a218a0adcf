//! When a task is due, in words.

use protocol::Due;
use yew::{Html, Properties, component, html};

use crate::browser;
use crate::icon::{Glyph, Icon};
use crate::text::Text;

#[derive(Properties, PartialEq)]
pub(super) struct DueMarkProps {
    pub due: Due,
    pub is_done: bool,
}

#[component]
pub(super) fn DueMark(props: &DueMarkProps) -> Html {
    let today = browser::today();
    let day = match (today, browser::in_days(1)) {
        (Some(today), _) if props.due.date() == today => Text::Today.into(),
        (_, Some(tomorrow)) if props.due.date() == tomorrow => Text::Tomorrow.into(),
        _ => browser::day_name(props.due),
    };
    let time = props
        .due
        .time()
        .map(|(hour, minute)| format!("{hour:02}:{minute:02}"));
    let is_late = !props.is_done && today.is_some_and(|today| props.due.date() < today);
    html! {
        <time class="due" datetime={props.due.to_string()} data-late={is_late.then_some("true")}>
            <Icon glyph={Glyph::Clock} />
            if is_late {
                <span class="unseen">{Text::Overdue}</span>
            }
            {day}
            if let Some(time) = time {
                {" "}{time}
            }
        </time>
    }
}
