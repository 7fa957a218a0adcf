//! From the compiler's wasm to what a browser loads.

use std::fs;
use std::path::Path;

use wasm_bindgen_cli_support::Bindgen;

use super::{Profile, optimize};
use crate::fault::{AtPath, Fault, Result};

/// A file's address, without the slash at its start, and its content.
pub(crate) type File = (String, Vec<u8>);

/// The page's only script. A file of its own, because the page's policy allows no script in it.
const START: &str = r#"import init from "./app.js";

init({ module_or_path: new URL("app_bg.wasm", import.meta.url) }).catch((error) => {
  document.documentElement.dataset.start = "failed";
  throw error;
});

// Makes the page open without a network; a browser that will not costs that and nothing else.
const policy = globalThis.trustedTypes?.createPolicy("shell", { createScriptURL: () => "/sw.js" });
navigator.serviceWorker?.register(policy?.createScriptURL("") ?? "/sw.js").catch(() => {});
"#;

/// The files of the program, named within their folder.
pub(crate) fn generate(wasm: &Path, profile: Profile) -> Result<Vec<File>> {
    let folder = wasm.with_extension("bundle");
    if folder.exists() {
        fs::remove_dir_all(&folder).at("remove", &folder)?;
    }
    let release = profile == Profile::Release;
    Bindgen::new()
        .input_path(wasm)
        .out_name("app")
        .typescript(false)
        .remove_name_section(release)
        .remove_producers_section(true)
        .web(true)
        .and_then(|bindgen| bindgen.generate(&folder))
        .map_err(|error| Fault::new(format!("wasm-bindgen cannot read the front end: {error}.")))?;
    if release {
        optimize::shrink(&folder.join("app_bg.wasm"))?;
    }
    let mut files = files_below(&folder)?;
    files.push(("start.js".to_owned(), START.into()));
    files.sort();
    Ok(files)
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
