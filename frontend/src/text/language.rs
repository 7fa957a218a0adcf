//! The languages besides English: files of lines `Name = text` in `static/texts/`, of which the
//! page fetches the one that it needs.

use std::sync::OnceLock;

use wasm_split_helpers::wasm_split;

use super::Text;
use crate::api::{self, Failure};
use crate::browser;

/// The languages there are, as browsers name them, and each in its own words.
pub const LANGUAGES: [(&str, &str); 6] = [
    ("en", "English"),
    ("de", "Deutsch"),
    ("fr", "Français"),
    ("es", "Español"),
    ("ur", "اردو"),
    ("ar", "العربية"),
];

/// Those that are written from right to left.
const LEFTWARD: [&str; 2] = ["ur", "ar"];

struct Words {
    code: &'static str,
    /// By the number of the text.
    texts: Texts,
}

/// Filled once, before anything is drawn: for another language the page is loaded anew.
static WORDS: OnceLock<Words> = OnceLock::new();

/// The language of the page.
pub fn language() -> &'static str {
    WORDS.get().map_or("en", |words| words.code)
}

pub(super) fn translated(text: Text) -> Option<&'static str> {
    let words = WORDS.get()?;
    words.texts.get(text as usize).copied().flatten()
}

/// Fetches the words of the person's language. Without them the page speaks English.
pub async fn begin() {
    let code = wanted(&browser::chosen_language());
    if code != "en"
        && let Ok(file) = api::texts(code).await
        && let Ok(read) = reader().await
    {
        // Kept for as long as the page is there.
        let texts = read(Box::leak(file.into_boxed_str()));
        let _ = WORDS.set(Words { code, texts });
    }
    let code = language();
    let direction = if LEFTWARD.contains(&code) {
        "rtl"
    } else {
        "ltr"
    };
    browser::begin_looks(code, direction);
}

/// The first language that the person reads and that is here.
fn wanted(readable: &[String]) -> &'static str {
    let here = |tag: &String| {
        let language = tag.split('-').next()?;
        let known = LANGUAGES.iter().find(|(code, _)| *code == language);
        known.map(|(code, _)| *code)
    };
    readable.iter().find_map(here).unwrap_or("en")
}

type Texts = Vec<Option<&'static str>>;

/// Reads a file of texts. It knows each text by its name, for which English has no use.
#[wasm_split(words, fallible)]
fn reader() -> Result<fn(&'static str) -> Texts, Failure> {
    Ok(read)
}

fn read(file: &'static str) -> Texts {
    let mut texts = vec![None; Text::ALL.len()];
    for line in file.lines() {
        if let Some((name, words)) = line.split_once(" = ")
            && let Some(text) = Text::named(name)
        {
            texts[text as usize] = Some(words);
        }
    }
    texts
}

/// The name that Unicode gives to the form of words that a number asks for.
pub(super) fn plural(number: usize) -> String {
    match language() {
        "en" if number == 1 => "one".to_owned(),
        "en" => "other".to_owned(),
        language => browser::plural(language, number),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Names of the product, and words that the built-in assistant has to understand.
    const ENGLISH_EVERYWHERE: [Text; 9] = [
        Text::Product,
        Text::TitleHome,
        Text::TitleThread,
        Text::Reference,
        Text::PromptAdd,
        Text::PromptShow,
        Text::PromptDone,
        Text::PromptRemember,
        Text::Name,
    ];

    /// The forms that a language has for numbers, as CLDR lists them.
    const FORMS: [(&str, &str, &str); 5] = [
        ("de", include_str!("../../static/texts/de.txt"), "one other"),
        (
            "fr",
            include_str!("../../static/texts/fr.txt"),
            "one many other",
        ),
        (
            "es",
            include_str!("../../static/texts/es.txt"),
            "one many other",
        ),
        ("ur", include_str!("../../static/texts/ur.txt"), "one other"),
        (
            "ar",
            include_str!("../../static/texts/ar.txt"),
            "zero one two few many other",
        ),
    ];

    fn gaps(text: &str) -> Vec<&str> {
        let mut gaps: Vec<&str> = text
            .split('{')
            .skip(1)
            .filter_map(|rest| rest.split('}').next())
            .collect();
        gaps.sort_unstable();
        gaps.dedup();
        gaps
    }

    fn forms(text: &str) -> Option<String> {
        let names: Option<Vec<&str>> = text
            .split(" | ")
            .map(|form| form.split_once('=').map(|(name, _)| name))
            .collect();
        names.map(|names| names.join(" "))
    }

    #[test]
    fn every_text_is_there_in_every_language_with_its_gaps_and_forms() {
        assert_eq!(FORMS.len() + 1, LANGUAGES.len());
        for (code, file, all_forms) in FORMS {
            let texts = read(file);
            for text in Text::ALL {
                let Some(words) = texts[*text as usize] else {
                    assert!(ENGLISH_EVERYWHERE.contains(text), "{code}: {text:?}");
                    continue;
                };
                let english = text.english();
                if forms(english).is_some() && english.contains("other=") {
                    assert_eq!(forms(words).as_deref(), Some(all_forms), "{code}: {text:?}");
                } else {
                    assert_eq!(gaps(words), gaps(english), "{code}: {text:?}");
                }
                let known = gaps(english);
                assert!(
                    gaps(words).iter().all(|gap| known.contains(gap)),
                    "{code}: {text:?}"
                );
            }
            for line in file.lines() {
                let name = line.split(" = ").next().unwrap_or_default();
                assert!(Text::named(name).is_some(), "{code}: {line}");
            }
        }
    }

    #[test]
    fn the_first_language_that_is_here_is_spoken() {
        let readable = |tags: &[&str]| tags.iter().map(|tag| (*tag).to_owned()).collect::<Vec<_>>();

        assert_eq!(wanted(&readable(&["pt-BR", "de-AT", "en"])), "de");
        assert_eq!(wanted(&readable(&["tlh"])), "en");
        assert_eq!(wanted(&[]), "en");
    }
}
