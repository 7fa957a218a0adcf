//! Light or dark, and the language.

use web_sys::HtmlSelectElement;
use yew::{Callback, Event, Html, TargetCast, component, html, use_state_eq};

use super::part;
use crate::browser::{self, Theme};
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
