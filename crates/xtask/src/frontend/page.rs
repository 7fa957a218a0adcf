//! The page around the program: names that follow the content, and placeholders filled in.

use sha2::{Digest, Sha256};

use super::bundle::{File, Program};
use crate::fault::{Fault, Result};

/// What `frontend/` holds beside the program.
pub(crate) struct Sources {
    pub(crate) index: String,
    /// The joined style sheets.
    pub(crate) styles: String,
    pub(crate) statics: Vec<File>,
}

/// Every published file, and which of them the first page needs.
pub(crate) struct Site {
    pub(crate) files: Vec<File>,
    pub(crate) first: Vec<String>,
}

/// What the program begins with.
const FIRST: [&str; 4] = ["start.js", "app.js", "parts.js", "app_bg.wasm"];

/// Puts program and sources together.
pub(crate) fn assemble(program: Program, sources: Sources) -> Result<Site> {
    let folder = format!("assets/app-{}", hash(&program.files));
    let scripts = scripts(&folder, &program);
    let mut files: Vec<File> = program
        .files
        .into_iter()
        .map(|(name, content)| (format!("{folder}/{name}"), content))
        .collect();
    let mut assets = Vec::new();
    for (name, content) in sources.statics {
        let address = match name.strip_prefix("assets/") {
            Some(asset) => {
                let address = named_by_content(asset, &content);
                assets.push((asset.to_owned(), address.clone()));
                address
            }
            None => name,
        };
        files.push((address, content));
    }

    let mut first = vec!["index.html".to_owned()];
    let mut asset = |wanted: &str| {
        let (_, address) = assets.iter().find(|(name, _)| name == wanted)?;
        first.push(address.clone());
        Some(format!("/{address}"))
    };
    let styles = fill(&sources.styles, "frontend/styles", |placeholder| {
        asset(placeholder.strip_prefix("asset ")?)
    })?;
    let style_address = named_by_content("style.css", styles.as_bytes());
    let index = fill(
        &sources.index,
        "frontend/index.html",
        |placeholder| match placeholder {
            "styles" => Some(format!(
                "<link rel=\"stylesheet\" href=\"/{style_address}\">"
            )),
            "scripts" => Some(scripts.clone()),
            _ => asset(placeholder.strip_prefix("asset ")?),
        },
    )?;
    first.push(style_address.clone());
    first.extend(FIRST.map(|name| format!("{folder}/{name}")));
    first.dedup();
    files.push((style_address, styles.into_bytes()));
    files.push(("index.html".to_owned(), index.into_bytes()));
    Ok(Site { files, first })
}

/// All that the program begins with is fetched at once, instead of each after the one that asks
/// for it. Its other parts come a while later (`start.js`), and are kept for a page without a
/// network.
fn scripts(folder: &str, program: &Program) -> String {
    let mut lines = vec![
        format!("<link rel=\"modulepreload\" href=\"/{folder}/app.js\">"),
        format!("<link rel=\"modulepreload\" href=\"/{folder}/parts.js\">"),
        format!(
            "<link rel=\"preload\" href=\"/{folder}/app_bg.wasm\" as=\"fetch\" \
             type=\"application/wasm\" crossorigin>"
        ),
        format!("<script type=\"module\" src=\"/{folder}/start.js\"></script>"),
    ];
    let is_later = |name: &&String| name.ends_with(".wasm") && !FIRST.contains(&name.as_str());
    let names = program.files.iter().map(|(name, _)| name);
    lines.extend(names.filter(is_later).map(|name| {
        let part = if program.door.contains(name) {
            "door"
        } else {
            ""
        };
        format!("<link data-part=\"{part}\" href=\"/{folder}/{name}\" as=\"fetch\" crossorigin>")
    }));
    lines.join("\n")
}

fn named_by_content(name: &str, content: &[u8]) -> String {
    let hash = hash(&[(String::new(), content.to_vec())]);
    match name.rsplit_once('.') {
        Some((stem, kind)) => format!("assets/{stem}-{hash}.{kind}"),
        None => format!("assets/{name}-{hash}"),
    }
}

/// Whether the name of a file, or of a folder with these files, was made of what is in it.
pub(crate) fn is_named_by_content(name: &str, files: &[File]) -> bool {
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    stem.ends_with(&format!("-{}", hash(files)))
}

