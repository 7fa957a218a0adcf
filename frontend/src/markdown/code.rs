//! A block of code, which can be copied.

use yew::{AttrValue, Html, Properties, component, html};

use crate::components::CopyButton;
use crate::text::Text;

#[derive(Properties, PartialEq)]
pub(super) struct CodeBlockProps {
    pub(super) language: AttrValue,
    pub(super) text: AttrValue,
}

#[component]
pub(super) fn CodeBlock(props: &CodeBlockProps) -> Html {
    html! {
        <figure class="code">
            <figcaption>
                <span>{props.language.clone()}</span>
                <CopyButton text={&props.text} label={Text::CopyCode} />
            </figcaption>
            <pre dir="ltr" tabindex="0"><code>{props.text.clone()}</code></pre>
        </figure>
    }
}
