//! Every sentence a person can see, by name; the languages lie in `text/`.
//!
//! **Invariant:** no component holds a visible sentence of its own. A name that a language has
//! not translated falls back to English, so a text may be late but never missing.

mod english;
mod language;
mod names;

use std::fmt;

use yew::html::IntoPropValue;
use yew::virtual_dom::VNode;
use yew::{AttrValue, Html};

pub use english::Text;
pub use language::{LANGUAGES, begin, language};

impl Text {
    /// The sentence in the language of the page.
    pub fn as_str(self) -> &'static str {
        language::translated(self).unwrap_or(self.english())
    }

    /// The sentence with its `{…}` gaps filled, in the order given.
    pub fn with(self, gaps: &[(&str, &str)]) -> AttrValue {
        fill(self.as_str(), gaps).into()
    }

    /// The form that fits the number, with `{n}` filled. The forms of a language are written
    /// behind each other, `one=… | other=…`, under the names that Unicode gives them.
    pub fn count(self, number: usize) -> AttrValue {
        let form = form_of(self.as_str(), &language::plural(number));
        fill(form, &[("n", &number.to_string())]).into()
    }
}

impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl From<Text> for AttrValue {
    fn from(text: Text) -> Self {
        Self::Static(text.as_str())
    }
}

impl IntoPropValue<AttrValue> for Text {
    fn into_prop_value(self) -> AttrValue {
        AttrValue::Static(self.as_str())
    }
}

impl IntoPropValue<Option<AttrValue>> for Text {
    fn into_prop_value(self) -> Option<AttrValue> {
        Some(AttrValue::Static(self.as_str()))
    }
}

impl IntoPropValue<Html> for Text {
    fn into_prop_value(self) -> Html {
        VNode::VText(AttrValue::Static(self.as_str()).into())
    }
}

fn form_of<'a>(forms: &'a str, category: &str) -> &'a str {
    let mut last = forms;
    for form in forms.split(" | ") {
        let Some((name, text)) = form.split_once('=') else {
            return form;
        };
        if name == category {
            return text;
        }
        last = text;
    }
    last
}

fn fill(pattern: &str, gaps: &[(&str, &str)]) -> String {
    let mut text = String::with_capacity(pattern.len() + 16);
    let mut rest = pattern;
    while let Some((before, after)) = rest.split_once('{') {
        text.push_str(before);
        let Some((name, after)) = after.split_once('}') else {
            rest = after;
            break;
        };
        let value = gaps.iter().find(|(gap, _)| *gap == name);
        text.push_str(value.map_or("", |(_, value)| value));
        rest = after;
    }
    text.push_str(rest);
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gaps_are_filled_and_what_is_put_in_is_not_read_again() {
        let text = fill("Deleted “{title}” of {n}.", &[("title", "{n}"), ("n", "3")]);

        assert_eq!(text, "Deleted “{n}” of 3.");
    }

    #[test]
    fn a_number_finds_its_form() {
        let forms = "one={n} task | other={n} tasks";

        assert_eq!(form_of(forms, "one"), "{n} task");
        assert_eq!(form_of(forms, "other"), "{n} tasks");
        assert_eq!(form_of(forms, "few"), "{n} tasks");
        assert_eq!(form_of("tasks", "one"), "tasks");
    }
}
