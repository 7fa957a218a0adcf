//! A message within the page.

use yew::{AttrValue, Callback, Html, MouseEvent, Properties, classes, component, html};

use super::button::IconButton;
use crate::icon::{Glyph, Icon};
use crate::text::Text;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    #[default]
    Calm,
    Warning,
    Danger,
}

#[derive(Properties, PartialEq)]
pub struct NoticeProps {
    #[prop_or_default]
    pub tone: Tone,
    #[prop_or_default]
    pub glyph: Option<Glyph>,
    #[prop_or_default]
    pub title: Option<AttrValue>,
    /// Takes it away.
    #[prop_or_default]
    pub onclose: Option<Callback<MouseEvent>>,
    /// The message, and what can be done about it.
    pub children: Html,
}

#[component]
pub fn Notice(props: &NoticeProps) -> Html {
    let (class, glyph) = match props.tone {
        Tone::Calm => ("notice-calm", Glyph::Info),
        Tone::Warning => ("notice-warning", Glyph::Warning),
        Tone::Danger => ("notice-danger", Glyph::Warning),
    };
    let role = (props.tone == Tone::Danger).then_some("alert");
    html! {
        <div class={classes!("notice", class)} {role}>
            <Icon glyph={props.glyph.unwrap_or(glyph)} />
            <div class="notice-body">
                if let Some(title) = &props.title {
                    <strong>{title.clone()}</strong>
                }
                {props.children.clone()}
            </div>
            if let Some(onclose) = &props.onclose {
                <IconButton glyph={Glyph::Close} label={AttrValue::from(Text::Close)} class="small" onclick={onclose.clone()} />
            }
        </div>
    }
}
