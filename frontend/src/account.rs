//! The pages of one's own account.

mod data;
mod delete;
mod devices;
mod import;
mod looks;
mod model;
mod profile;
mod programs;
mod usage;

use wasm_split_helpers::wasm_split;
use yew::{Callback, Html, MouseEvent, Properties, component, html, use_effect_with};

use crate::api::{Api, Failure};
use crate::browser;
use crate::components::{IconButton, Notice, Tone};
use crate::gate::VerifiedUser;
use crate::icon::Glyph;
use crate::parts::{Draw, Part, Room, later};
use crate::route::{Route, Section, use_navigator};
use crate::text::Text;
use data::Data;
use devices::Devices;
use looks::Looks;
use model::Model;
use profile::Profile;
use programs::Programs;
use usage::Usage;

#[derive(Clone, Properties, PartialEq)]
pub struct AccountProps {
    pub user: VerifiedUser,
    pub api: Api,
    pub section: Section,
    /// How many tasks and conversations there are.
    pub counts: (usize, usize),
    /// Hears that there are other tasks now.
    pub changed: Callback<()>,
    /// Back to where the person was.
    pub leave: Callback<MouseEvent>,
}

/// The pages, once they are here.
pub fn account(props: AccountProps) -> Html {
    later("account", || Box::pin(pages()), Room::Page, props)
}

#[wasm_split(account, fallible)]
fn pages() -> Result<Part, Failure> {
    static DRAW: Draw<AccountProps> = |props| html! { <Pages ..props /> };
    Ok(&DRAW)
}

#[component]
fn Pages(props: &AccountProps) -> Html {
    let AccountProps {
        user,
        api,
        section,
        counts,
        changed,
        leave,
    } = props;
    use_effect_with(*section, |section| {
        browser::set_title(&Text::TitleThread.with(&[("title", section.name().as_str())]));
        browser::focus("account-title");
    });
    let outcome = yew::use_memo((), |()| outcome());
    let view = match section {
        Section::Profile => html! { <Profile {user} {api} /> },
        Section::Devices => html! { <Devices {user} {api} /> },
        Section::Programs => html! { <Programs {api} /> },
        Section::Model => html! { <Model {api} /> },
        Section::Usage => html! { <Usage {api} /> },
        Section::Looks => html! { <Looks /> },
        Section::Data => html! { <Data {user} {api} counts={*counts} {changed} /> },
    };
    let back = IconButton::new(Glyph::ArrowBack, Text::BackToChat).class("flips");
    html! {
        <section class="account-page" aria-labelledby="account-title">
            <header class="account-head">
                {back.onclick(leave.clone()).view()}
                <h2 id="account-title" tabindex="-1">{section.name()}</h2>
            </header>
            <Sections section={*section} />
            <div class="account-body">
                {(*outcome).clone()}
                {view}
            </div>
        </section>
    }
}

/// What came of a link in a letter that led here.
fn outcome() -> Html {
    let (tone, text) = match (browser::query("error"), browser::take_query("done")) {
        (Some(_), _) => {
            browser::take_query("error");
            (Tone::Warning, Text::LinkIsOver)
        }
        (None, Some(done)) => match done.as_str() {
            "email" => (Tone::Calm, Text::EmailChanged),
            _ => (Tone::Calm, Text::EmailIsVerified),
        },
        (None, None) => return html! {},
    };
    Notice::new(tone).view(html! { <p role="status">{text}</p> })
}

#[derive(Properties, PartialEq)]
struct SectionsProps {
    section: Section,
}

#[component]
fn Sections(props: &SectionsProps) -> Html {
    let navigator = use_navigator();
    let link = |section: Section| {
        let route = Route::Account(section);
        let href = route.path();
        let navigator = navigator.clone();
        let onclick = Callback::from(move |event: MouseEvent| {
            event.prevent_default();
            navigator.go(route.clone());
        });
        let current = (section == props.section).then_some("page");
        html! { <li><a {href} {onclick} aria-current={current}>{section.name()}</a></li> }
    };
    html! {
        <nav class="account-nav" aria-label={Text::Account}>
            <ul>{ for Section::ALL.into_iter().map(link) }</ul>
        </nav>
    }
}

/// A part of a page, under a heading of its own.
fn part(title: Text, intro: Option<Text>, body: Html) -> Html {
    html! {
        <section class="part">
            <h3>{title}</h3>
            <>{intro.map(|intro| html! { <p class="soft">{intro}</p> })}</>
            {body}
        </section>
    }
}
