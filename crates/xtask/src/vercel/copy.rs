//! A copy of the checkout as it lies there, without what git ignores: what would be deployed.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use crate::fault::{AtPath, Fault, Result};
use crate::root::Root;
use crate::tool::Tool;

/// What builds leave in it.
const BUILT: [&str; 3] = ["target", ".vercel", "frontend/dist"];

/// Gives the copy and the number of its files. A warm one keeps what was built in it before.
pub(super) fn make(root: &Root, warm: bool) -> Result<(Root, usize)> {
    let copy = root.join("target/vercel");
    if !warm && copy.exists() {
        fs::remove_dir_all(&copy).at("remove", &copy)?;
    }
    let files = files(root)?;
    mirror(root.path(), &copy, &files)?;
    Ok((Root::at(copy), files.len()))
}

fn files(root: &Root) -> Result<BTreeSet<PathBuf>> {
    let listed = Tool::new("git")
        .within(root.path())
        .args([
            "ls-files",
            "-z",
            "--cached",
            "--others",
            "--exclude-standard",
        ])
        .output()?;
    // Git lists as well what was removed and not committed yet.
    let files: BTreeSet<PathBuf> = listed
        .split_terminator('\0')
        .map(PathBuf::from)
        .filter(|file| root.path().join(file).is_file())
        .collect();
    if files.is_empty() {
        return Err(Fault::new("Git knows no file of this checkout."));
    }
    Ok(files)
}

/// Makes `copy` hold these files and nothing else but what was built. A file that is the same is
/// left alone, so that cargo sees it as unchanged.
fn mirror(from: &Path, copy: &Path, files: &BTreeSet<PathBuf>) -> Result<()> {
    remove_others(copy, Path::new(""), files)?;
    for file in files {
        let (source, target) = (from.join(file), copy.join(file));
        let content = fs::read(&source).at("read", &source)?;
        if fs::read(&target).is_ok_and(|held| held == content) {
            continue;
        }
        if let Some(folder) = target.parent() {
            fs::create_dir_all(folder).at("create", folder)?;
        }
        fs::copy(&source, &target).at("copy", &source)?;
    }
    Ok(())
}

fn remove_others(copy: &Path, within: &Path, files: &BTreeSet<PathBuf>) -> Result<()> {
    let folder = copy.join(within);
    if BUILT.iter().any(|built| within == Path::new(built)) || !folder.exists() {
        return Ok(());
    }
    for entry in folder.read_dir().at("read", &folder)?.flatten() {
        let name = within.join(entry.file_name());
        if entry.path().is_dir() {
            remove_others(copy, &name, files)?;
        } else if !files.contains(&name) {
            fs::remove_file(entry.path()).at("remove", &entry.path())?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_forgets_what_was_removed_and_keeps_what_was_built() {
        let folder = tempfile::tempdir().unwrap();
        let (from, copy) = (folder.path().join("from"), folder.path().join("copy"));
        for (place, name) in [
            (&from, "api/chat.rs"),
            (&copy, "api/gone.rs"),
            (&copy, "target/release/chat"),
        ] {
            let file = place.join(name);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, name).unwrap();
        }

        mirror(&from, &copy, &[PathBuf::from("api/chat.rs")].into()).unwrap();

        assert_eq!(
            fs::read_to_string(copy.join("api/chat.rs")).unwrap(),
            "api/chat.rs"
        );
        assert!(!copy.join("api/gone.rs").exists());
        assert!(copy.join("target/release/chat").exists());
    }
}
