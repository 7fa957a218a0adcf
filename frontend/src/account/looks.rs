//! Light or dark, and the language.

use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlSelectElement;
use yew::{Callback, Event, Html, MouseEvent, TargetCast, component, html, use_state_eq};

use super::part;
use crate::browser::{self, Theme};
use crate::components::{Button, use_voice};
use crate::icon::{Glyph, icon};
use crate::text::Text;

const THEMES: [(Theme, Text); 3] = [
    (Theme::System, Text::ThemeSystem),
    (Theme::Light, Text::ThemeLight),
    (Theme::Dark, Text::ThemeDark),
];

#[component]
pub(super) fn Looks() -> Html {
    let theme = use_state_eq(browser::theme);
    let choice = |(choice, label): (Theme, Text)| {
        let theme = theme.clone();
        let is_chosen = *theme == choice;
        let onchange = Callback::from(move |_: Event| {
            browser::set_theme(choice);
            theme.set(choice);
        });
        html! {
            <label class="theme">
                <input type="radio" name="theme" checked={is_chosen} {onchange} />
                <span class={choice.name()} aria-hidden="true"><i /><i /></span>
                {label}
            </label>
        }
    };
    let themes = html! {
        <div class="themes" role="radiogroup" aria-label={Text::Theme}>
            { for THEMES.into_iter().map(choice) }
        </div>
    };
    html! {
        <>
            {part(Text::Theme, None, themes)}
            {part(Text::Reminders, Some(Text::RemindersIntro), html! { <Reminders /> })}
            {part(Text::Language, Some(Text::LanguageIntro), languages())}
        </>
    }
}

fn languages() -> Html {
    let chosen = crate::text::language();
    let onchange = Callback::from(|event: Event| {
        if let Some(select) = event.target_dyn_into::<HtmlSelectElement>() {
            browser::set_language(&select.value());
            browser::start_again();
        }
    });
    let option = |(code, name): &(&'static str, &'static str)| {
        html! { <option value={*code} lang={*code} selected={*code == chosen}>{*name}</option> }
    };
    html! {
        <select class="select" aria-label={Text::Language} {onchange}>
            { for crate::text::LANGUAGES.iter().map(option) }
        </select>
    }
}

/// Whether this browser may remind the person.
#[component]
fn Reminders() -> Html {
    let may = use_state_eq(browser::may_notify);
    let voice = use_voice();
    let ask = {
        let may = may.setter();
        Callback::from(move |_: MouseEvent| {
            let (may, voice) = (may.clone(), voice.clone());
            spawn_local(async move {
                let is_allowed = browser::ask_to_notify().await;
                may.set(is_allowed);
                if !is_allowed {
                    voice.show(Text::RemindersRefused.into());
                }
            });
        })
    };
    match *may {
        true => html! { <p>{icon(Glyph::Check)}{" "}{Text::RemindersOn}</p> },
        false => Button::new(Text::RemindersAllow)
            .glyph(Glyph::Bell)
            .onclick(ask)
            .view(),
    }
}
