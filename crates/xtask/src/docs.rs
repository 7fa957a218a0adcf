//! `cargo xtask docs`: the parts of the documentation that a program writes, because the code
//! knows them better.
//!
//! **Invariant:** what is written depends on the checkout alone, so that a test can tell a page
//! that is out of date (`crates/xtask/tests/tidy/docs.rs`).

mod capacity;
mod citations;
mod configuration;
mod specs;

use std::fs;

use crate::fault::{AtPath as _, Fault, Result};
use crate::root::Root;

/// A page as it has to be.
struct Page {
    /// From the root.
    path: String,
    text: String,
}

/// Writes the pages that are out of date; with `only_look`, tells which they are.
pub(crate) fn run(root: &Root, only_look: bool) -> Result<()> {
    let mut pages = vec![capacity::page(root)?, configuration::page(root)?];
    pages.extend(specs::pages(root)?);
    let mut stale = Vec::new();
    for Page { path, text } in pages {
        let file = root.join(&path);
        if fs::read_to_string(&file).is_ok_and(|old| old == text) {
            continue;
        }
        if !only_look {
            fs::write(&file, text).at("write", &file)?;
            println!("written: {path}");
        }
        stale.push(path);
    }
    if only_look && !stale.is_empty() {
        let fault = Fault::new(format!("Out of date: {}.", stale.join(", ")));
        return Err(fault.mend("cargo xtask docs"));
    }
    Ok(())
}

fn read(root: &Root, path: &str) -> Result<String> {
    let file = root.join(path);
    fs::read_to_string(&file).at("read", &file)
}

/// The page with `text` in the place of that name, which begins with `<!-- name -->` and ends with
/// `<!-- end -->`.
fn fill(page: &str, name: &str, text: &str) -> Result<String> {
    const END: &str = "<!-- end -->";
    let begin = format!("<!-- {name} -->\n");
    let place = page.split_once(&begin).and_then(|(before, rest)| {
        let (_, after) = rest.split_once(END)?;
        Some((before, after))
    });
    let (before, after) =
        place.ok_or_else(|| Fault::new(format!("A page has no place `{}`.", begin.trim())))?;
    Ok(format!("{before}{begin}{text}{END}{after}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_place_of_that_name_is_filled() {
        let page = "a\n<!-- x -->\nold\n<!-- end -->\nb\n<!-- y -->\n<!-- end -->\n";

        let filled = fill(page, "x", "new\n").unwrap();

        assert_eq!(filled, page.replace("old", "new"));
        assert_eq!(fill(&filled, "x", "new\n").unwrap(), filled);
        assert!(fill(page, "z", "new\n").is_err());
    }
}
