//! Writes `frontend/dist`, unless what it holds was made from the very same input.

use std::fs;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::Profile;
use super::bundle::{self, File, files_below};
use super::page::{self, Site, Sources};
use super::sizes::{self, Size};
use super::squeeze;
use super::well_known;
use crate::fault::{AtPath, Fault, Result};
use crate::lock::Lock;
use crate::progress::note;
use crate::root::Root;

/// What `dist/` was made from, and what was said of it.
#[derive(Serialize, Deserialize)]
struct Record {
    key: String,
    /// Each published file and its length, to notice a `dist/` that was touched.
    files: Vec<(String, u64)>,
    sizes: Vec<Size>,
}

pub(crate) fn publish(root: &Root, wasm: &Path, profile: Profile) -> Result<String> {
    let lock = root.join("target/wasm/dist.lock");
    let _lock = Lock::take(&lock, "another run is publishing; waiting for that one")?;
    let sources = read_sources(root)?;
    let key = key(&sources, wasm, profile)?;
    let dist = root.join("frontend/dist");
    let memory = root.join("target/wasm/dist.json");
    if let Some(record) = remembered(&memory).filter(|record| record.key == key)
        && is_whole(&dist, &record.files)
    {
        return Ok(outcome("unchanged", &record.sizes));
    }
    let site = page::assemble(bundle::generate(wasm, profile)?, sources)?;
    replace(&dist, &site)?;
    let record = Record {
        key,
        files: site
            .files
            .iter()
            .map(|(name, content)| (name.clone(), content.len() as u64))
            .collect(),
        sizes: match profile {
            Profile::Release => sizes::measure(&site),
            Profile::Dev => Vec::new(),
        },
    };
    let text = serde_json::to_vec(&record).map_err(|error| Fault::new(error.to_string()))?;
    fs::write(&memory, text).at("write", &memory)?;
    Ok(outcome("published in frontend/dist", &record.sizes))
}

fn outcome(what: &str, sizes: &[Size]) -> String {
    if !sizes.is_empty() {
        note(&sizes::table(sizes));
    }
    what.to_owned()
}

fn read_sources(root: &Root) -> Result<Sources> {
    let index = root.join("frontend/index.html");
    let styles: String = files_below(&root.join("frontend/styles"))?
        .into_iter()
        .filter(|(name, _)| name.ends_with(".css"))
        .map(|(_, content)| String::from_utf8_lossy(&content).into_owned())
        .collect();
    let mut statics = files_below(&root.join("frontend/static"))?;
    statics.extend(well_known::files(root)?);
    Ok(Sources {
        index: squeeze::page(&fs::read_to_string(&index).at("read", &index)?),
        styles: squeeze::styles(&styles),
        statics,
    })
}

/// Everything that `dist/` depends on, this tool's own program included.
fn key(sources: &Sources, wasm: &Path, profile: Profile) -> Result<String> {
    let this_tool = std::env::current_exe().and_then(fs::metadata);
    let built = this_tool.and_then(|tool| tool.modified()).ok();
    let mut input: Vec<File> = vec![
        ("wasm".to_owned(), fs::read(wasm).at("read", wasm)?),
        ("index".to_owned(), sources.index.clone().into()),
        ("styles".to_owned(), sources.styles.clone().into()),
        (profile.cargo_name().to_owned(), Vec::new()),
        ("tool".to_owned(), format!("{built:?}").into()),
    ];
    input.extend(sources.statics.iter().cloned());
    Ok(page::hash(&input))
}

fn remembered(memory: &Path) -> Option<Record> {
    serde_json::from_slice(&fs::read(memory).ok()?).ok()
}

fn is_whole(dist: &Path, files: &[(String, u64)]) -> bool {
    files.iter().all(|(name, length)| {
        let held = fs::metadata(dist.join(name));
        held.is_ok_and(|held| held.len() == *length)
    })
}

/// Written beside and renamed, so that a gateway never serves half of it.
fn replace(dist: &Path, site: &Site) -> Result<()> {
    let (new, old) = (dist.with_extension("new"), dist.with_extension("old"));
    for leftover in [&new, &old] {
        if leftover.exists() {
            fs::remove_dir_all(leftover).at("remove", leftover)?;
        }
    }
    for (name, content) in &site.files {
        let path = new.join(name);
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).at("create", folder)?;
        }
        fs::write(&path, content).at("write", &path)?;
    }
    if dist.exists() {
        fs::rename(dist, &old).at("rename", dist)?;
    }
    fs::rename(&new, dist).at("rename", &new)?;
    if old.exists() {
        fs::remove_dir_all(&old).at("remove", &old)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn site(name: &str) -> Site {
        Site {
            files: vec![(name.to_owned(), b"content".to_vec())],
            first: Vec::new(),
        }
    }

    #[test]
    fn a_new_build_leaves_nothing_of_the_old_one() {
        let folder = tempfile::tempdir().unwrap();
        let dist = folder.path().join("dist");

        replace(&dist, &site("assets/old.js")).unwrap();
        replace(&dist, &site("assets/new.js")).unwrap();

        let names: Vec<String> = files_below(folder.path())
            .unwrap()
            .into_iter()
            .map(|(name, _)| name)
            .collect();
        assert_eq!(names, ["dist/assets/new.js"]);
    }

    #[test]
    fn a_touched_dist_is_noticed() {
        let folder = tempfile::tempdir().unwrap();
        let dist = folder.path().join("dist");
        replace(&dist, &site("index.html")).unwrap();
        let files = [("index.html".to_owned(), 7)];

        let before = is_whole(&dist, &files);
        fs::write(dist.join("index.html"), "other").unwrap();

        assert!(before);
        assert!(!is_whole(&dist, &files));
    }
}
