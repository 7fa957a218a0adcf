//! Taking everything along, and leaving.

use wasm_bindgen_futures::spawn_local;
use yew::{Html, MouseEvent, Properties, component, html, use_state_eq};

use super::delete::Delete;
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
}

#[component]
pub(super) fn Data(props: &DataProps) -> Html {
    let is_busy = use_state_eq(|| false);
    let (api, busy, voice) = (props.api.clone(), is_busy.setter(), use_voice());
    let download = move |_: MouseEvent| {
        let (api, busy, voice) = (api.clone(), busy.clone(), voice.clone());
        busy.set(true);
        spawn_local(async move {
            match api.file("/api/account/export").await {
                Ok(file) => {
                    browser::save(&file, "latchwork.zip");
                    voice.show(Text::Exported.into());
                }
                Err(failure) => voice.show(failure.sentence()),
            }
            busy.set(false);
        });
    };
    let button = Button::new(Text::ExportAll).glyph(Glyph::ArrowDown);
    let button = button.busy(*is_busy).onclick(download.into()).view();
    html! {
        <>
            {part(Text::Export, Some(Text::ExportIntro), button)}
            <Delete user={&props.user} api={&props.api} counts={props.counts} />
        </>
    }
}
