//! Light or dark, and the language: kept by this browser, for whoever uses it.

use super::storage::{read, remove, write};
use super::{document, window};

const THEME: &str = "latchwork/theme";
const LANGUAGE: &str = "latchwork/language";

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Theme {
    /// As the system is.
    System,
    Light,
    Dark,
}

impl Theme {
    pub const fn name(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }
}

pub fn theme() -> Theme {
    match read(THEME).as_deref() {
        Some("light") => Theme::Light,
        Some("dark") => Theme::Dark,
        _ => Theme::System,
    }
}

/// Keeps the choice, and shows it.
pub fn set_theme(theme: Theme) {
    match theme {
        Theme::System => remove(THEME),
        _ => write(THEME, theme.name()),
    }
    show(theme);
}

fn show(theme: Theme) {
    if let Some(root) = document().and_then(|page| page.document_element()) {
        let _ = root.set_attribute("data-theme", theme.name());
    }
}

/// Shows the page as it was chosen, in a language written in this direction.
pub fn begin_looks(language: &str, direction: &str) {
    show(theme());
    if let Some(root) = document().and_then(|page| page.document_element()) {
        let _ = root.set_attribute("lang", language);
        let _ = root.set_attribute("dir", direction);
    }
}

/// The languages that the person reads, best first: the one that was chosen here, then those of
/// the browser.
pub fn chosen_language() -> Vec<String> {
    let of_browser = window().map(|window| window.navigator().languages());
    let of_browser = of_browser.into_iter().flat_map(|list| list.to_vec());
    let of_browser = of_browser.filter_map(|name| name.as_string());
    read(LANGUAGE).into_iter().chain(of_browser).collect()
}

pub fn set_language(code: &str) {
    write(LANGUAGE, code);
}
