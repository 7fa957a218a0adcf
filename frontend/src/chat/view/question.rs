//! A question of the assistant: a card with boxes to tick, or what was answered.

use std::collections::BTreeMap;

use protocol::chatkit::{Answer, Input, InputAnswers, InputKind, InputStatus, Item};
use web_sys::HtmlInputElement;
use yew::{
    AttrValue, Callback, Event, Html, MouseEvent, Properties, TargetCast, classes, component, html,
    use_callback, use_state,
};

use crate::browser;
use crate::chat::conversation::Place;
use crate::chat::link::ChatLink;
use crate::chat::turn::Ask;
use crate::components::Button;
use crate::icon::{Glyph, icon};
use crate::text::Text;

/// What can be done with a question at the moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Standing {
    Open,
    /// An answer is on its way.
    Answering,
    /// The talk has gone on without an answer, which means no.
    Passed,
}

pub(super) fn question(
    item: &Item,
    (status, inputs): (InputStatus, &[Input]),
    (place, standing): (Place, Standing),
    link: &ChatLink,
) -> Html {
    let is_pending = status == InputStatus::Pending && standing != Standing::Passed;
    let one = |input: &Input| match (&input.kind, is_pending) {
        (InputKind::MultipleChoice { options, multiple }, true) => {
            let options: Vec<AttrValue> = options
                .iter()
                .map(|option| option.value.clone().into())
                .collect();
            let (link, item, id) = (link.clone(), item.clone(), input.id.clone());
            let answer = Callback::from(move |values: Option<Vec<String>>| {
                // The button that was pressed goes away with the card.
                browser::focus("message");
                let answers = answers(&id, values);
                let ask = Ask::Answers(item.id.clone(), answers);
                link.ask_at(place, Some(item.thread_id.clone()), ask);
            });
            html! {
                <Choice
                    question={input.question.clone()}
                    {options}
                    multiple={*multiple}
                    is_busy={standing == Standing::Answering}
                    {answer}
                />
            }
        }
        _ => answered(input, status),
    };
    html! { <>{ for inputs.iter().map(one) }</> }
}

fn answers(id: &str, values: Option<Vec<String>>) -> InputAnswers {
    let answers = |values: Vec<String>, skipped| {
        BTreeMap::from([(id.to_owned(), Answer { values, skipped })])
    };
    match values {
        Some(values) => InputAnswers::Answered {
            answers: answers(values, false),
        },
        None => InputAnswers::Skipped {
            answers: answers(Vec::new(), true),
        },
    }
}

/// The question with what was answered.
fn answered(input: &Input, status: InputStatus) -> Html {
    let answer = input.answer.as_ref().filter(|answer| !answer.skipped);
    let values = answer.filter(|_| status == InputStatus::Answered);
    let glyph = match values {
        Some(_) => Glyph::Check,
        None => Glyph::Close,
    };
    let values = match values {
        Some(answer) => answer.values.iter().map(|value| shown(value)).collect(),
        None => vec![AttrValue::from(Text::Skipped)],
    };
    html! {
        <section class="question is-answered">
            <p dir="auto">{input.question.clone()}</p>
            <ul>
                { for values.into_iter().map(|value| html! {
                    <li dir="auto">{icon(glyph)}{value}</li>
                }) }
            </ul>
        </section>
    }
}

/// The two answers that the server gives in English.
fn shown(value: &str) -> AttrValue {
    match value {
        "Yes" => Text::Yes.into(),
        "No" => Text::No.into(),
        other => AttrValue::from(other.to_owned()),
    }
}

#[derive(Properties, PartialEq)]
struct ChoiceProps {
    question: String,
    options: Vec<AttrValue>,
    multiple: bool,
    is_busy: bool,
    /// With the chosen options, or nothing for a refusal.
    answer: Callback<Option<Vec<String>>>,
}

/// Several options begin all ticked: whoever asked for twelve deletions most likely wants them,
/// and takes out the one that they do not.
#[component]
fn Choice(props: &ChoiceProps) -> Html {
    let ticked = use_state(|| vec![true; props.options.len()]);
    let tick = use_callback(
        ticked.clone(),
        |(index, is_ticked): (usize, bool), ticked| {
            let mut next = Vec::clone(ticked);
            next[index] = is_ticked;
            ticked.set(next);
        },
    );
    let buttons = if props.multiple {
        let chosen = chosen(&props.options, &ticked);
        confirm(props, chosen)
    } else {
        html! { <>{ for props.options.iter().enumerate().map(|option| choose(option, props)) }</> }
    };
    let is_busy = props.is_busy;
    html! {
        <section class="question" aria-label={Text::Question}>
            <fieldset disabled={is_busy}>
                <legend dir="auto">{props.question.clone()}</legend>
                if props.multiple {
                    <ul class="options">
                        { for props.options.iter().enumerate().map(|(index, option)| {
                            box_of(option, ticked[index], &tick.reform(move |is| (index, is)))
                        }) }
                    </ul>
                }
            </fieldset>
            <div class="question-keys">{buttons}</div>
        </section>
    }
}

fn chosen(options: &[AttrValue], ticked: &[bool]) -> Vec<String> {
    let both = options.iter().zip(ticked);
    let chosen = both.filter(|(_, is_ticked)| **is_ticked);
    chosen.map(|(option, _)| option.to_string()).collect()
}

fn box_of(option: &AttrValue, is_ticked: bool, tick: &Callback<bool>) -> Html {
    let onchange = tick.reform(|event: Event| {
        let input = event.target_dyn_into::<HtmlInputElement>();
        input.is_some_and(|input| input.checked())
    });
    html! {
        <li>
            <label class={classes!("option", (!is_ticked).then_some("is-off"))}>
                <input type="checkbox" checked={is_ticked} {onchange} />
                <span dir="auto">{option.clone()}</span>
            </label>
        </li>
    }
}

fn confirm(props: &ChoiceProps, chosen: Vec<String>) -> Html {
    let label = match (chosen.len(), props.options.len()) {
        (some, all) if some == all => Text::ConfirmAll.count(all),
        (some, all) => {
            Text::ConfirmSome.with(&[("n", &some.to_string()), ("all", &all.to_string())])
        }
    };
    let is_none = chosen.is_empty();
    let yes = props
        .answer
        .reform(move |_: MouseEvent| Some(chosen.clone()));
    let no = props.answer.reform(|_: MouseEvent| None);
    html! {
        <>
            {Button::new(label).primary().busy(props.is_busy || is_none).onclick(yes).view()}
            {Button::new(Text::Cancel).busy(props.is_busy).onclick(no).view()}
        </>
    }
}

fn choose((index, option): (usize, &AttrValue), props: &ChoiceProps) -> Html {
    let value = option.to_string();
    let onclick = props
        .answer
        .reform(move |_: MouseEvent| Some(vec![value.clone()]));
    let button = Button::new(shown(option))
        .busy(props.is_busy)
        .onclick(onclick);
    match index {
        0 => button.primary().view(),
        _ => button.view(),
    }
}
