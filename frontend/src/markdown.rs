//! The assistant's Markdown as nodes of the page.
//!
//! **Invariant:** no text ever becomes HTML. Events of the parser become nodes; HTML in the
//! source is shown as the text it is; a link leads only to where [`links`] allows; an image
//! becomes a link, since the page loads nothing from elsewhere.

mod blocks;
mod code;
mod links;
mod tail;
mod tree;

use yew::{AttrValue, Html, Properties, component, html, use_mut_ref};

use blocks::Splitter;

#[derive(Properties, PartialEq)]
pub struct MarkdownProps {
    pub source: AttrValue,
    /// More is to come: the end may be in the middle of a word, or of a mark.
    #[prop_or_default]
    pub is_open: bool,
}

/// Markdown, drawn block by block. While a text grows only its last block changes, so that
/// a long answer costs no more for each new word than a short one.
#[component]
pub fn Markdown(props: &MarkdownProps) -> Html {
    let splitter = use_mut_ref(Splitter::default);
    let mut splitter = splitter.borrow_mut();
    let blocks = splitter.split(&props.source, props.is_open);
    html! {
        <div class="prose">
            { for blocks.enumerate().map(|(index, source)| html! {
                <Block key={index} {source} />
            }) }
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct BlockProps {
    source: AttrValue,
}

#[component]
fn Block(props: &BlockProps) -> Html {
    tree::draw(&props.source)
}

#[cfg(test)]
mod tests;
