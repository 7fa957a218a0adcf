//! Taking everything along, and leaving.

use wasm_bindgen_futures::spawn_local;
use yew::{Callback, Html, MouseEvent, Properties, component, html, use_state_eq};

use super::delete::Delete;
use super::import::Import;
use super::part;
use crate::api::Api;
use crate::browser;
use crate::components::{Button, use_voice};
use crate::gate::VerifiedUser;
use crate::icon::Glyph;
use crate::text::Text;

#[derive(Properties, PartialEq)]
pub(super) struct DataProps {
    pub user: VerifiedUser,
    pub api: Api,
    pub counts: (usize, usize),
    /// Hears that there are other tasks now.
    pub changed: Callback<()>,
}

const FORMATS: [(&str, &str, Text); 3] = [
    (
        "/api/tasks/export?format=csv",
        "tasks.csv",
        Text::FormatTable,
    ),
    (
        "/api/tasks/export?format=ics",
        "tasks.ics",
        Text::FormatCalendar,
    ),
    ("/api/tasks/export?format=md", "tasks.md", Text::FormatText),
];

#[component]
pub(super) fn Data(props: &DataProps) -> Html {
    let is_busy = use_state_eq(|| false);
    let (api, busy, voice) = (props.api.clone(), is_busy.setter(), use_voice());
    let download = |path: &'static str, name: &'static str| {
        let (api, busy, voice) = (api.clone(), busy.clone(), voice.clone());
        Callback::from(move |_: MouseEvent| {
            let (api, busy, voice) = (api.clone(), busy.clone(), voice.clone());
            busy.set(true);
            spawn_local(async move {
                match api.file(path).await {
                    Ok(file) => {
                        browser::save(&file, name);
                        voice.show(Text::Exported.into());
                    }
                    Err(failure) => voice.show(failure.sentence()),
                }
                busy.set(false);
            });
        })
    };
    let button = Button::new(Text::ExportAll)
        .glyph(Glyph::ArrowDown)
        .busy(*is_busy);
    let all = download("/api/account/export", "latchwork.zip");
    let format = |(path, name, label): (&'static str, &'static str, Text)| {
        Button::new(label).onclick(download(path, name)).view()
    };
    let formats = html! { <div class="bulk-keys">{ for FORMATS.into_iter().map(format) }</div> };
    html! {
        <>
            <Import api={&props.api} changed={&props.changed} />
            {part(Text::Export, Some(Text::ExportIntro), button.onclick(all).view())}
            {part(Text::ExportTasks, Some(Text::ExportTasksIntro), formats)}
            <Delete user={&props.user} api={&props.api} counts={props.counts} />
        </>
    }
}
