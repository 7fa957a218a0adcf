//! What the person thinks of an answer.

use protocol::chatkit::FeedbackKind;
use protocol::{ItemId, ThreadId};
use wasm_bindgen_futures::spawn_local;
use yew::{Html, MouseEvent, Properties, component, html, use_state_eq};

use crate::chat::link::ChatLink;
use crate::components::{IconButton, use_voice};
use crate::icon::Glyph;
use crate::text::Text;

#[derive(Properties, PartialEq)]
pub(super) struct FeedbackProps {
    pub thread: ThreadId,
    pub item: ItemId,
    pub link: ChatLink,
}

#[component]
pub(super) fn Feedback(props: &FeedbackProps) -> Html {
    let given = use_state_eq(|| None::<FeedbackKind>);
    let voice = use_voice();
    let button = |kind: FeedbackKind, glyph: Glyph, label: Text| {
        let (thread, item) = (props.thread.clone(), props.item.clone());
        let (given, voice) = (given.clone(), voice.clone());
        let is_given = *given == Some(kind);
        let give = props.link.on(move |link, _: MouseEvent| {
            let (api, given, voice) = (link.api().clone(), given.setter(), voice.clone());
            let (thread, item) = (thread.clone(), item.clone());
            spawn_local(async move {
                match api.feedback(thread, item, kind).await {
                    Ok(()) => {
                        given.set(Some(kind));
                        voice.say(Text::FeedbackThanks);
                    }
                    Err(failure) => voice.show(failure.sentence()),
                }
            });
        });
        let button = IconButton::new(glyph, label).class("small feedback");
        button.pressed(is_given).onclick(give).view()
    };
    html! {
        <>
            {button(FeedbackKind::Positive, Glyph::ThumbUp, Text::FeedbackGood)}
            {button(FeedbackKind::Negative, Glyph::ThumbDown, Text::FeedbackBad)}
        </>
    }
}
