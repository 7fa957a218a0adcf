//! Fields of a form, with their labels and what is wrong with them.

use web_sys::HtmlInputElement;
use yew::{
    AttrValue, Callback, Html, InputEvent, Properties, TargetCast, component, html, use_callback,
    use_state_eq,
};

use super::button::IconButton;
use crate::icon::Glyph;
use crate::text::Text;

#[derive(Properties, PartialEq)]
pub struct FieldProps {
    /// Its name in the form, and its id.
    pub name: AttrValue,
    pub label: AttrValue,
    pub value: AttrValue,
    pub oninput: Callback<String>,
    #[prop_or(AttrValue::Static("text"))]
    pub kind: AttrValue,
    /// What the browser may fill in.
    pub autocomplete: AttrValue,
    #[prop_or_default]
    pub hint: Option<AttrValue>,
    #[prop_or_default]
    pub error: Option<AttrValue>,
    #[prop_or_default]
    pub maxlength: Option<AttrValue>,
    /// Something to press at the end of the field.
    #[prop_or_default]
    pub children: Html,
}

#[component]
pub fn Field(props: &FieldProps) -> Html {
    let oninput = use_callback(props.oninput.clone(), |event: InputEvent, oninput| {
        if let Some(input) = event.target_dyn_into::<HtmlInputElement>() {
            oninput.emit(input.value());
        }
    });
    let note = props.error.as_ref().or(props.hint.as_ref());
    let note_id = note.map(|_| format!("{}-note", props.name));
    let invalid = props.error.as_ref().map(|_| "true");
    html! {
        <div class="field">
            <label for={&props.name}>{props.label.clone()}</label>
            <div class="field-box">
                <input
                    id={&props.name}
                    name={&props.name}
                    type={&props.kind}
                    value={&props.value}
                    autocomplete={&props.autocomplete}
                    maxlength={&props.maxlength}
                    aria-describedby={note_id.clone()}
                    aria-invalid={invalid}
                    required=true
                    {oninput}
                />
                {props.children.clone()}
            </div>
            if let Some(note) = note {
                <p id={note_id} class={if invalid.is_some() { "field-error" } else { "field-hint" }}>
                    {note.clone()}
                </p>
            }
        </div>
    }
}

#[derive(Properties, PartialEq)]
pub struct PasswordFieldProps {
    pub value: AttrValue,
    pub oninput: Callback<String>,
    pub autocomplete: AttrValue,
    #[prop_or_default]
    pub hint: Option<AttrValue>,
    #[prop_or_default]
    pub error: Option<AttrValue>,
}

/// A password, which can be looked at: that prevents more mistakes than stars prevent looks.
#[component]
pub fn PasswordField(props: &PasswordFieldProps) -> Html {
    let is_shown = use_state_eq(|| false);
    let toggle = use_callback(is_shown.clone(), |_, is_shown| is_shown.set(!**is_shown));
    let (kind, glyph) = match *is_shown {
        true => ("text", Glyph::EyeShut),
        false => ("password", Glyph::Eye),
    };
    html! {
        <Field
            name="password"
            label={AttrValue::from(Text::Password)}
            value={&props.value}
            oninput={props.oninput.clone()}
            {kind}
            autocomplete={&props.autocomplete}
            hint={&props.hint}
            error={&props.error}
        >
            <IconButton
                {glyph}
                label={AttrValue::from(Text::ShowPassword)}
                is_pressed={Some(*is_shown)}
                onclick={toggle}
                class="small"
            />
        </Field>
    }
}
