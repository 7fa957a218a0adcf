//! Buttons, put together word by word:
//! `Button::new(Text::TryAgain).glyph(Glyph::Repeat).onclick(again).view()`.

use yew::{AttrValue, Callback, Html, MouseEvent, classes, html};

use crate::icon::{Glyph, icon};

/// A button with words.
pub struct Button {
    label: AttrValue,
    class: &'static str,
    glyph: Option<Glyph>,
    onclick: Callback<MouseEvent>,
    kind: &'static str,
    is_busy: bool,
}

impl Button {
    pub fn new(label: impl Into<AttrValue>) -> Self {
        Self {
            label: label.into(),
            class: "button-plain",
            glyph: None,
            onclick: Callback::noop(),
            kind: "button",
            is_busy: false,
        }
    }

    /// The one thing to do here.
    pub const fn primary(mut self) -> Self {
        self.class = "button-primary";
        self
    }

    /// Something that cannot be undone.
    pub const fn danger(mut self) -> Self {
        self.class = "button-danger";
        self
    }

    /// Words alone.
    pub const fn quiet(mut self) -> Self {
        self.class = "button-quiet";
        self
    }

    pub const fn glyph(mut self, glyph: Glyph) -> Self {
        self.glyph = Some(glyph);
        self
    }

    pub fn onclick(mut self, onclick: Callback<MouseEvent>) -> Self {
        self.onclick = onclick;
        self
    }

    /// Sends its form.
    pub const fn submit(mut self) -> Self {
        self.kind = "submit";
        self
    }

    /// Under way: it stays where it is, keeps the keyboard, and takes no second press.
    pub const fn busy(mut self, is_busy: bool) -> Self {
        self.is_busy = is_busy;
        self
    }

    pub fn view(self) -> Html {
        let busy = self.is_busy.then_some("true");
        let onclick = match self.is_busy {
            true => Callback::from(|event: MouseEvent| event.prevent_default()),
            false => self.onclick,
        };
        html! {
            <button type={self.kind} class={classes!("button", self.class)} {onclick} aria-disabled={busy} aria-busy={busy}>
                <>{self.glyph.map(icon)}</>
                <span>{self.label}</span>
            </button>
        }
    }
}

/// A button with an icon, whose words are its name and its tip.
pub struct IconButton {
    glyph: Glyph,
    label: AttrValue,
    class: &'static str,
    onclick: Callback<MouseEvent>,
    kind: &'static str,
    is_disabled: bool,
    pressed: Option<bool>,
    expanded: Option<bool>,
}

impl IconButton {
    pub fn new(glyph: Glyph, label: impl Into<AttrValue>) -> Self {
        Self {
            glyph,
            label: label.into(),
            class: "",
            onclick: Callback::noop(),
            kind: "button",
            is_disabled: false,
            pressed: None,
            expanded: None,
        }
    }

    pub const fn class(mut self, class: &'static str) -> Self {
        self.class = class;
        self
    }

    pub fn onclick(mut self, onclick: Callback<MouseEvent>) -> Self {
        self.onclick = onclick;
        self
    }

    /// Sends its form.
    pub const fn submit(mut self) -> Self {
        self.kind = "submit";
        self
    }

    pub const fn disabled(mut self, is_disabled: bool) -> Self {
        self.is_disabled = is_disabled;
        self
    }

    /// It opens something, or shuts it.
    pub const fn expanded(mut self, is_expanded: bool) -> Self {
        self.expanded = Some(is_expanded);
        self
    }

    /// A switch, which is on or off.
    pub const fn pressed(mut self, is_pressed: bool) -> Self {
        self.pressed = Some(is_pressed);
        self
    }

    pub fn view(self) -> Html {
        let word = |is: bool| if is { "true" } else { "false" };
        let (pressed, expanded) = (self.pressed.map(word), self.expanded.map(word));
        html! {
            <button
                type={self.kind}
                class={classes!("icon-button", self.class)}
                aria-label={&self.label}
                title={self.label}
                aria-pressed={pressed}
                aria-expanded={expanded}
                disabled={self.is_disabled}
                onclick={self.onclick}
            >
                {icon(self.glyph)}
            </button>
        }
    }
}
