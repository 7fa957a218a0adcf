//! What `vercel build` left in `.vercel/output` (Build Output API, version 3): read to be served,
//! and held against the `vercel.json` that it was made from.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::Error;
use crate::config::{Config, Cron};
use crate::project::{self, DEFAULT_DURATION, Function, Project};
use crate::route::Route;
use crate::routes::Routes;

const VERSION: u32 = 3;

/// What the platform has of a function beside its settings.
const ENDING: &str = ".func";
const EXECUTABLE: &str = "executable";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Site {
    version: u32,
    routes: Vec<Route>,
    #[serde(default)]
    crons: Vec<Cron>,
}

/// `.vc-config.json` of one function.
#[derive(Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Settings {
    /// The file that is started.
    handler: String,
    runtime: String,
    runtime_language: String,
    architecture: String,
    memory: Option<u64>,
    max_duration: Option<u64>,
    environment: BTreeMap<String, String>,
    supports_response_streaming: bool,
}

/// The site in this folder, ready to be served.
pub(crate) fn read(output: &Path) -> Result<Project, Error> {
    let path = output.join("config.json");
    let site: Site = parse(&path)?;
    let functions: Vec<Function> = folders(output)
        .into_iter()
        .map(|(name, folder)| {
            let settings: Settings = parse(&folder.join(".vc-config.json"))?;
            let limit = settings.max_duration;
            Ok(Function {
                name,
                binary: folder.join(&settings.handler),
                limit: limit.map_or(DEFAULT_DURATION, Duration::from_secs),
            })
        })
        .collect::<Result<_, Error>>()?;
    let names = functions.iter().map(|function| function.name.clone());
    let routes = Routes::new(output.join("static"), names.collect(), &site.routes)
        .map_err(|error| Error::project(&path, &error))?;
    Ok(Project {
        routes,
        functions,
        crons: site.crons,
    })
}

/// In what the build differs from the meaning of the `vercel.json` and the `api/` of a checkout:
/// routes, headers, clock, and each function with its settings and program.
///
/// # Errors
/// If one of the two cannot be read.
pub fn check(root: &Path, output: &Path) -> Result<Vec<String>, Error> {
    let (path, config) = project::read_config(root)?;
    let routes = Route::all(&config).map_err(|error| Error::project(&path, &error))?;
    let site: Site = parse(&output.join("config.json"))?;
    let mut faults = Vec::new();
    if site.version != VERSION {
        faults.push(format!("config.json has version {}", site.version));
    }
    let longer = routes.len().max(site.routes.len());
    for place in 0..longer {
        let (written, built) = (routes.get(place), site.routes.get(place));
        if written != built {
            faults.push(format!("route {place} is {built:?} instead of {written:?}"));
        }
    }
    if site.crons != config.crons {
        faults.push(format!("the clock calls {:?}", site.crons));
    }
    faults.extend(check_functions(root, output, &config)?);
    Ok(faults)
}

fn check_functions(root: &Path, output: &Path, config: &Config) -> Result<Vec<String>, Error> {
    let mut faults = Vec::new();
    let mut built: BTreeMap<String, PathBuf> = folders(output).into_iter().collect();
    for file in project::find_files(root) {
        let name = file.trim_start_matches("api/").trim_end_matches(".rs");
        let Some(folder) = built.remove(name) else {
            faults.push(format!("{file} was not built"));
            continue;
        };
        let given: Settings = parse(&folder.join(".vc-config.json"))?;
        let set = project::settings(&file, config);
        let wanted = Settings {
            handler: EXECUTABLE.to_owned(),
            runtime: EXECUTABLE.to_owned(),
            runtime_language: "rust".to_owned(),
            architecture: given.architecture.clone(),
            memory: set.and_then(|set| set.memory),
            max_duration: set.and_then(|set| set.max_duration),
            // What a deployment is told comes from the platform, and is not built in.
            environment: BTreeMap::new(),
            supports_response_streaming: true,
        };
        if given != wanted {
            faults.push(format!("{name} is set to {given:?} instead of {wanted:?}"));
        }
        let program = folder.join(EXECUTABLE);
        faults.extend(
            check_program(&program, &given.architecture).map(|fault| format!("{name} {fault}")),
        );
    }
    faults.extend(
        built
            .into_keys()
            .map(|name| format!("{name} is no file of api/")),
    );
    Ok(faults)
}

/// Whether the platform can start it: a program for Linux, of the architecture that is named.
fn check_program(program: &Path, architecture: &str) -> Option<String> {
    let machine: u8 = match architecture {
        "x86_64" => 0x3e,
        "arm64" => 0xb7,
        other => return Some(format!("is for an unknown architecture, {other}")),
    };
    let Ok(state) = fs::metadata(program) else {
        return Some("has no program".to_owned());
    };
    if state.permissions().mode() & 0o111 == 0 {
        return Some("may not be executed".to_owned());
    }
    // The beginning of an ELF header: its mark, 64 bits, and in the 18th byte the machine.
    let head = fs::read(program).unwrap_or_default();
    let fits = head.starts_with(b"\x7fELF\x02") && head.get(18) == Some(&machine);
    (!fits).then(|| format!("is no Linux program for {architecture}"))
}

/// The names of the functions, with their folders.
fn folders(output: &Path) -> Vec<(String, PathBuf)> {
    let mut found = Vec::new();
    collect(&output.join("functions/api"), "", &mut found);
    found.sort();
    found
}

fn collect(folder: &Path, prefix: &str, found: &mut Vec<(String, PathBuf)>) {
    // A site without functions has no such folder.
    let Ok(entries) = folder.read_dir() else {
        return;
    };
    for entry in entries.flatten() {
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
        match name.strip_suffix(ENDING) {
            Some(name) => found.push((name.to_owned(), entry.path())),
            None => collect(&entry.path(), &format!("{name}/"), found),
        }
    }
}

fn parse<T: DeserializeOwned>(path: &Path) -> Result<T, Error> {
    let text = project::read(path)?;
    serde_json::from_str(&text).map_err(|error| Error::project(path, &error))
}
