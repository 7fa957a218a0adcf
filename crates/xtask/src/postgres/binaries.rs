//! Postgres itself: what the machine has, or npm's package of it.

use std::path::{Path, PathBuf};

use super::account::Account;
use super::npm;
use crate::env;
use crate::fault::{Fault, Result};
use crate::tool::Tool;

/// The oldest whose SQL we use.
const OLDEST: u32 = 14;

/// Folders of packages, each with a version in the place of the star.
const HOMES: [&str; 6] = [
    "/usr/lib/postgresql/*/bin",
    "/usr/pgsql-*/bin",
    "/opt/homebrew/opt/postgresql*/bin",
    "/usr/local/opt/postgresql*/bin",
    "/Applications/Postgres.app/Contents/Versions/*/bin",
    "/usr/local/pgsql/bin",
];

pub(crate) struct Binaries {
    folder: PathBuf,
    version: String,
}

impl Binaries {
    /// Those that can read the data there is; the newest, where there is none.
    pub(crate) fn provide(account: &Account, data_version: Option<String>) -> Result<Self> {
        let mut found: Vec<Self> = candidates()
            .into_iter()
            .filter(|folder| account.reaches(folder))
            .filter_map(Self::at)
            .collect();
        found.sort_by_key(|binaries| binaries.major());
        let Some(wanted) = data_version else {
            return match found.pop() {
                Some(newest) => Ok(newest),
                None => npm::provide(account).and_then(Self::from_npm),
            };
        };
        let fits = |binaries: &Self| binaries.major().to_string() == wanted;
        if let Some(found) = found.into_iter().find(&fits) {
            return Ok(found);
        }
        if npm::MAJOR == wanted {
            return npm::provide(account).and_then(Self::from_npm);
        }
        Err(Fault::new(format!(
            "The local database was made by Postgres {wanted}, which is not on this machine."
        ))
        .mend("cargo xtask dev --reset    # begins anew; what it holds is lost"))
    }

    pub(crate) fn program(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    pub(crate) fn version(&self) -> &str {
        &self.version
    }

    pub(crate) fn major(&self) -> u32 {
        let major = self.version.split('.').next().unwrap_or_default();
        major.parse().unwrap_or_default()
    }

    fn at(folder: PathBuf) -> Option<Self> {
        if !folder.join("initdb").is_file() {
            return None;
        }
        let said = Tool::new(folder.join("postgres"))
            .arg("--version")
            .output()
            .ok()?;
        let version = version_in(&said)?;
        let binaries = Self { folder, version };
        (binaries.major() >= OLDEST).then_some(binaries)
    }

    fn from_npm(folder: PathBuf) -> Result<Self> {
        let shown = folder.display().to_string();
        Self::at(folder).ok_or_else(|| {
            Fault::new(format!("npm's Postgres in {shown} does not run here."))
                .mend("apt-get install postgresql    # or set DATABASE_URL")
        })
    }
}

/// `postgres (PostgreSQL) 15.18 (Debian 15.18-0)`; a beta has letters in it.
fn version_in(said: &str) -> Option<String> {
    let version = said.split("(PostgreSQL) ").nth(1)?;
    version.split_whitespace().next().map(str::to_owned)
}

fn candidates() -> Vec<PathBuf> {
    // A command in the search path is often a link to where the others lie.
    let in_path = env::path().into_iter().filter_map(|folder| {
        let program = folder.join("postgres").canonicalize().ok()?;
        program.parent().map(Path::to_owned)
    });
    let mut folders: Vec<PathBuf> = HOMES.iter().flat_map(|home| expand(home)).collect();
    folders.extend(in_path);
    folders.sort();
    folders.dedup();
    folders
}

/// The folders that a path with at most one star stands for.
fn expand(pattern: &str) -> Vec<PathBuf> {
    let Some((before, after)) = pattern.split_once('*') else {
        return vec![pattern.into()];
    };
    let Some((parent, start)) = before.rsplit_once('/') else {
        return Vec::new();
    };
    let Ok(entries) = Path::new(parent).read_dir() else {
        return Vec::new();
    };
    entries
        .flatten()
        .filter(|entry| entry.file_name().to_string_lossy().starts_with(start))
        .map(|entry| entry.path().join(after.trim_start_matches('/')))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_read_as_the_server_prints_them() {
        for (said, version) in [
            (
                "postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)\n",
                "15.18",
            ),
            ("postgres (PostgreSQL) 18.4\n", "18.4"),
        ] {
            assert_eq!(version_in(said).as_deref(), Some(version));
        }
    }

    #[test]
    fn a_star_stands_for_every_version() {
        let home = tempfile::tempdir().unwrap();
        for name in ["pg-14/bin", "pg-15/bin", "other/bin"] {
            std::fs::create_dir_all(home.path().join(name)).unwrap();
        }

        let mut found = expand(&format!("{}/pg-*/bin", home.path().display()));

        found.sort();
        let expected = ["pg-14/bin", "pg-15/bin"].map(|name| home.path().join(name));
        assert_eq!(found, expected);
    }
}
