//! Programs that act for the person, and tokens for those that cannot ask.

use std::rc::Rc;

use protocol::grant::{Grant, NewToken};
use wasm_bindgen_futures::spawn_local;
use yew::{
    AttrValue, Callback, Html, MouseEvent, Properties, component, html, use_node_ref, use_state_eq,
};

use super::part;
use crate::api::Api;
use crate::browser::{self, Form};
use crate::components::{
    Attempt, Button, CopyButton, Field, Notice, Pending, Tone, Voice, use_fetched, use_submit,
    use_voice,
};
use crate::icon::{Glyph, icon};
use crate::text::Text;

#[derive(Properties, PartialEq)]
pub(super) struct ProgramsProps {
    pub api: Api,
}

#[component]
pub(super) fn Programs(props: &ProgramsProps) -> Html {
    let api = props.api.clone();
    let fetch = move || -> Pending<Vec<Grant>> {
        let api = api.clone();
        Box::pin(async move { api.grants().await })
    };
    let (grants, reload) = use_fetched(Rc::new(fetch), 0);
    let voice = use_voice();
    let list = |is_token: bool, none: Text| {
        grants.view(&reload, |grants| {
            let wanted = grants
                .iter()
                .filter(|grant| grant.client_id.is_none() == is_token);
            let rows: Vec<Html> = wanted
                .map(|grant| grant_view(grant, &props.api, &reload, &voice))
                .collect();
            match rows.is_empty() {
                true => html! { <p class="soft">{none}</p> },
                false => html! { <ul class="account-list">{ for rows }</ul> },
            }
        })
    };
    let tokens = html! {
        <>
            {list(true, Text::NoTokens)}
            <TokenForm api={&props.api} created={reload.clone()} />
        </>
    };
    html! {
        <>
            {part(Text::Programs, Some(Text::ProgramsIntro), list(false, Text::NoPrograms))}
            {address()}
            {part(Text::AccessTokens, Some(Text::TokensIntro), tokens)}
        </>
    }
}

/// Where programs find the tools.
fn address() -> Html {
    let address: AttrValue = format!("{}/api/mcp", browser::origin()).into();
    html! {
        <p class="mcp-address">
            <span class="soft">{Text::McpAddress}</span>
            <code>{address.clone()}</code>
            <CopyButton text={address} label={Text::CopyAddress} />
        </p>
    }
}

fn grant_view(grant: &Grant, api: &Api, reload: &Callback<()>, voice: &Voice) -> Html {
    let (api, id) = (api.clone(), grant.id.clone());
    let (reload, voice) = (reload.clone(), voice.clone());
    let revoke = move |_: MouseEvent| {
        let (api, id) = (api.clone(), id.clone());
        let (reload, voice) = (reload.clone(), voice.clone());
        spawn_local(async move {
            match api.delete_grant(&id).await {
                Ok(()) => reload.emit(()),
                Err(failure) => voice.show(failure.sentence()),
            }
        });
    };
    let scope = match grant.scope.contains("write") {
        true => Text::ScopeWrite,
        false => Text::ScopeRead,
    };
    let used = match grant.last_used_at {
        Some(at) => Text::LastUsed.with(&[("when", &browser::moment(&at.to_string()))]),
        None => Text::NeverUsed.into(),
    };
    let ends = browser::moment(&grant.expires_at.to_string());
    let label = Text::RevokeNamed.with(&[("name", &grant.name)]);
    html! {
        <li key={grant.id.clone()}>
            <span class="card-icon">{icon(Glyph::Plug)}</span>
            <div class="account-item">
                <strong dir="auto">{grant.name.clone()}</strong>
                <span class="soft">{scope}{" · "}{used}</span>
                <span class="soft">{Text::EndsOn.with(&[("when", &ends)])}</span>
            </div>
            <span title={label}>{Button::new(Text::Revoke).onclick(revoke.into()).view()}</span>
        </li>
    }
}

#[derive(Properties, PartialEq)]
struct TokenFormProps {
    api: Api,
    created: Callback<()>,
}

#[component]
fn TokenForm(props: &TokenFormProps) -> Html {
    let node = use_node_ref();
    let shown = use_state_eq(|| None::<AttrValue>);
    let (api, created, show) = (props.api.clone(), props.created.clone(), shown.setter());
    let act = move |form: Form| -> Pending<()> {
        let (api, created, show) = (api.clone(), created.clone(), show.clone());
        Box::pin(async move {
            let scope = (!form.value("scope").is_empty()).then(|| form.value("scope"));
            let new = NewToken {
                name: form.value("token-name").trim().to_owned(),
                scope,
                days: form.value("days").parse().ok(),
            };
            let token = api.create_token(&new).await?;
            show.set(Some(token.token.into()));
            created.emit(());
            form.0.reset();
            Ok(())
        })
    };
    let (attempt, onsubmit) = use_submit(&node, Rc::new(act));
    let create = Button::new(Text::CreateToken).glyph(Glyph::Plus).submit();
    let failed = attempt.failure().map(|_| attempt.notice(Text::Saved));
    html! {
        <>
            <form ref={node} class="account-fields" {onsubmit}>
                {Field::new("token-name", Text::TokenName, "off").hint(Some(Text::TokenNameHint)).view()}
                <div class="account-choices">
                    <label>{Text::TokenScope}
                        <select class="select" name="scope">
                            <option value="tasks:read tasks:write" selected=true>{Text::ScopeWrite}</option>
                            <option value="tasks:read">{Text::ScopeRead}</option>
                        </select>
                    </label>
                    <label>{Text::TokenDays}
                        <select class="select" name="days">
                            { for [30_usize, 90, 365].into_iter().map(|days| html! {
                                <option value={days.to_string()} selected={days == 90}>{Text::Days.count(days)}</option>
                            }) }
                        </select>
                    </label>
                </div>
                {create.busy(attempt == Attempt::Busy).view()}
                <>{failed}</>
            </form>
            <>{shown.as_ref().map(new_token)}</>
        </>
    }
}

/// The one time that it is seen.
fn new_token(token: &AttrValue) -> Html {
    let notice = Notice::new(Tone::Warning).title(Text::TokenOnce);
    notice.view(html! {
        <p class="secret" role="status">
            <code>{token.clone()}</code>
            <CopyButton text={token.clone()} label={Text::CopyToken} />
        </p>
    })
}
