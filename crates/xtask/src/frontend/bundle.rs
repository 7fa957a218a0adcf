//! From the compiler's wasm to what a browser loads.

use std::fs;
use std::path::{Path, PathBuf};

use wasm_bindgen_cli_support::Bindgen;

use super::{Profile, names, optimize, own, squeeze};
use crate::fault::{AtPath, Fault, Result};

/// A file's address, without the slash at its start, and its content.
pub(crate) type File = (String, Vec<u8>);

/// The page's only script. A file of its own, because the page's policy allows no script in it.
const START: &str = r#"import init from "./app.js";

init({ module_or_path: new URL("app_bg.wasm", import.meta.url) }).catch((error) => {
  document.documentElement.dataset.start = "failed";
  throw error;
});

const policy = globalThis.trustedTypes?.createPolicy("shell", { createScriptURL: () => "/sw.js" });

// The browser's calendar takes its time to wake: better now than when the first task is drawn.
setTimeout(() => new Intl.DateTimeFormat());

const hurry = (links, rel) => document.querySelectorAll(links).forEach((link) => (link.rel = rel));

// Who has no session ("null", of four bytes) comes to the door, which then is on its way before the
// program is here to ask for it.
new PerformanceObserver((seen, observer) => {
  const session = document.querySelector("link[href*=session]").href;
  const answer = seen.getEntries().find(({ name }) => name === session);
  if (!answer) return;
  observer.disconnect();
  if (answer.decodedBodySize === 4) hurry("link[data-part=door]", "preload");
}).observe({ type: "resource", buffered: true });

// What may be needed later takes no line from what is needed now.
setTimeout(() => {
  hurry("link[data-part]", "prefetch");
  // Makes the page open without a network; a browser that will not costs that and nothing else.
  navigator.serviceWorker?.register(policy?.createScriptURL("") ?? "/sw.js").catch(() => {});
}, 8000);
"#;

/// The program as it is published.
pub(crate) struct Program {
    /// Named within their folder.
    pub(crate) files: Vec<File>,
    /// Those that whoever is not signed in needs besides.
    pub(crate) door: Vec<String>,
}

pub(crate) fn generate(wasm: &Path, profile: Profile) -> Result<Program> {
    let folder = wasm.with_extension("bundle");
    if folder.exists() {
        fs::remove_dir_all(&folder).at("remove", &folder)?;
    }
    let release = profile == Profile::Release;
    let (whole, door) = split(wasm, &folder)?;
    Bindgen::new()
        .input_path(&whole)
        .out_name("app")
        .typescript(false)
        // The parts use the functions of the rest by its table, which it otherwise keeps to itself.
        .keep_lld_exports(true)
        .remove_name_section(release)
        .remove_producers_section(true)
        .web(true)
        .and_then(|bindgen| bindgen.generate(&folder))
        .map_err(|error| Fault::new(format!("wasm-bindgen cannot read the front end: {error}.")))?;
    fs::remove_file(&whole).at("remove", &whole)?;
    bind(&folder)?;
    let mut files = files_below(&folder)?;
    files.push(("start.js".to_owned(), START.into()));
    if release {
        for (name, content) in &mut files {
            if name.ends_with(".wasm") {
                let path = folder.join(name);
                optimize::shrink(&path)?;
                *content = fs::read(&path).at("read", &path)?;
            } else if name.ends_with(".js") {
                *content = squeeze::script(&String::from_utf8_lossy(content)).into();
            }
        }
        names::shorten(&mut files)?;
    }
    files.sort();
    Ok(Program { files, door })
}

/// Puts the parts of the program that the first page does without into files of their own, beside
/// `parts.js`, which fetches them. Gives the file of the rest, and the names of those that make the
/// door.
fn split(wasm: &Path, folder: &Path) -> Result<(PathBuf, Vec<String>)> {
    let whole = fs::read(wasm).at("read", wasm)?;
    let rest = folder.join("rest.wasm");
    let mut options = wasm_split_cli_support::Options::new(&whole);
    options.output_dir = folder;
    options.main_out_path = &rest;
    options.link_name = own::ADDRESS;
    options.main_module = own::PROGRAM;
    let made = wasm_split_cli_support::transform(options)
        .map_err(|error| Fault::new(format!("The front end cannot be split: {error}.")))?;
    let door = made.prefetch_map.get("door").into_iter().flatten();
    let door = door.map(|stem| format!("{stem}.wasm")).collect();
    Ok((rest, door))
}

/// Lets the program make its parts itself.
fn bind(folder: &Path) -> Result<()> {
    let (app, parts) = (folder.join(own::PROGRAM), folder.join(own::ADDRESS));
    let read = |path: &PathBuf| fs::read_to_string(path).at("read", path);
    let (bound_app, bound_parts) = own::bind(&read(&app)?, &read(&parts)?)?;
    fs::write(&app, bound_app).at("write", &app)?;
    fs::write(&parts, bound_parts).at("write", &parts)
}

/// Every file below a folder, named by its path within; none where there is no folder.
pub(crate) fn files_below(folder: &Path) -> Result<Vec<File>> {
    let mut files = Vec::new();
    if folder.exists() {
        collect(folder, "", &mut files)?;
    }
    files.sort();
    Ok(files)
}

fn collect(folder: &Path, prefix: &str, files: &mut Vec<File>) -> Result<()> {
    for entry in folder.read_dir().at("read", folder)?.flatten() {
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
        let path = entry.path();
        if path.is_dir() {
            collect(&path, &format!("{name}/"), files)?;
        } else {
            files.push((name, fs::read(&path).at("read", &path)?));
        }
    }
    Ok(())
}
