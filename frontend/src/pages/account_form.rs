//! The form of the door. It is a plain form that the server takes as it is; this program only
//! saves it from leaving the page.

use protocol::session::{SignIn, SignUp};
use wasm_bindgen_futures::spawn_local;
use web_sys::Element;
use yew::{
    AttrValue, Callback, Html, NodeRef, Properties, SubmitEvent, component, hook, html,
    use_callback, use_effect_with, use_node_ref, use_state, use_state_eq,
};

use super::sign_in::Door;
use crate::api::Failure;
use crate::browser;
use crate::components::{Button, Field, Look, Notice, PasswordField, Tone};
use crate::gate::{Sessions, use_sessions};
use crate::text::Text;

#[derive(Properties, PartialEq)]
pub(super) struct AccountFormProps {
    pub door: Door,
    /// Known already, when a session has ended.
    pub email: Option<AttrValue>,
    /// Shows the other form.
    pub switch: Callback<()>,
}

/// What is typed. It is the same for both forms, so that changing between them loses nothing.
#[derive(Clone, Default, PartialEq)]
struct Typed {
    name: AttrValue,
    email: AttrValue,
    password: AttrValue,
}

#[derive(Clone, Default, PartialEq)]
enum Attempt {
    #[default]
    Idle,
    Busy,
    Failed(Failure),
}

#[component]
pub(super) fn AccountForm(props: &AccountFormProps) -> Html {
    let node = use_node_ref();
    let typed = use_typed(props.email.clone());
    let (attempt, onsubmit) = use_attempt(props.door, &typed.0, &node);
    let is_known = props.email.is_some();
    use_effect_with(node.clone(), move |node| {
        let early = browser::end_early();
        let field = early.or_else(|| is_known.then(|| "password".to_owned()));
        if let (Some(field), Some(form)) = (field, node.cast::<Element>()) {
            browser::focus_within(&form, &format!("[name={field}]"));
        }
    });
    let failure = match &attempt {
        Attempt::Failed(failure) => Some(failure.clone()),
        _ => None,
    };
    let texts = Texts::of(props.door);
    let switch = use_callback(props.switch.clone(), |_, switch| switch.emit(()));
    html! {
        <form ref={node} class="account-form" method="post" action={texts.action} {onsubmit} novalidate=true>
            <h1>{texts.title}</h1>
            <Trouble failure={failure.clone()} />
            <Fields door={props.door} typed={typed.0} set={typed.1} {failure} />
            <Button
                kind="submit"
                look={Look::Primary}
                label={AttrValue::from(texts.submit)}
                is_busy={attempt == Attempt::Busy}
            />
            <p class="switch">
                {texts.question}{" "}
                <button type="button" class="link" onclick={switch}>{texts.switch}</button>
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

/// What is typed, beginning with what was typed into the form of `index.html` before this
/// program was there.
#[hook]
fn use_typed(email: Option<AttrValue>) -> (Typed, Callback<Typed>) {
    let typed = use_state(|| Typed {
        name: AttrValue::default(),
        email: email.unwrap_or_else(|| browser::early_input("email").into()),
        password: browser::early_input("password").into(),
    });
    let set = use_callback(typed.setter(), |next, set| set.set(next));
    (Typed::clone(&typed), set)
}

#[hook]
fn use_attempt(door: Door, typed: &Typed, node: &NodeRef) -> (Attempt, Callback<SubmitEvent>) {
    let attempt = use_state_eq(Attempt::default);
    use_effect_with((attempt.clone(), node.clone()), |(attempt, node)| {
        if matches!(**attempt, Attempt::Failed(_))
            && let Some(form) = node.cast::<Element>()
        {
            for field in ["[name=email]", "[aria-invalid]"] {
                browser::focus_within(&form, field);
            }
        }
    });
    let deps = (door, typed.clone(), use_sessions(), attempt.clone());
    let onsubmit = use_callback(
        deps,
        |event: SubmitEvent, (door, typed, sessions, attempt)| {
            event.prevent_default();
            if **attempt == Attempt::Busy {
                return;
            }
            let sessions = sessions.clone();
            attempt.set(Attempt::Busy);
            let (door, typed, attempt) = (*door, typed.clone(), attempt.setter());
            spawn_local(async move {
                attempt.set(match enter(&sessions, door, &typed).await {
                    Ok(()) => Attempt::Idle,
                    Err(failure) => Attempt::Failed(failure),
                });
            });
        },
    );
    (Attempt::clone(&attempt), onsubmit)
}

async fn enter(sessions: &Sessions, door: Door, typed: &Typed) -> Result<(), Failure> {
    let email = typed.email.trim().to_owned();
    let password = typed.password.to_string();
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
                name: typed.name.trim().to_owned(),
                email,
                password,
            };
            sessions.sign_up(&form).await
        }
    }
}

#[derive(Properties, PartialEq)]
struct TroubleProps {
    failure: Option<Failure>,
}

/// What went wrong, unless a field says it.
#[component]
fn Trouble(props: &TroubleProps) -> Html {
    match &props.failure {
        Some(failure) if field_of(failure).is_none() => html! {
            <Notice tone={Tone::Danger}><p>{failure.sentence()}</p></Notice>
        },
        _ => html! {},
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

#[derive(Properties, PartialEq)]
struct FieldsProps {
    door: Door,
    typed: Typed,
    set: Callback<Typed>,
    failure: Option<Failure>,
}

#[component]
fn Fields(props: &FieldsProps) -> Html {
    let of = |field| {
        let failure = props.failure.as_ref()?;
        (field_of(failure) == Some(field)).then(|| failure.sentence())
    };
    let deps = (props.typed.clone(), props.set.clone());
    let name = use_callback(deps.clone(), |name: String, (typed, set)| {
        set.emit(Typed {
            name: name.into(),
            ..typed.clone()
        });
    });
    let email = use_callback(deps.clone(), |email: String, (typed, set)| {
        set.emit(Typed {
            email: email.into(),
            ..typed.clone()
        });
    });
    let password = use_callback(deps, |password: String, (typed, set)| {
        set.emit(Typed {
            password: password.into(),
            ..typed.clone()
        });
    });
    let is_new = props.door == Door::SignUp;
    let (autocomplete, hint) = match is_new {
        true => ("new-password", Some(AttrValue::from(Text::PasswordHint))),
        false => ("current-password", None),
    };
    let Typed {
        name: own_name,
        email: address,
        password: secret,
    } = &props.typed;
    html! {
        <>
            if is_new {
                <Field name="name" label={AttrValue::from(Text::Name)} value={own_name} oninput={name} autocomplete="name" maxlength="200" />
            }
            <Field name="email" kind="email" label={AttrValue::from(Text::Email)} value={address} oninput={email} autocomplete="username" error={of("email")} />
            <PasswordField value={secret} oninput={password} {autocomplete} {hint} error={of("password")} />
        </>
    }
}
