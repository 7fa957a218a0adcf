//! Deleting the account: what goes is counted, and the address has to be typed.

use std::rc::Rc;

use serde_json::Value;
use yew::{Html, InputEvent, Properties, TargetCast, component, html, use_node_ref, use_state_eq};

use super::part;
use crate::api::Api;
use crate::browser::{Form, lower_case};
use crate::components::{Attempt, Button, Field, Pending, use_submit, use_voice};
use crate::gate::{VerifiedUser, use_sessions};
use crate::icon::Glyph;
use crate::text::Text;

#[derive(Properties, PartialEq)]
pub(super) struct DeleteProps {
    pub user: VerifiedUser,
    pub api: Api,
    pub counts: (usize, usize),
}

#[component]
pub(super) fn Delete(props: &DeleteProps) -> Html {
    let node = use_node_ref();
    let is_sure = use_state_eq(|| false);
    let email = props.user.email().to_owned();
    let (user, api) = (props.user.clone(), props.api.clone());
    let (sessions, voice) = (use_sessions(), use_voice());
    let act = move |form: Form| -> Pending<()> {
        let (user, api) = (user.clone(), api.clone());
        let (sessions, voice) = (sessions.clone(), voice.clone());
        Box::pin(async move {
            let gone = api.delete_user(&form.value("password")).await?;
            let count = |table, text: Text| {
                let number = gone.deleted.get(table).and_then(Value::as_u64);
                text.count(
                    number
                        .and_then(|number| number.try_into().ok())
                        .unwrap_or(0),
                )
            };
            let tasks = count("tasks", Text::CountTasks);
            let threads = count("threads", Text::CountThreads);
            voice.show(Text::AccountDeleted.with(&[("tasks", &tasks), ("threads", &threads)]));
            sessions.leave(&user);
            Ok(())
        })
    };
    let (attempt, onsubmit) = use_submit(&node, Rc::new(act));
    let (typed, sure) = (lower_case(&email), is_sure.setter());
    let oninput = move |event: InputEvent| {
        let input = event.target_dyn_into::<web_sys::HtmlInputElement>();
        if let Some(input) = input.filter(|input| input.name() == "confirm") {
            sure.set(lower_case(input.value().trim()) == typed);
        }
    };
    let (tasks, threads) = props.counts;
    let counts = html! {
        <ul class="delete-counts">
            <li>{Text::CountTasks.count(tasks)}</li>
            <li>{Text::CountThreads.count(threads)}</li>
            <li>{Text::CountTheRest}</li>
        </ul>
    };
    let confirm = Field::new("confirm", Text::ConfirmEmail, "off").hint(None);
    let password = Field::new("password", Text::Password, "current-password").kind("password");
    let delete = Button::new(Text::DeleteAccount)
        .danger()
        .glyph(Glyph::Trash);
    let delete = delete.submit().busy(attempt == Attempt::Busy || !*is_sure);
    let form = html! {
        <>
            {counts}
            <form ref={node} class="account-fields" {onsubmit} {oninput}>
                <p>{Text::ConfirmEmailIntro.with(&[("email", &email)])}</p>
                {confirm.view()}
                {password.view()}
                {delete.view()}
                {attempt.notice(Text::Saved)}
            </form>
        </>
    };
    html! { <div class="danger-zone">{part(Text::DeleteAccount, Some(Text::DeleteIntro), form)}</div> }
}
