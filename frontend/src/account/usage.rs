//! What is left of the limits, and what models took.

use std::rc::Rc;

use protocol::usage::{Usage as Taking, UsageOfDay};
use yew::{Html, Properties, component, html};

use super::part;
use crate::api::{Api, Quota};
use crate::components::{Pending, budget, money, table, use_fetched};
use crate::text::Text;

#[derive(Properties, PartialEq)]
pub(super) struct UsageProps {
    pub api: Api,
}

#[component]
pub(super) fn Usage(props: &UsageProps) -> Html {
    let api = props.api.clone();
    let fetch = move || -> Pending<Vec<Quota>> {
        let api = api.clone();
        Box::pin(async move {
            // Whatever is answered says what is left.
            api.task_activity(1).await?;
            Ok(api.quotas())
        })
    };
    let (quotas, reload) = use_fetched(Rc::new(fetch), 0);
    let list = quotas.view(&reload, |quotas| match quotas.is_empty() {
        true => html! { <p>{Text::NoLimits}</p> },
        false => html! { <>{ for quotas.iter().map(meter) }</> },
    });
    html! {
        <>
            {part(Text::Usage, Some(Text::UsageIntro), list)}
            <Taken api={&props.api} />
        </>
    }
}

/// What the person's turns took.
#[component]
fn Taken(props: &UsageProps) -> Html {
    let api = props.api.clone();
    let fetch = move || -> Pending<Taking> {
        let api = api.clone();
        Box::pin(async move { api.usage().await })
    };
    let (usage, reload) = use_fetched(Rc::new(fetch), 0);
    let body = usage.view(&reload, |usage| {
        let row = |of: &UsageOfDay| {
            let tokens = [i64::from(of.asked), of.input_tokens, of.output_tokens];
            let mut cells = vec![of.day.clone(), name(&of.model)];
            cells.extend(tokens.map(|count| count.to_string()));
            cells.push(money(of.cost));
            cells
        };
        let heads = [
            Text::Day,
            Text::Model,
            Text::Asked,
            Text::TokensRead,
            Text::TokensWritten,
            Text::Cost,
        ];
        html! {
            <>
                <>{usage.budget.map(|most| budget(usage.spent_today, Some(most)))}</>
                {table(Text::Taken, &heads, usage.days.iter().map(row).collect())}
            </>
        }
    });
    part(Text::Taken, None, body)
}

fn name(model: &str) -> String {
    match model {
        "own" => Text::OwnUsage.as_str().to_owned(),
        model => model.to_owned(),
    }
}

fn meter(quota: &Quota) -> Html {
    let (left, most) = (quota.left.to_string(), quota.most.to_string());
    let sentence = Text::QuotaLeft.with(&[("left", &left), ("all", &most)]);
    let minutes = quota.reset.div_ceil(60) as usize;
    html! {
        <div class="quota">
            <p><strong>{sentence.clone()}</strong></p>
            <meter min="0" max={most} value={left} aria-label={sentence} />
            <p class="soft">{Text::QuotaReset.count(minutes)}</p>
        </div>
    }
}
