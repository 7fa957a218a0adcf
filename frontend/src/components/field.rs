//! A field of a form, with its label and what is wrong with it.

use yew::{AttrValue, Html, html};

use crate::text::Text;

/// The form reads its value when it is sent; until then the browser keeps it.
pub struct Field {
    name: &'static str,
    label: Text,
    kind: &'static str,
    autocomplete: &'static str,
    hint: Option<Text>,
    error: Option<AttrValue>,
    end: Html,
    longest: u16,
    is_required: bool,
}

impl Field {
    /// `name` is its name in the form and its id; `autocomplete` says what the browser may
    /// fill in.
    pub fn new(name: &'static str, label: Text, autocomplete: &'static str) -> Self {
        Self {
            name,
            label,
            kind: "text",
            autocomplete,
            hint: None,
            error: None,
            end: Html::default(),
            longest: 320,
            is_required: true,
        }
    }

    /// So many characters go into it, in place of those of an address.
    pub const fn longest(mut self, characters: u16) -> Self {
        self.longest = characters;
        self
    }

    /// It may be left empty.
    pub const fn optional(mut self) -> Self {
        self.is_required = false;
        self
    }

    pub const fn kind(mut self, kind: &'static str) -> Self {
        self.kind = kind;
        self
    }

    pub const fn hint(mut self, hint: Option<Text>) -> Self {
        self.hint = hint;
        self
    }

    pub fn error(mut self, error: Option<AttrValue>) -> Self {
        self.error = error;
        self
    }

    /// Something to press at its end.
    pub fn end(mut self, end: Html) -> Self {
        self.end = end;
        self
    }

    pub fn view(self) -> Html {
        let invalid = self.error.as_ref().map(|_| "true");
        let note = self.error.or_else(|| self.hint.map(AttrValue::from));
        let note_id = note.as_ref().map(|_| format!("{}-note", self.name));
        let class = if invalid.is_some() {
            "field-error"
        } else {
            "field-hint"
        };
        // The note has a place of its own, or the field would be made anew, and empty, with it.
        html! {
            <div class="field" key={self.name}>
                <label for={self.name}>{self.label}</label>
                <div class="field-box">
                    <input
                        id={self.name}
                        name={self.name}
                        type={self.kind}
                        autocomplete={self.autocomplete}
                        maxlength={self.longest.to_string()}
                        aria-describedby={note_id.clone()}
                        aria-invalid={invalid}
                        required={self.is_required}
                    />
                    {self.end}
                </div>
                <>{note.map(|note| html! { <p id={note_id} {class}>{note}</p> })}</>
            </div>
        }
    }
}
