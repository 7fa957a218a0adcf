//! The form of the door. It is a plain form that the server takes as it is; this program only
//! saves it from leaving the page.

use protocol::session::{SignIn, SignUp};
use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlFormElement;
use yew::{
    AttrValue, Callback, Html, MouseEvent, NodeRef, Properties, SubmitEvent, component, hook, html,
    use_callback, use_effect_with, use_node_ref, use_state_eq,
};

use super::sign_in::Door;
use crate::api::Failure;
use crate::browser::{self, Form};
use crate::components::{Button, Field, IconButton, Notice, Tone};
use crate::gate::{Sessions, use_sessions};
use crate::icon::Glyph;
use crate::route::Route;
use crate::text::Text;

#[derive(Properties, PartialEq)]
pub(super) struct AccountFormProps {
    pub door: Door,
    /// Known already, when a session has ended.
    pub email: Option<AttrValue>,
    /// Shows the other form. What is typed stays, since the two share their fields.
    pub switch: Callback<MouseEvent>,
}

#[derive(Clone, PartialEq)]
enum Attempt {
    Idle,
    Busy,
    Failed(Failure),
}

#[component]
pub(super) fn AccountForm(props: &AccountFormProps) -> Html {
    let node = use_node_ref();
    use_beginning(&node, props.email.clone());
    let (attempt, onsubmit) = use_attempt(props.door, &node);
    let failure = match &attempt {
        Attempt::Failed(failure) => Some(failure),
        _ => None,
    };
    let is_shown = use_state_eq(|| false);
    let toggle = use_callback(is_shown.clone(), |_, is_shown| is_shown.set(!**is_shown));
    let texts = Texts::of(props.door);
    let submit = Button::new(texts.submit).primary().submit();
    html! {
        <form ref={node} class="account-form" method="post" action={texts.action} {onsubmit} novalidate=true>
            <h1>{texts.title}</h1>
            <>{failure.map(trouble)}</>
            {fields(props.door, failure, *is_shown, toggle)}
            {submit.busy(attempt == Attempt::Busy).view()}
            if props.door == Door::SignIn {
                <p class="forgot"><a class="link" href={Route::Forgot.path()}>{Text::ForgotPassword}</a></p>
            }
            <p class="switch">
                {texts.question}{" "}
                <button type="button" class="link" onclick={&props.switch}>{texts.switch}</button>
            </p>
        </form>
    }
}

struct Texts {
    action: &'static str,
    title: Text,
    submit: Text,
    question: Text,
    switch: Text,
}

impl Texts {
    const fn of(door: Door) -> Self {
        match door {
            Door::SignIn => Self {
                action: "/api/auth/sign-in/email",
                title: Text::SignInTitle,
                submit: Text::SignIn,
                question: Text::NoAccountYet,
                switch: Text::CreateAccount,
            },
            Door::SignUp => Self {
                action: "/api/auth/sign-up/email",
                title: Text::SignUpTitle,
                submit: Text::CreateAccount,
                question: Text::HaveAccount,
                switch: Text::SignIn,
            },
        }
    }
}

/// Begins with what is known, or was typed into the form of `index.html` before this program
/// was there, and with the keyboard where it was.
#[hook]
fn use_beginning(node: &NodeRef, email: Option<AttrValue>) {
    use_effect_with(node.clone(), move |node| {
        let Some(form) = node.cast::<HtmlFormElement>().map(Form) else {
            return;
        };
        let early = form.take_over_early();
        if let Some(email) = &email {
            form.fill("email", email);
        }
        if let Some(field) = early.or_else(|| email.map(|_| "password".to_owned())) {
            form.focus(&format!("[name={field}]"));
        }
    });
}

#[hook]
fn use_attempt(door: Door, node: &NodeRef) -> (Attempt, Callback<SubmitEvent>) {
    let attempt = use_state_eq(|| match browser::take_query("error") {
        // A form sent without this program was refused, and the server came back here.
        Some(code) => Attempt::Failed(Failure::named(&code)),
        None => Attempt::Idle,
    });
    use_effect_with((attempt.clone(), node.clone()), |(attempt, node)| {
        if matches!(**attempt, Attempt::Failed(_))
            && let Some(form) = node.cast::<HtmlFormElement>().map(Form)
        {
            form.focus("[name=email]");
            form.focus("[aria-invalid]");
        }
    });
    let deps = (door, node.clone(), use_sessions(), attempt.clone());
    let onsubmit = use_callback(
        deps,
        |event: SubmitEvent, (door, node, sessions, attempt)| {
            event.prevent_default();
            let form = node.cast::<HtmlFormElement>().map(Form);
            let Some(form) = form.filter(|_| **attempt != Attempt::Busy) else {
                return;
            };
            attempt.set(Attempt::Busy);
            let (door, sessions, attempt) = (*door, sessions.clone(), attempt.setter());
            spawn_local(async move {
                attempt.set(match enter(&sessions, door, &form).await {
                    Ok(()) => Attempt::Idle,
                    Err(failure) => Attempt::Failed(failure),
                });
            });
        },
    );
    (Attempt::clone(&attempt), onsubmit)
}

async fn enter(sessions: &Sessions, door: Door, form: &Form) -> Result<(), Failure> {
    let email = form.value("email").trim().to_owned();
    let password = form.value("password");
    match door {
        Door::SignIn => {
            let form = SignIn {
                email,
                password,
                remember_me: None,
            };
            sessions.sign_in(&form).await
        }
        Door::SignUp => {
            let form = SignUp {
                name: form.value("name").trim().to_owned(),
                email,
                password,
            };
            sessions.sign_up(&form).await
        }
    }
}

/// What went wrong, unless a field says it.
fn trouble(failure: &Failure) -> Html {
    match field_of(failure) {
        None => Notice::new(Tone::Danger).view(html! { <p>{failure.sentence()}</p> }),
        Some(_) => html! {},
    }
}

/// The field that a failure is about.
fn field_of(failure: &Failure) -> Option<&'static str> {
    match failure.code() {
        "INVALID_EMAIL" | "USER_ALREADY_EXISTS" | "USER_ALREADY_EXISTS_USE_ANOTHER_EMAIL" => {
            Some("email")
        }
        "PASSWORD_TOO_SHORT" | "PASSWORD_TOO_LONG" => Some("password"),
        _ => None,
    }
}

/// A password can be looked at: that prevents more mistakes than stars prevent looks.
fn fields(
    door: Door,
    failure: Option<&Failure>,
    is_shown: bool,
    toggle: Callback<MouseEvent>,
) -> Html {
    let error = |field| {
        let failure = failure.filter(|failure| field_of(failure) == Some(field));
        failure.map(Failure::sentence)
    };
    let (autocomplete, hint) = match door {
        Door::SignUp => ("new-password", Some(Text::PasswordHint)),
        Door::SignIn => ("current-password", None),
    };
    let name = Field::new("name", Text::Name, "name");
    let email = Field::new("email", Text::Email, "username").kind("email");
    let password = Field::new("password", Text::Password, autocomplete);
    let (kind, glyph) = match is_shown {
        true => ("text", Glyph::EyeShut),
        false => ("password", Glyph::Eye),
    };
    let eye = IconButton::new(glyph, Text::ShowPassword).class("small");
    let eye = eye.pressed(is_shown).onclick(toggle).view();
    html! {
        <>
            if door == Door::SignUp {
                {name.view()}
            }
            {email.error(error("email")).view()}
            {password.kind(kind).hint(hint).error(error("password")).end(eye).view()}
        </>
    }
}
