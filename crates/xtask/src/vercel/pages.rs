//! The static files that are deployed: those of `frontend/dist`, each address in the page
//! answered, and each name below `/assets/` made of its content.

use std::path::Path;

use crate::fault::{Fault, Result};
use crate::frontend::{File, files_below, is_named_by_content};
use crate::root::Root;

/// Below it browsers keep every file for ever.
const KEPT: &str = "assets/";

/// What is wrong with them.
pub(super) fn check(copy: &Root, output: &Path) -> Result<Vec<String>> {
    let folder = output.join("static");
    let files = files_below(&folder)?;
    let mut faults = Vec::new();
    if files != files_below(&copy.join("frontend/dist"))? {
        faults.push("the static files are not those of frontend/dist".to_owned());
    }
    let page = files.iter().find(|(name, _)| name == "index.html");
    let (_, page) = page.ok_or_else(|| Fault::new("There is no page, index.html."))?;
    let page = String::from_utf8_lossy(page);
    faults.extend(
        addresses(&page)
            .filter(|address| !files.iter().any(|(name, _)| name == address))
            .map(|address| format!("the page asks for /{address}, which is not there")),
    );
    faults.extend(unnamed(&files));
    Ok(faults)
}

/// What the page asks for below `/assets/`, without the slash.
fn addresses(page: &str) -> impl Iterator<Item = &str> {
    page.split("=\"/")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .filter(|address| address.starts_with(KEPT))
}

/// Files and folders of files that browsers would keep for ever under a name that says nothing
/// of what is in them.
fn unnamed(files: &[File]) -> Vec<String> {
    let kept = files.iter().filter_map(|(name, content)| {
        let name = name.strip_prefix(KEPT)?;
        Some(match name.split_once('/') {
            Some((folder, inner)) => (folder, (inner.to_owned(), content.clone())),
            None => (name, (String::new(), content.clone())),
        })
    });
    let mut named: Vec<(&str, Vec<File>)> = Vec::new();
    for (name, file) in kept {
        match named.last_mut().filter(|(last, _)| *last == name) {
            Some((_, files)) => files.push(file),
            None => named.push((name, vec![file])),
        }
    }
    named
        .into_iter()
        .filter(|(name, files)| !is_named_by_content(name, files))
        .map(|(name, _)| format!("/{KEPT}{name} is not named by its content"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::frontend::hash;

    /// FR-246.
    #[test]
    fn a_name_that_says_nothing_of_its_content_is_found() {
        let file = |name: &str, content: &str| (name.to_owned(), content.as_bytes().to_vec());
        let program = [file("app.js", "script"), file("app_bg.wasm", "wasm")];
        let folder = format!("assets/app-{}", hash(&program));
        let style = hash(&[file("", "style")]);
        let mut files: Vec<File> = vec![file(&format!("assets/style-{style}.css"), "style")];
        files.extend(program.map(|(name, content)| (format!("{folder}/{name}"), content)));
        files.push(file("index.html", "page"));
        assert_eq!(unnamed(&files), Vec::<String>::new());

        for (_, content) in &mut files {
            content.push(b' ');
        }

        assert_eq!(unnamed(&files).len(), 2);
    }

    /// FR-246.
    #[test]
    fn only_kept_addresses_of_the_page_are_looked_for() {
        let page = r#"<link href="/assets/a.css"><a href="/sign-in"><img src="/icon.svg">"#;

        assert_eq!(addresses(page).collect::<Vec<_>>(), ["assets/a.css"]);
    }
}
