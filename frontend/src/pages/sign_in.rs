//! The door: signing in, or making an account.

use yew::{
    AttrValue, Html, Properties, component, html, use_callback, use_effect_with, use_state_eq,
};

use super::account_form::AccountForm;
use crate::browser;
use crate::components::{Notice, Tone};
use crate::gate::Visitor;
use crate::icon::{Glyph, brand, icon};
use crate::route::{Route, use_navigator};
use crate::text::Text;

/// Which of the two forms is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Door {
    SignIn,
    SignUp,
}

#[derive(Properties, PartialEq)]
pub(super) struct SignInProps {
    pub visitor: Visitor,
}

#[component]
pub(super) fn SignIn(props: &SignInProps) -> Html {
    let navigator = use_navigator();
    let door = use_state_eq(|| match navigator.route {
        Route::SignUp => Door::SignUp,
        _ => Door::SignIn,
    });
    use_effect_with(*door, |door| {
        browser::set_title(match door {
            Door::SignIn => Text::TitleSignIn.as_str(),
            Door::SignUp => Text::TitleSignUp.as_str(),
        });
    });
    // The address stays what it is, so that the wanted page is there after signing in.
    let switch = use_callback(door.clone(), |_, door| {
        door.set(match **door {
            Door::SignIn => Door::SignUp,
            Door::SignUp => Door::SignIn,
        });
    });
    let expired = props.visitor.expired.as_ref();
    let email = expired.map(|user| AttrValue::from(user.email().to_owned()));
    html! {
        <div class="door">
            {story()}
            <main class="door-form">
                {brand("brand-small")}
                {reason(&props.visitor)}
                <AccountForm door={*door} {email} {switch} />
            </main>
        </div>
    }
}

/// Why the person has to sign in, if that was not their own doing.
fn reason(visitor: &Visitor) -> Html {
    let notice = Notice::new(Tone::Warning);
    if visitor.expired.is_some() {
        let notice = notice.glyph(Glyph::Clock).title(Text::ExpiredTitle);
        return notice.view(html! { <p>{Text::ExpiredBody}</p> });
    }
    match &visitor.code {
        Some(code) => notice.title(Text::NoUserTitle).view(html! {
            <p>{Text::NoUserBody.with(&[("code", code)])}</p>
        }),
        None => html! {},
    }
}

/// What the product does, shown rather than told. A picture made of words: screen readers
/// hear the promise and not the picture.
fn story() -> Html {
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
            {brand("")}
            <p class="promise">{Text::Promise}</p>
            <div class="scene" aria-hidden="true">
                <p class="bubble">{Text::SceneAsk}</p>
                <p class="scene-answer">{icon(Glyph::Check)}{Text::SceneAnswer}</p>
                <ul class="scene-list">
                    {row(Text::SceneFirst, false)}
                    {row(Text::SceneSecond, false)}
                    {row(Text::SceneThird, true)}
                </ul>
            </div>
        </header>
    }
}
