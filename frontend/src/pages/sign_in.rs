//! The door: signing in, or making an account.

use yew::{
    AttrValue, Html, Properties, component, html, use_callback, use_effect_with, use_state_eq,
};

use super::account_form::AccountForm;
use crate::browser;
use crate::components::{Notice, Tone};
use crate::gate::Visitor;
use crate::icon::{Glyph, Icon, Mark};
use crate::route::{Route, use_navigator};
use crate::text::Text;

/// Which of the two forms is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Door {
    SignIn,
    SignUp,
}

#[derive(Properties, PartialEq)]
pub struct SignInProps {
    pub visitor: Visitor,
}

#[component]
pub fn SignIn(props: &SignInProps) -> Html {
    let navigator = use_navigator();
    let door = use_state_eq(|| match navigator.route {
        Route::SignUp => Door::SignUp,
        _ => Door::SignIn,
    });
    use_effect_with(*door, |door| {
        browser::set_title(&match door {
            Door::SignIn => Text::TitleSignIn.with(&[]),
            Door::SignUp => Text::TitleSignUp.with(&[]),
        });
    });
    // The address stays what it is, so that the wanted page is there after signing in.
    let switch = use_callback(door.clone(), |(), door| {
        door.set(match **door {
            Door::SignIn => Door::SignUp,
            Door::SignUp => Door::SignIn,
        });
    });
    html! {
        <div class="door">
            <Story />
            <main class="door-form">
                <div class="brand brand-small"><Mark /><span>{Text::Product}</span></div>
                <Reason visitor={props.visitor.clone()} />
                <AccountForm
                    door={*door}
                    email={props.visitor.expired.as_ref().map(|user| AttrValue::from(user.email().to_owned()))}
                    {switch}
                />
            </main>
        </div>
    }
}

/// Why the person has to sign in, if that was not their own doing.
#[component]
fn Reason(props: &SignInProps) -> Html {
    if props.visitor.expired.is_some() {
        return html! {
            <Notice tone={Tone::Warning} glyph={Glyph::Clock} title={AttrValue::from(Text::ExpiredTitle)}>
                <p>{Text::ExpiredBody}</p>
            </Notice>
        };
    }
    match &props.visitor.code {
        Some(code) => html! {
            <Notice tone={Tone::Warning} title={AttrValue::from(Text::NoUserTitle)}>
                <p>{Text::NoUserBody.with(&[("code", code)])}</p>
            </Notice>
        },
        None => html! {},
    }
}

/// What the product does, shown rather than told. A picture made of words: screen readers
/// hear the promise and not the picture.
#[component]
fn Story() -> Html {
    let row = |text: Text, is_done: bool| {
        html! {
            <li class={is_done.then_some("is-done")}>
                <span class="latch"><span class="latch-bolt" /></span>
                {text}
            </li>
        }
    };
    html! {
        <header class="story">
            <div class="brand"><Mark /><span>{Text::Product}</span></div>
            <p class="promise">{Text::Promise}</p>
            <div class="scene" aria-hidden="true">
                <p class="bubble">{Text::SceneAsk}</p>
                <p class="scene-answer"><Icon glyph={Glyph::Check} />{Text::SceneAnswer}</p>
                <ul class="scene-list">
                    {row(Text::SceneFirst, false)}
                    {row(Text::SceneSecond, false)}
                    {row(Text::SceneThird, true)}
                </ul>
            </div>
        </header>
    }
}
