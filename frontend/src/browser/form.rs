//! A form as the browser keeps it.

use wasm_bindgen::JsCast;
use web_sys::{Element, FormData, HtmlFormElement, HtmlInputElement};

use super::{document, focus_within};

/// The fields keep their own values; the program reads them when the form is sent.
pub struct Form(pub HtmlFormElement);

impl Form {
    /// What stands in a field; nothing where there is no such field.
    pub fn value(&self, name: &str) -> String {
        let data = FormData::new_with_form(&self.0).ok();
        let value = data.and_then(|data| data.get(name).as_string());
        value.unwrap_or_default()
    }

    pub fn fill(&self, name: &str, value: &str) {
        if let Some(field) = field(&self.0, name) {
            field.set_value(value);
        }
    }

    /// Moves the keyboard to the first match, if there is one.
    pub fn focus(&self, selector: &str) {
        focus_within(&self.0, selector);
    }

    /// Takes over what was typed into the form that `index.html` shows when this program is
    /// long in coming, and takes that form away. Gives back which field had the keyboard.
    pub fn take_over_early(&self) -> Option<String> {
        let early = early()?;
        for name in ["email", "password"] {
            if let Some(typed) = field(&early, name) {
                self.fill(name, &typed.value());
            }
        }
        end_early()
    }
}

fn field(form: &Element, name: &str) -> Option<HtmlInputElement> {
    let field = form.query_selector(&format!("[name={name}]")).ok()??;
    field.dyn_into().ok()
}

fn early() -> Option<Element> {
    document()?.get_element_by_id("early")
}

/// Takes the early form away; the name of its field that had the keyboard is given back.
pub fn end_early() -> Option<String> {
    let early = early()?;
    let active = document()?.active_element();
    let active = active.filter(|active| early.contains(Some(active)));
    early.remove();
    active?.get_attribute("name")
}
