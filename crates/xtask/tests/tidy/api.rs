//! What is deployed: one small file for each function, and a path to it.

use serde::Deserialize;

use crate::tree::{assert_none, names, read};

/// What Vercel's smallest plan allows.
const MOST_FUNCTIONS: usize = 12;
/// An entry point names its routes and nothing else.
const MOST_LINES: usize = 8;

#[derive(Deserialize)]
struct Manifest {
    #[serde(default)]
    bin: Vec<Binary>,
}

#[derive(Deserialize)]
struct Binary {
    name: String,
    path: Option<String>,
    test: Option<bool>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Site {
    build_command: String,
    rewrites: Vec<Rewrite>,
}

#[derive(Deserialize)]
struct Rewrite {
    source: String,
    destination: String,
}

fn binaries() -> Vec<Binary> {
    let manifest: Manifest = toml::from_str(&read("Cargo.toml")).unwrap();
    manifest.bin
}

#[test]
fn every_function_is_small_and_declared() {
    let binaries = binaries();
    let mut faults = Vec::new();

    for name in names("api") {
        let path = format!("api/{name}");
        let text = read(&path);
        if text.lines().count() > MOST_LINES {
            faults.push(format!("{path} has more than {MOST_LINES} lines"));
        }
        let Some(binary) = binaries
            .iter()
            .find(|binary| binary.path.as_deref() == Some(&*path))
        else {
            faults.push(format!("{path} has no [[bin]] in Cargo.toml"));
            continue;
        };
        if format!("{}.rs", binary.name) != name {
            faults.push(format!("{path} is built as `{}`", binary.name));
        }
        // Otherwise `cargo test` links every function a second time, with no test in it.
        if binary.test != Some(false) {
            faults.push(format!("the [[bin]] of {path} lacks `test = false`"));
        }
    }

    assert_none(&faults);
}

#[test]
fn every_declared_function_exists() {
    let files = names("api");

    let faults: Vec<String> = binaries()
        .into_iter()
        .filter_map(|binary| binary.path)
        .filter(|path| {
            let name = path.strip_prefix("api/").unwrap_or_default();
            !files.iter().any(|file| file == name)
        })
        .map(|path| format!("Cargo.toml names {path}, which is no file of api/"))
        .collect();

    assert_none(&faults);
}

#[test]
fn the_smallest_plan_takes_them_all() {
    let functions = names("api");

    assert!(functions.len() <= MOST_FUNCTIONS, "{functions:?}");
}

/// The platform's builder reads `build.target` of cargo's settings and falls over where there is
/// no `build`; with a target it looks for the binaries elsewhere than cargo puts them.
#[test]
fn the_builder_can_read_cargos_settings() {
    let settings: toml::Table = toml::from_str(&read(".cargo/config.toml")).unwrap();

    let build = settings.get("build").and_then(toml::Value::as_table);

    assert!(build.is_some_and(|build| !build.contains_key("target")));
}

/// The page is built before the functions are, on an image that may have no Rust: the build brings
/// rustup, and by it the compiler for browsers.
#[test]
fn the_build_of_the_page_brings_its_compiler() {
    let site: Site = serde_json::from_str(&read("vercel.json")).unwrap();
    let toolchain = read("crates/xtask/src/wasm.rs");

    assert!(site.build_command.starts_with("command -v cargo || "));
    assert!(site.build_command.contains("sh.rustup.rs"));
    assert!(site.build_command.contains("cargo xtask build"));
    assert!(toolchain.contains(r#"["target", "add", TARGET]"#));
}

/// `build.sh` in the root is run before each function is built, and `src/main.rs` makes one server
/// of the whole project.
#[test]
fn nothing_in_the_root_changes_how_the_platform_builds() {
    let root = names("");

    assert!(!root.contains(&"build.sh".to_owned()));
    assert!(!names("src").contains(&"main.rs".to_owned()));
}

#[test]
fn every_rewrite_leads_somewhere() {
    let functions = names("api");
    let site: Site = serde_json::from_str(&read("vercel.json")).unwrap();

    let faults: Vec<String> = site
        .rewrites
        .iter()
        .filter(|rewrite| match rewrite.destination.strip_prefix("/api/") {
            Some(name) => !functions.contains(&format!("{name}.rs")),
            None => rewrite.destination != "/index.html",
        })
        .map(|rewrite| {
            format!(
                "vercel.json: {} leads to {}, which does not exist",
                rewrite.source, rewrite.destination
            )
        })
        .collect();

    assert_none(&faults);
}
