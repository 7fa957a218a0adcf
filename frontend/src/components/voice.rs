//! What is said to those who listen instead of looking.
//!
//! A streamed answer would be read out word by word if its place in the page were a live
//! region, so nothing is one but this: it says that an answer begins and that it is there.

use yew::html::ImplicitClone;
use yew::{
    AttrValue, Callback, ContextProvider, Html, Properties, component, hook, html, use_context,
    use_state,
};

/// Speaks through the page's one live region.
#[derive(Clone, Default, PartialEq)]
pub struct Voice(Callback<AttrValue>);

impl ImplicitClone for Voice {}

impl Voice {
    pub fn say(&self, sentence: AttrValue) {
        self.0.emit(sentence);
    }
}

/// The voice of the page; outside of a [`VoiceRegion`] it is silent.
#[hook]
pub fn use_voice() -> Voice {
    use_context().unwrap_or_default()
}

#[derive(Properties, PartialEq)]
pub struct VoiceRegionProps {
    pub children: Html,
}

#[component]
pub fn VoiceRegion(props: &VoiceRegionProps) -> Html {
    // The count makes the same sentence, said twice, two different contents.
    let said = use_state(|| (0_u32, AttrValue::default()));
    let counter = yew::use_mut_ref(|| 0_u32);
    let voice = yew::use_memo(said.setter(), move |set| {
        let set = set.clone();
        Voice(Callback::from(move |sentence| {
            let mut count = counter.borrow_mut();
            *count += 1;
            set.set((*count, sentence));
        }))
    });
    let (count, sentence) = &*said;
    html! {
        <ContextProvider<Voice> context={Voice::clone(&voice)}>
            {props.children.clone()}
            <div class="unseen" role="status" aria-live="polite">
                <p key={count.to_string()}>{sentence.clone()}</p>
            </div>
        </ContextProvider<Voice>>
    }
}
