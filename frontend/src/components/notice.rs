//! A message within the page.

use yew::{AttrValue, Callback, Html, MouseEvent, classes, html};

use super::button::IconButton;
use crate::icon::{Glyph, icon};
use crate::text::Text;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    Calm,
    Warning,
    Danger,
}

pub struct Notice {
    tone: Tone,
    glyph: Glyph,
    title: Option<AttrValue>,
    onclose: Option<Callback<MouseEvent>>,
}

impl Notice {
    pub const fn new(tone: Tone) -> Self {
        Self {
            tone,
            glyph: match tone {
                Tone::Calm => Glyph::Info,
                Tone::Warning | Tone::Danger => Glyph::Warning,
            },
            title: None,
            onclose: None,
        }
    }

    pub const fn glyph(mut self, glyph: Glyph) -> Self {
        self.glyph = glyph;
        self
    }

    pub fn title(mut self, title: impl Into<AttrValue>) -> Self {
        self.title = Some(title.into());
        self
    }

    /// Lets the person take it away.
    pub fn onclose(mut self, onclose: Callback<MouseEvent>) -> Self {
        self.onclose = Some(onclose);
        self
    }

    /// With the message, and what can be done about it.
    pub fn view(self, body: Html) -> Html {
        let class = match self.tone {
            Tone::Calm => "notice-calm",
            Tone::Warning => "notice-warning",
            Tone::Danger => "notice-danger",
        };
        let role = (self.tone == Tone::Danger).then_some("alert");
        let close = self.onclose.map(|onclose| {
            let button = IconButton::new(Glyph::Close, Text::Close);
            button.class("small").onclick(onclose).view()
        });
        html! {
            <div class={classes!("notice", class)} {role}>
                {icon(self.glyph)}
                <div class="notice-body">
                    <>{self.title.map(|title| html! { <strong>{title}</strong> })}</>
                    {body}
                </div>
                <>{close}</>
            </div>
        }
    }
}
