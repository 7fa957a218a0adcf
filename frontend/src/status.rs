//! The owner's page: what the deployment did and what it cost, and the switches that stop it.

use std::rc::Rc;

use protocol::ErrorCode;
use protocol::status::{Numbers, Spending, Status, Switches, Taken};
use wasm_bindgen_futures::spawn_local;
use wasm_split_helpers::wasm_split;
use yew::{Callback, Html, MouseEvent, Properties, component, html, use_effect_with, use_state_eq};

use crate::api::{Api, Failure};
use crate::browser;
use crate::components::{
    Button, Fetched, IconButton, Notice, Pending, Tone, budget, money, table, use_fetched,
    use_voice,
};
use crate::gate::VerifiedUser;
use crate::icon::Glyph;
use crate::parts::{Draw, Part, Room, later};
use crate::text::Text;

#[derive(Clone, Properties, PartialEq)]
pub struct StatusProps {
    pub user: VerifiedUser,
    pub api: Api,
    /// Back to where the person was.
    pub leave: Callback<MouseEvent>,
}

/// The page, once it is here.
pub fn status_page(props: StatusProps) -> Html {
    later("status", || Box::pin(page()), Room::Page, props)
}

#[wasm_split(account, fallible)]
fn page() -> Result<Part, Failure> {
    static DRAW: Draw<StatusProps> = |props| html! { <Figures ..props /> };
    Ok(&DRAW)
}

#[component]
fn Figures(props: &StatusProps) -> Html {
    use_effect_with((), |()| {
        browser::set_title(&Text::TitleThread.with(&[("title", Text::Status.as_str())]));
        browser::focus("status-title");
    });
    let api = props.api.clone();
    let fetch = move || -> Pending<Status> {
        let api = api.clone();
        Box::pin(async move { api.status().await })
    };
    let (status, reload) = use_fetched(Rc::new(fetch), 0);
    let body = match &status {
        Fetched::Failed(failure) if failure.is(ErrorCode::OwnerOnly) => {
            let id = [("id", props.user.id().as_str())];
            Notice::new(Tone::Calm).view(html! { <p>{Text::StatusOwner.with(&id)}</p> })
        }
        status => status.view(&reload, |status| numbers(&props.api, status, &reload)),
    };
    let back = IconButton::new(Glyph::ArrowBack, Text::BackToChat).class("flips");
    html! {
        <section class="account-page" aria-labelledby="status-title">
            <header class="account-head">
                {back.onclick(props.leave.clone()).view()}
                <h2 id="status-title" tabindex="-1">{Text::Status}</h2>
            </header>
            <div class="account-body wide" tabindex="0">{body}</div>
        </section>
    }
}

fn numbers(api: &Api, status: &Status, reload: &Callback<()>) -> Html {
    let routes = status.routes.iter().map(|route| {
        let mut cells = vec![route.route.clone()];
        cells.extend(cells_of(route.numbers));
        cells
    });
    let refusals = status.refusals.iter().map(|refusals| {
        let count = refusals.count.to_string();
        vec![refusals.code.clone(), refusals.route.clone(), count]
    });
    let turns = status.turns.iter().map(|turns| {
        let mut cells = vec![turns.model.clone()];
        cells.extend(cells_of(turns.numbers));
        cells.push(millis(turns.first_word.p50));
        cells
    });
    let heads = |first: Text| {
        [
            first,
            Text::Count,
            Text::Failed,
            Text::P50,
            Text::P95,
            Text::P99,
        ]
    };
    let of_turns = [&heads(Text::Model)[..], &[Text::FirstWord]].concat();
    let of_refusals = [Text::Code, Text::Route, Text::Count];
    let since = browser::moment(&status.since.to_string());
    html! {
        <>
            <SwitchBoard {api} switches={status.switches} fixed={status.fixed} {reload} />
            <p class="soft">{Text::StatusIntro.with(&[("when", &since)])}</p>
            {part(Text::Turns, table(Text::Turns, &of_turns, turns.collect()))}
            {spending(&status.spending)}
            {part(Text::Requests, table(Text::Requests, &heads(Text::Route), routes.collect()))}
            {part(Text::Refusals, table(Text::Refusals, &of_refusals, refusals.collect()))}
        </>
    }
}

