//! Name, address and password.

use std::rc::Rc;

use web_sys::HtmlFormElement;
use yew::{Html, MouseEvent, Properties, component, html, use_effect_with, use_node_ref};

use super::part;
use crate::api::{Api, NewPassword};
use crate::browser::Form;
use crate::components::{Attempt, Button, Field, Notice, Pending, Tone, use_submit, use_voice};
use crate::gate::{VerifiedUser, use_sessions};
use crate::text::Text;

#[derive(Clone, Properties, PartialEq)]
pub(super) struct ProfileProps {
    pub user: VerifiedUser,
    pub api: Api,
}

#[component]
pub(super) fn Profile(props: &ProfileProps) -> Html {
    html! {
        <>
            <NameForm ..props.clone() />
            <EmailForm ..props.clone() />
            <PasswordForm ..props.clone() />
        </>
    }
}

#[component]
fn NameForm(props: &ProfileProps) -> Html {
    let node = use_node_ref();
    let name = props.user.name().to_owned();
    use_effect_with((node.clone(), name), |(node, name)| {
        fill(node, "name", name)
    });
    let (api, sessions) = (props.api.clone(), use_sessions());
    let act = move |form: Form| -> Pending<()> {
        let (api, sessions) = (api.clone(), sessions.clone());
        Box::pin(async move {
            api.rename_user(form.value("name").trim()).await?;
            sessions.refresh();
            Ok(())
        })
    };
    let (attempt, onsubmit) = use_submit(&node, Rc::new(act));
    let save = Button::new(Text::Save)
        .submit()
        .busy(attempt == Attempt::Busy);
    let form = html! {
        <form ref={node} class="account-row" {onsubmit}>
            {Field::new("name", Text::Name, "name").view()}
            {save.view()}
            {attempt.notice(Text::Saved)}
        </form>
    };
    part(Text::Name, None, form)
}

#[component]
fn EmailForm(props: &ProfileProps) -> Html {
    let node = use_node_ref();
    let email = props.user.email().to_owned();
    use_effect_with((node.clone(), email), |(node, email)| {
        fill(node, "email", email)
    });
    let (api, sessions) = (props.api.clone(), use_sessions());
    let act = move |form: Form| -> Pending<()> {
        let (api, sessions) = (api.clone(), sessions.clone());
        Box::pin(async move {
            api.change_email(form.value("email").trim()).await?;
            sessions.refresh();
            Ok(())
        })
    };
    let (attempt, onsubmit) = use_submit(&node, Rc::new(act));
    let save = Button::new(Text::Save)
        .submit()
        .busy(attempt == Attempt::Busy);
    let form = html! {
        <>
            <form ref={node} class="account-row" {onsubmit}>
                {Field::new("email", Text::Email, "email").kind("email").view()}
                {save.view()}
                {attempt.notice(Text::EmailAsked)}
            </form>
            if !props.user.is_verified() {
                <Unverified ..props.clone() />
            }
        </>
    };
    part(Text::Email, None, form)
}

/// The address has not been shown to be theirs; a letter can change that.
#[component]
fn Unverified(props: &ProfileProps) -> Html {
    let (api, email) = (props.api.clone(), props.user.email().to_owned());
    let voice = use_voice();
    let send = move |_: MouseEvent| {
        let (api, email, voice) = (api.clone(), email.clone(), voice.clone());
        wasm_bindgen_futures::spawn_local(async move {
            match api.verify_email(&email).await {
                Ok(()) => voice.show(Text::LetterSent.into()),
                Err(failure) => voice.show(failure.sentence()),
            }
        });
    };
    let button = Button::new(Text::SendLetter).onclick(send.into());
    Notice::new(Tone::Calm).view(html! { <><p>{Text::EmailNotVerified}</p>{button.view()}</> })
}

#[component]
fn PasswordForm(props: &ProfileProps) -> Html {
    let node = use_node_ref();
    let api = props.api.clone();
    let act = move |form: Form| -> Pending<()> {
        let api = api.clone();
        Box::pin(async move {
            let change = NewPassword {
                current_password: form.value("current"),
                new_password: form.value("new"),
            };
            api.change_password(&change).await?;
            form.0.reset();
            Ok(())
        })
    };
    let (attempt, onsubmit) = use_submit(&node, Rc::new(act));
    let current = Field::new("current", Text::PasswordNow, "current-password");
    let new = Field::new("new", Text::PasswordNew, "new-password").hint(Some(Text::PasswordHint));
    let save = Button::new(Text::ChangePassword).submit();
    let form = html! {
        <form ref={node} class="account-fields" {onsubmit}>
            // Lets password managers know whose password it is.
            <input type="text" class="unseen" name="username" autocomplete="username" value={props.user.email().to_owned()} tabindex="-1" aria-hidden="true" />
            {current.kind("password").view()}
            {new.kind("password").view()}
            {save.busy(attempt == Attempt::Busy).view()}
            {attempt.notice(Text::PasswordChanged)}
        </form>
    };
    part(Text::Password, Some(Text::PasswordIntro), form)
}

fn fill(node: &yew::NodeRef, name: &str, value: &str) {
    if let Some(form) = node.cast::<HtmlFormElement>().map(Form) {
        form.fill(name, value);
    }
}
