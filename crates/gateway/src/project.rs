//! The project as the platform would deploy it: its routes, and its functions.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde::Deserialize;

use crate::config::{Config, Cron, FunctionSettings};
use crate::route::Route;
use crate::routes::Routes;
use crate::{Error, Source, output};

/// What the platform allows where nothing is set.
pub(crate) const DEFAULT_DURATION: Duration = Duration::from_secs(300);

pub(crate) struct Project {
    pub(crate) routes: Routes,
    pub(crate) functions: Vec<Function>,
    pub(crate) crons: Vec<Cron>,
}

/// One file of `api/`.
pub(crate) struct Function {
    /// The file's name within `api/`, without its ending.
    pub(crate) name: String,
    pub(crate) binary: PathBuf,
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
    pub(crate) fn read(source: &Source) -> Result<Self, Error> {
        match source {
            Source::Checkout { root, binaries } => Self::of_checkout(root, binaries),
            Source::Output(folder) => output::read(folder),
        }
    }

    fn of_checkout(root: &Path, binaries: &Path) -> Result<Self, Error> {
        let (path, config) = read_config(root)?;
        let functions = find_functions(root, binaries, &config)?;
        let names = functions.iter().map(|function| function.name.clone());
        let routes = Route::all(&config)
            .and_then(|routes| {
                Routes::new(
                    root.join(&config.output_directory),
                    names.collect(),
                    &routes,
                )
            })
            .map_err(|error| Error::project(&path, &error))?;
        Ok(Self {
            routes,
            functions,
            crons: config.crons,
        })
    }
}

/// `vercel.json`, and where it lies.
pub(crate) fn read_config(root: &Path) -> Result<(PathBuf, Config), Error> {
    let path = root.join("vercel.json");
    let config =
        serde_json::from_str(&read(&path)?).map_err(|error| Error::project(&path, &error))?;
    Ok((path, config))
}

/// Every Rust file below `api/`, save what the platform overlooks.
pub(crate) fn find_files(root: &Path) -> Vec<String> {
    let mut files = Vec::new();
    collect(&root.join("api"), "api", &mut files);
    files.sort();
    files
}

fn find_functions(root: &Path, binaries: &Path, config: &Config) -> Result<Vec<Function>, Error> {
    let path = root.join("Cargo.toml");
    let manifest: Manifest =
        toml::from_str(&read(&path)?).map_err(|error| Error::project(&path, &error))?;
    find_files(root)
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
            let limit = settings(file, config).and_then(|settings| settings.max_duration);
            Ok(Function {
                name: stem.trim_start_matches("api/").to_owned(),
                binary: binaries.join(declared.map_or(last, |binary| &binary.name)),
                limit: limit.map_or(DEFAULT_DURATION, Duration::from_secs),
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

/// What is set for a function's file.
pub(crate) fn settings<'a>(file: &str, config: &'a Config) -> Option<&'a FunctionSettings> {
    let mut rules = config.functions.0.iter();
    let matches = |glob: &str| glob::Pattern::new(glob).is_ok_and(|glob| glob.matches(file));
    let rule = rules.find(|(glob, _)| matches(glob));
    rule.map(|(_, settings)| settings)
}

pub(crate) fn read(path: &Path) -> Result<String, Error> {
    fs::read_to_string(path).map_err(|error| Error::project(path, &error))
}
