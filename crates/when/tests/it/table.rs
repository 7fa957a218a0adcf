//! The table of phrases, one test for each of its themes.

use when::{find, resolve};

use crate::support::{monday, text};

/// The rows of a theme: phrase, meaning, and whether it is one only as an argument.
fn rows(theme: &str) -> Vec<(&'static str, &'static str, bool)> {
    let mut rows = Vec::new();
    let mut section = "";
    for line in include_str!("../data/phrases.tsv").lines() {
        if let Some(heading) = line.strip_prefix("# ") {
            section = heading;
        } else if let Some((phrase, meaning)) = line.split_once('\t')
            && section.split(':').next() == Some(theme)
        {
            rows.push((phrase, meaning, section.ends_with("(argument only)")));
        }
    }
    rows
}

/// Every row that means something else, as an argument or in a sentence.
fn check(theme: &str) {
    let ctx = monday();
    let rows = rows(theme);
    let mut wrong = Vec::new();
    for (phrase, meaning, argument) in &rows {
        let resolved = resolve(phrase, &ctx).map(|when| text(&when));
        if resolved.as_deref() != Ok(*meaning) {
            wrong.push(format!("{phrase:?} is {meaning:?}, not {resolved:?}"));
        }
        let sentence = format!("Ring Tim {phrase}");
        let found = find(&sentence, &ctx);
        let whole = found.len() == 1
            && sentence[found[0].range.clone()] == **phrase
            && text(&found[0].when) == *meaning;
        if !argument && !whole {
            wrong.push(format!(
                "{phrase:?} is {meaning:?}, but in a sentence {found:?}"
            ));
        }
    }
    assert!(!rows.is_empty());
    assert!(wrong.is_empty(), "{wrong:#?}");
}

macro_rules! themes {
    ($($theme:ident),*) => {
        $(#[test]
        fn $theme() {
            check(stringify!($theme));
        })*
    };
}

themes!(
    bounds, days, holidays, instants, numeric, periods, ranges, repeats, times
);