fn part(title: Text, body: Html) -> Html {
    html! { <section class="part"><h3>{title}</h3>{body}</section> }
}

fn cells_of(numbers: Numbers) -> [String; 5] {
    [
        numbers.count.to_string(),
        numbers.refused.to_string(),
        millis(numbers.p50),
        millis(numbers.p95),
        millis(numbers.p99),
    ]
}

fn millis(millis: Option<u64>) -> String {
    millis.map_or_else(|| "–".to_owned(), |millis| format!("≤ {millis} ms"))
}

fn spending(spending: &Spending) -> Html {
    let rows = |list: &[Taken]| {
        let row = |taken: &Taken| {
            let tokens = [taken.asked, taken.input_tokens, taken.output_tokens];
            let mut cells = vec![taken.name.clone()];
            cells.extend(tokens.map(|count| count.to_string()));
            cells.push(money(taken.cost));
            cells
        };
        list.iter().map(row).collect()
    };
    let heads = |first: Text| {
        [
            first,
            Text::Asked,
            Text::TokensRead,
            Text::TokensWritten,
            Text::Cost,
        ]
    };
    let body = html! {
        <>
            {budget(spending.today, spending.budget)}
            {table(Text::Cost, &heads(Text::Model), rows(&spending.models))}
            if !spending.people.is_empty() {
                {table(Text::Cost, &heads(Text::Person), rows(&spending.people))}
            }
        </>
    };
    part(Text::Cost, body)
}

#[derive(Properties, PartialEq)]
struct SwitchBoardProps {
    api: Api,
    switches: Switches,
    /// What the environment has stopped, whatever the switches say.
    fixed: Switches,
    reload: Callback<()>,
}

#[component]
fn SwitchBoard(props: &SwitchBoardProps) -> Html {
    let (is_busy, voice) = (use_state_eq(|| false), use_voice());
    let set = |wanted: Switches| {
        let (api, reload) = (props.api.clone(), props.reload.clone());
        let (busy, voice) = (is_busy.setter(), voice.clone());
        Callback::from(move |_: MouseEvent| {
            let (api, reload) = (api.clone(), reload.clone());
            let (busy, voice) = (busy.clone(), voice.clone());
            busy.set(true);
            spawn_local(async move {
                let done: Result<Switches, Failure> = api.set_switches(wanted).await;
                busy.set(false);
                match done {
                    Ok(_) => reload.emit(()),
                    Err(failure) => voice.show(failure.sentence()),
                }
            });
        })
    };
    let Switches {
        models_off,
        read_only,
    } = props.switches;
    let models = set(Switches {
        models_off: !models_off,
        read_only,
    });
    let changes = set(Switches {
        models_off,
        read_only: !read_only,
    });
    let switch = |is_on: bool, fixed: bool, state: [Text; 2], act: [Text; 2], onclick| {
        let at = usize::from(is_on || fixed);
        let button = Button::new(act[at]).busy(*is_busy).onclick(onclick);
        html! {
            <li>
                <div class="account-item"><strong>{state[at]}</strong></div>
                if fixed {
                    <span class="soft">{Text::SwitchFixed}</span>
                } else {
                    {button.view()}
                }
            </li>
        }
    };
    html! {
        <ul class="account-list">
            {switch(models_off, props.fixed.models_off, [Text::ModelsAnswer, Text::ModelsStopped], [Text::StopModels, Text::StartModels], models)}
            {switch(read_only, props.fixed.read_only, [Text::ChangesGo, Text::ChangesStopped], [Text::StopChanges, Text::StartChanges], changes)}
        </ul>
    }
}
