//! A block of code, which can be copied.

use yew::{AttrValue, Html, html};

use crate::components::CopyButton;
use crate::text::Text;

pub(super) fn code_block(language: &str, text: String) -> Html {
    let text = AttrValue::from(text);
    html! {
        <figure class="code">
            <figcaption>
                <span>{language.to_owned()}</span>
                <CopyButton text={&text} label={Text::CopyCode} />
            </figcaption>
            <pre dir="ltr" tabindex="0"><code>{text}</code></pre>
        </figure>
    }
}