/// Names and contents together in 16 letters.
pub(crate) fn hash(files: &[File]) -> String {
    let mut digest = Sha256::new();
    for (name, content) in files {
        digest.update(name);
        digest.update([0]);
        digest.update((content.len() as u64).to_le_bytes());
        digest.update(content);
    }
    digest.finalize()[..8]
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

/// Replaces each `{{…}}` of a text; one that `value` does not know is a fault.
fn fill(text: &str, home: &str, mut value: impl FnMut(&str) -> Option<String>) -> Result<String> {
    let mut filled = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("{{") {
        let Some((placeholder, after)) = after.split_once("}}") else {
            return Err(Fault::new(format!(
                "{home}: a placeholder begins with {{{{ and does not end."
            )));
        };
        let value = value(placeholder.trim()).ok_or_else(|| {
            Fault::new(format!("{home}: nothing is known as {{{{{placeholder}}}}}."))
                .mend("crates/xtask/src/frontend.rs lists the placeholders; NAME is a file of frontend/static/assets")
        })?;
        filled.push_str(before);
        filled.push_str(&value);
        rest = after;
    }
    filled.push_str(rest);
    Ok(filled)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn site(index: &str, styles: &str, script: &str) -> Result<Site> {
        let program = vec![
            ("app.js".to_owned(), script.into()),
            ("app_bg.wasm".to_owned(), b"wasm".to_vec()),
            ("inside_later.wasm".to_owned(), b"wasm".to_vec()),
            ("outside_later.wasm".to_owned(), b"wasm".to_vec()),
            ("parts.js".to_owned(), b"js".to_vec()),
            ("start.js".to_owned(), b"js".to_vec()),
        ];
        let statics = vec![
            ("assets/logo.svg".to_owned(), b"<svg/>".to_vec()),
            ("icon.svg".to_owned(), b"<svg/>".to_vec()),
        ];
        assemble(
            Program {
                files: program,
                door: vec!["outside_later.wasm".to_owned()],
            },
            Sources {
                index: index.to_owned(),
                styles: styles.to_owned(),
                statics,
            },
        )
    }

    #[test]
    fn a_name_is_told_from_one_of_another_content() {
        let site = site("{{styles}}", "a { color: red }", "script").unwrap();
        let (name, content) = site
            .files
            .iter()
            .find(|file| file.0.contains("style"))
            .unwrap();
        let name = name.strip_prefix("assets/").unwrap();

        let of = |content: &[u8]| is_named_by_content(name, &[(String::new(), content.to_vec())]);

        assert!(of(content));
        assert!(!of(b"a { color: blue }"));
    }

    fn text<'a>(site: &'a Site, name: &str) -> &'a str {
        let (_, content) = site.files.iter().find(|file| file.0 == name).unwrap();
        str::from_utf8(content).unwrap()
    }

    #[test]
    fn every_address_in_the_page_is_a_published_file() {
        let styles = "a { background: url({{asset logo.svg}}) }";
        let index = "{{styles}}{{scripts}}<img src=\"{{ asset logo.svg }}\">";

        let site = site(index, styles, "js").unwrap();

        let page = text(&site, "index.html");
        let addresses: Vec<&str> = page.split("=\"/").skip(1).collect();
        assert_eq!(addresses.len(), 8, "{page}");
        for address in addresses {
            let address = address.split('"').next().unwrap();
            let published = site.files.iter().any(|(name, _)| name == address);
            assert!(published, "{address}");
            let is_first = site.first.iter().any(|name| name == address);
            assert_ne!(is_first, address.ends_with("later.wasm"), "{address}");
        }
        assert_eq!(page.matches("data-part=\"door\"").count(), 1);
        assert!(site.files.iter().any(|(name, _)| name == "icon.svg"));
        let style = site.first.iter().find(|name| name.ends_with(".css"));
        assert!(text(&site, style.unwrap()).contains("url(/assets/logo-"));
    }

    #[test]
    fn another_content_is_another_address() {
        let one = site("{{scripts}}", "", "one").unwrap();
        let two = site("{{scripts}}", "", "two").unwrap();

        assert_ne!(text(&one, "index.html"), text(&two, "index.html"));
    }

    #[test]
    fn an_unknown_placeholder_is_refused() {
        let fault = site("{{asset no.svg}}", "", "").err().unwrap().to_string();

        assert!(
            fault.starts_with("frontend/index.html: nothing is known as {{asset no.svg}}."),
            "{fault}"
        );
    }
}
