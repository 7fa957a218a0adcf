//! What is left of the limits.

use std::rc::Rc;

use yew::{Html, Properties, component, html};

use super::part;
use crate::api::{Api, Quota};
use crate::components::{Pending, use_fetched};
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
    part(Text::Usage, Some(Text::UsageIntro), list)
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
