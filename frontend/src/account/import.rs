//! Bringing tasks from elsewhere: a file is looked at first, and added when that is right.

use std::rc::Rc;

use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlInputElement;
use yew::html::ImplicitClone;
use yew::{
    Callback, Event, Html, MouseEvent, Properties, TargetCast, UseStateSetter, component, html,
    use_state,
};

use super::part;
use crate::api::{Api, Failure, Import as Found};
use crate::browser;
use crate::components::{Button, Notice, Tone};
use crate::icon::Glyph;
use crate::text::Text;

/// So many of the tasks and of the problems are shown.
const MOST: usize = 8;

#[derive(Properties, PartialEq)]
pub(super) struct ImportProps {
    pub api: Api,
    /// Hears that there are other tasks now.
    pub changed: Callback<()>,
}

#[derive(Clone)]
enum Step {
    Nothing,
    Seen(Rc<str>, Rc<Found>),
    Added(usize),
    Failed(Failure),
}

impl ImplicitClone for Step {}

#[component]
pub(super) fn Import(props: &ImportProps) -> Html {
    let step = use_state(|| Step::Nothing);
    let (api, set) = (props.api.clone(), step.setter());
    let onchange = Callback::from(move |event: Event| {
        let input = event.target_dyn_into::<HtmlInputElement>();
        let file = input.and_then(|input| input.files()?.get(0));
        if let Some(file) = file {
            let (api, set) = (api.clone(), set.clone());
            spawn_local(async move {
                let text: Rc<str> = browser::read_file(&file).await.into();
                send(&api, text, true, &set).await;
            });
        }
    });
    let body = html! {
        <>
            <label class="button button-plain file-button">
                <input type="file" class="unseen" accept=".csv,.ics,.txt,.md,text/*" {onchange} />
                {Text::ImportFile}
            </label>
            {outcome(&step, props, step.setter())}
        </>
    };
    part(Text::Import, Some(Text::ImportIntro), body)
}

/// Sends the text, to be looked at or to be added.
async fn send(api: &Api, text: Rc<str>, is_dry: bool, set: &UseStateSetter<Step>) -> bool {
    let answer = api.import(&browser::random_key(), &text, is_dry).await;
    let is_added = answer.is_ok() && !is_dry;
    set.set(match answer {
        Ok(found) if is_dry => Step::Seen(text, Rc::new(found)),
        Ok(added) => Step::Added(added.count),
        Err(failure) => Step::Failed(failure),
    });
    is_added
}

fn outcome(step: &Step, props: &ImportProps, set: UseStateSetter<Step>) -> Html {
    match step {
        Step::Nothing => html! {},
        Step::Failed(failure) => {
            Notice::new(Tone::Danger).view(html! { <p>{failure.sentence()}</p> })
        }
        Step::Added(count) => {
            let notice = Notice::new(Tone::Calm).glyph(Glyph::Check);
            notice.view(html! { <p role="status">{Text::ImportDone.count(*count)}</p> })
        }
        Step::Seen(text, found) => {
            let (api, changed, text) = (props.api.clone(), props.changed.clone(), Rc::clone(text));
            let add = Callback::from(move |_: MouseEvent| {
                let (api, changed) = (api.clone(), changed.clone());
                let (text, set) = (Rc::clone(&text), set.clone());
                spawn_local(async move {
                    if send(&api, text, false, &set).await {
                        changed.emit(());
                    }
                });
            });
            preview(found, add)
        }
    }
}

fn preview(found: &Found, add: Callback<MouseEvent>) -> Html {
    let problems = found.problems.iter().take(MOST).map(|problem| {
        let line = problem.line.to_string();
        let sentence = Text::ImportLine.with(&[("n", &line), ("why", &problem.message)]);
        html! { <li class="soft">{sentence}</li> }
    });
    let tasks = found.tasks.iter().take(MOST);
    let more = found.count.saturating_sub(MOST);
    html! {
        <div class="import" role="status">
            <p><strong>{Text::ImportPreview.count(found.count)}</strong></p>
            <ul>
                { for tasks.map(|task| html! { <li dir="auto">{task.title.clone()}</li> }) }
                if more > 0 {
                    <li class="soft">{Text::AndMore.count(more)}</li>
                }
            </ul>
            if found.skipped > 0 {
                <p>{Text::ImportSkipped.count(found.skipped)}</p>
            }
            <ul>{ for problems }</ul>
            if found.count > 0 {
                {Button::new(Text::ImportAdd).primary().glyph(Glyph::Plus).onclick(add).view()}
            }
        </div>
    }
}
