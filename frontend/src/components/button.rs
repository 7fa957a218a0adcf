//! Buttons.

use yew::{
    AttrValue, Callback, Classes, Html, MouseEvent, NodeRef, Properties, classes, component, html,
};

use crate::icon::{Glyph, Icon};

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Look {
    /// The one thing to do here.
    Primary,
    #[default]
    Plain,
    /// Words alone.
    Quiet,
}

impl Look {
    fn class(self) -> Classes {
        classes!(
            "button",
            match self {
                Self::Primary => "button-primary",
                Self::Plain => "button-plain",
                Self::Quiet => "button-quiet",
            }
        )
    }
}

#[derive(Properties, PartialEq)]
pub struct ButtonProps {
    pub label: AttrValue,
    #[prop_or_default]
    pub look: Look,
    #[prop_or_default]
    pub glyph: Option<Glyph>,
    #[prop_or_default]
    pub onclick: Callback<MouseEvent>,
    /// `submit` within a form.
    #[prop_or(AttrValue::Static("button"))]
    pub kind: AttrValue,
    /// Under way: it stays where it is, keeps the keyboard, and takes no second press.
    #[prop_or_default]
    pub is_busy: bool,
}

#[component]
pub fn Button(props: &ButtonProps) -> Html {
    let busy = props.is_busy.then_some("true");
    let onclick = match props.is_busy {
        true => Callback::from(|event: MouseEvent| event.prevent_default()),
        false => props.onclick.clone(),
    };
    html! {
        <button type={&props.kind} class={props.look.class()} {onclick} aria-disabled={busy} aria-busy={busy}>
            if let Some(glyph) = props.glyph {
                <Icon {glyph} />
            }
            <span>{props.label.clone()}</span>
        </button>
    }
}

#[derive(Properties, PartialEq)]
pub struct IconButtonProps {
    pub glyph: Glyph,
    /// What it does, for everyone who does not see the icon, and as its tip.
    pub label: AttrValue,
    #[prop_or_default]
    pub class: Classes,
    #[prop_or_default]
    pub onclick: Callback<MouseEvent>,
    #[prop_or_default]
    pub node: NodeRef,
    #[prop_or(AttrValue::Static("button"))]
    pub kind: AttrValue,
    #[prop_or_default]
    pub is_disabled: bool,
    #[prop_or_default]
    pub is_pressed: Option<bool>,
}

#[component]
pub fn IconButton(props: &IconButtonProps) -> Html {
    let pressed = props.is_pressed.map(|is| if is { "true" } else { "false" });
    html! {
        <button
            ref={&props.node}
            type={&props.kind}
            class={classes!("icon-button", props.class.clone())}
            aria-label={&props.label}
            title={&props.label}
            aria-pressed={pressed}
            disabled={props.is_disabled}
            onclick={props.onclick.clone()}
        >
            <Icon glyph={props.glyph} />
        </button>
    }
}
