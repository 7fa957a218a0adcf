//! Which model answers, and the way to bring one of one's own.

use std::rc::Rc;

use protocol::model::{ModelSettings, NewModel, OwnModel};
use wasm_bindgen_futures::spawn_local;
use yew::{AttrValue, Callback, Html, MouseEvent, Properties, component, html, use_node_ref};

use super::part;
use crate::api::Api;
use crate::browser::{self, Form};
use crate::components::{
    Attempt, Button, Field, Notice, Pending, Tone, Voice, use_fetched, use_submit, use_voice,
};
use crate::icon::{Glyph, icon};
use crate::text::Text;

/// Characters that a key may have.
const LONGEST_KEY: u16 = 512;

#[derive(Properties, PartialEq)]
pub(super) struct ModelProps {
    pub api: Api,
}

#[component]
pub(super) fn Model(props: &ModelProps) -> Html {
    let api = props.api.clone();
    let fetch = move || -> Pending<ModelSettings> {
        let api = api.clone();
        Box::pin(async move { api.model().await })
    };
    let (settings, reload) = use_fetched(Rc::new(fetch), 0);
    let voice = use_voice();
    settings.view(&reload, |settings| {
        let own = settings.own.as_ref();
        let brought = own.map(|own| own_view(own, &props.api, &reload, &voice));
        html! {
            <>
                {part(Text::Model, None, html! { <p>{answers(settings)}</p> })}
                {part(Text::OwnModel, Some(Text::OwnModelIntro), html! {
                    <>
                        <>{brought}</>
                        if settings.enabled {
                            <ModelForm api={&props.api} changed={reload.clone()} />
                        } else {
                            {Notice::new(Tone::Calm).view(html! { <p>{Text::OwnModelOff}</p> })}
                        }
                    </>
                })}
            </>
        }
    })
}

/// What answers this person: their own model where they may have one.
fn answers(settings: &ModelSettings) -> AttrValue {
    match settings.own.as_ref().filter(|_| settings.enabled) {
        Some(own) => Text::ModelAnswers.with(&[("model", &own.model)]),
        None if settings.builtin => Text::BuiltInAnswers.into(),
        None => Text::ModelAnswers.with(&[("model", &settings.model)]),
    }
}

fn own_view(own: &OwnModel, api: &Api, reload: &Callback<()>, voice: &Voice) -> Html {
    let (api, reload, voice) = (api.clone(), reload.clone(), voice.clone());
    let remove = Callback::from(move |_: MouseEvent| {
        let (api, reload, voice) = (api.clone(), reload.clone(), voice.clone());
        spawn_local(async move {
            match api.delete_model().await {
                Ok(_) => reload.emit(()),
                Err(failure) => voice.show(failure.sentence()),
            }
        });
    });
    let when = browser::moment(&own.set_at.to_string());
    let key = match own.key_end.as_str() {
        "" => Text::KeySet.with(&[("when", &when)]),
        end => Text::KeyEnds.with(&[("end", end), ("when", &when)]),
    };
    html! {
        <ul class="account-list">
            <li>
                <span class="card-icon">{icon(Glyph::Sparkle)}</span>
                <div class="account-item">
                    <strong dir="auto">{own.model.clone()}</strong>
                    <span class="soft"><bdi>{own.base_url.clone()}</bdi></span>
                    <span class="soft">{key}</span>
                </div>
                {Button::new(Text::RemoveModel).onclick(remove).view()}
            </li>
        </ul>
    }
}

#[derive(Properties, PartialEq)]
struct ModelFormProps {
    api: Api,
    changed: Callback<()>,
}

/// The key is asked for each time: it is nowhere to be read again.
#[component]
fn ModelForm(props: &ModelFormProps) -> Html {
    let node = use_node_ref();
    let (api, changed, voice) = (props.api.clone(), props.changed.clone(), use_voice());
    let act = move |form: Form| -> Pending<()> {
        let (api, changed, voice) = (api.clone(), changed.clone(), voice.clone());
        Box::pin(async move {
            let address = form.value("model-server").trim().to_owned();
            let new = NewModel {
                model: form.value("model-name").trim().to_owned(),
                base_url: (!address.is_empty()).then_some(address),
                key: form.value("model-key").trim().to_owned(),
            };
            api.set_model(&new).await?;
            form.0.reset();
            voice.show(Text::ModelSet.into());
            changed.emit(());
            Ok(())
        })
    };
    let (attempt, onsubmit) = use_submit(&node, Rc::new(act));
    let server = Field::new("model-server", Text::ModelServer, "off").kind("url");
    let key = Field::new("model-key", Text::ModelKey, "off").kind("password");
    let failed = attempt.failure().map(|_| attempt.notice(Text::Saved));
    let send = Button::new(Text::UseModel).glyph(Glyph::Check).submit();
    html! {
        <form ref={node} class="account-fields" {onsubmit}>
            {Field::new("model-name", Text::ModelName, "off").view()}
            {server.optional().hint(Some(Text::ModelServerHint)).view()}
            {key.longest(LONGEST_KEY).hint(Some(Text::ModelKeyHint)).view()}
            {send.busy(attempt == Attempt::Busy).view()}
            <>{failed}</>
        </form>
    }
}
