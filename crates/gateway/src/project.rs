//! The project as the platform would deploy it: its routes, and its functions.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde::Deserialize;

use crate::Error;
use crate::config::{Config, Cron, Functions};
use crate::routes::Routes;

/// What the platform allows where nothing is set.
const DEFAULT_DURATION: Duration = Duration::from_secs(300);

pub(crate) struct Project {
    pub(crate) routes: Routes,
    pub(crate) functions: Vec<Function>,
    pub(crate) crons: Vec<Cron>,
}

/// One file of `api/`.
pub(crate) struct Function {
    /// The file's name within `api/`, without its ending.
    pub(crate) name: String,
    /// The name of its binary.
    pub(crate) binary: String,
    pub(crate) limit: Duration,
}

/// The part of `Cargo.toml` that says how functions are built.
#[derive(Deserialize)]
struct Manifest {
    #[serde(default)]
    bin: Vec<Binary>,
}

#[derive(Deserialize)]
struct Binary {
    name: String,
    path: Option<PathBuf>,
}

impl Project {
    pub(crate) fn read(root: &Path) -> Result<Self, Error> {
        let path = root.join("vercel.json");
        let text = read(&path)?;
        let config: Config =
            serde_json::from_str(&text).map_err(|error| Error::project(&path, &error))?;
        let functions = find_functions(root, &config.functions)?;
        let names = functions.iter().map(|function| function.name.clone());
        let routes = Routes::new(
            root.join(&config.output_directory),
            names.collect(),
            &config,
        )
        .map_err(|error| Error::project(&path, &error))?;
        Ok(Self {
            routes,
            functions,
            crons: config.crons,
        })
    }
}

/// Every Rust file below `api/`, save what the platform overlooks.
fn find_functions(root: &Path, settings: &Functions) -> Result<Vec<Function>, Error> {
    let path = root.join("Cargo.toml");
    let manifest: Manifest =
        toml::from_str(&read(&path)?).map_err(|error| Error::project(&path, &error))?;
    let mut files = Vec::new();
    collect(&root.join("api"), "api", &mut files);
    files.sort();
    files
        .iter()
        .map(|file| {
            let declared = manifest
                .bin
                .iter()
                .find(|binary| binary.path.as_deref() == Some(Path::new(file)));
            let stem = file.trim_end_matches(".rs");
            if stem.contains('[') {
                let reason = format!("{file}: use a rewrite instead of a name in brackets");
                return Err(Error::project(&path, &reason));
            }
            let last = stem.rsplit('/').next().unwrap_or(stem);
            Ok(Function {
                name: stem.trim_start_matches("api/").to_owned(),
                binary: declared.map_or(last, |binary| &binary.name).to_owned(),
                limit: limit(file, settings),
            })
        })
        .collect()
}

fn collect(folder: &Path, name: &str, files: &mut Vec<String>) {
    // A project without functions has no such folder.
    let Ok(entries) = folder.read_dir() else {
        return;
    };
    for entry in entries.flatten() {
        let own = entry.file_name().to_string_lossy().into_owned();
        if own.starts_with(['_', '.']) {
            continue;
        }
        let name = format!("{name}/{own}");
        if entry.path().is_dir() {
            collect(&entry.path(), &name, files);
        } else if own.ends_with(".rs") {
            files.push(name);
        }
    }
}

fn limit(file: &str, settings: &Functions) -> Duration {
    settings
        .0
        .iter()
        .find(|(glob, _)| glob::Pattern::new(glob).is_ok_and(|glob| glob.matches(file)))
        .and_then(|(_, settings)| settings.max_duration)
        .map_or(DEFAULT_DURATION, Duration::from_secs)
}

fn read(path: &Path) -> Result<String, Error> {
    fs::read_to_string(path).map_err(|error| Error::project(path, &error))
}
