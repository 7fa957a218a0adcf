//! A new password for somebody who has forgotten theirs: asking for the letter, and the page
//! that its link leads to.

use std::rc::Rc;

use yew::{AttrValue, Html, component, html, use_effect_with, use_memo, use_node_ref};

use crate::api;
use crate::browser::{self, Form};
use crate::components::{Attempt, Button, Field, Notice, Pending, Tone, use_submit};
use crate::icon::{Glyph, brand};
use crate::route::Route;
use crate::text::Text;

#[component]
pub(super) fn Forgot() -> Html {
    let node = use_node_ref();
    let act = |form: Form| -> Pending<()> {
        Box::pin(async move { api::ask_for_reset(form.value("email").trim()).await })
    };
    let (attempt, onsubmit) = use_submit(&node, Rc::new(act));
    use_page(Text::ForgotTitle);
    let submit = Button::new(Text::SendLetter).primary().submit();
    lone(html! {
        <form ref={node} class="account-form" {onsubmit}>
            <h1>{Text::ForgotTitle}</h1>
            <p class="soft">{Text::ForgotIntro}</p>
            {attempt.notice(Text::ForgotDone)}
            {Field::new("email", Text::Email, "username").kind("email").view()}
            {submit.busy(attempt == Attempt::Busy).view()}
        </form>
    })
}

#[component]
pub(super) fn Reset() -> Html {
    let node = use_node_ref();
    // Read once, and taken out of the address, which is seen and kept by others.
    let letter = use_memo((), |()| {
        let is_over = browser::query("error").is_some();
        let token = browser::take_query("token").map(AttrValue::from);
        (token, is_over)
    });
    let (token, is_over) = (*letter).clone();
    use_page(Text::ResetTitle);
    let wanted = token.clone().unwrap_or_default();
    let act = move |form: Form| -> Pending<()> {
        let token = wanted.clone();
        Box::pin(async move { api::reset_password(&token, &form.value("password")).await })
    };
    let (attempt, onsubmit) = use_submit(&node, Rc::new(act));
    if is_over || token.is_none() {
        let again = html! { <a class="link" href={Route::Forgot.path()}>{Text::ForgotAgain}</a> };
        let notice = Notice::new(Tone::Warning).title(Text::LinkIsOver);
        return lone(html! { <><h1>{Text::ResetTitle}</h1>{notice.view(again)}</> });
    }
    if attempt == Attempt::Done {
        let to_door = html! { <a class="link" href={Route::SignIn.path()}>{Text::SignIn}</a> };
        let notice = Notice::new(Tone::Calm)
            .glyph(Glyph::Check)
            .title(Text::ResetDone);
        return lone(html! { <div role="status">{notice.view(to_door)}</div> });
    }
    let field = Field::new("password", Text::PasswordNew, "new-password").kind("password");
    let submit = Button::new(Text::ChangePassword).primary().submit();
    lone(html! {
        <form ref={node} class="account-form" {onsubmit}>
            <h1>{Text::ResetTitle}</h1>
            <p class="soft">{Text::ResetIntro}</p>
            {attempt.notice(Text::ResetDone)}
            {field.hint(Some(Text::PasswordHint)).view()}
            {submit.busy(attempt == Attempt::Busy).view()}
        </form>
    })
}

#[yew::hook]
fn use_page(title: Text) {
    use_effect_with(title, |title| {
        browser::end_early();
        browser::set_title(&Text::TitleThread.with(&[("title", title.as_str())]));
    });
}

/// The way back is a link like any other: what the page knew of its visitor is over.
fn lone(body: Html) -> Html {
    html! {
        <div class="door door-lone">
            <main class="door-form">
                {brand("")}
                {body}
                <p class="switch"><a class="link" href={Route::SignIn.path()}>{Text::BackToSignIn}</a></p>
            </main>
        </div>
    }
}
