//! The one place of this tool that reads the environment.

use std::ffi::OsString;
use std::path::PathBuf;

use crate::root::Root;

#[expect(
    clippy::disallowed_methods,
    reason = "server::Config belongs to the functions; this is its counterpart for the tool"
)]
fn read(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

/// The variable of a database of the developer's own.
pub(crate) const DATABASE: &str = "DATABASE_URL";

/// That database, used instead of a local one.
pub(crate) fn database_url() -> Option<String> {
    read(DATABASE)
}

/// Who owns the tables of that database, if functions connect as somebody else.
pub(crate) fn database_owner_url() -> Option<String> {
    read("DATABASE_OWNER_URL")
}

/// The authority that the database's certificate is of, if it is none of the public ones.
pub(crate) fn database_authority() -> Option<String> {
    read("DATABASE_CA")
}

pub(crate) fn home() -> Option<PathBuf> {
    read("HOME").map(PathBuf::from)
}

/// Where cargo keeps the sources of crates.
pub(crate) fn cargo_home() -> Option<PathBuf> {
    let home = || home().map(|home| home.join(".cargo"));
    read("CARGO_HOME").map(PathBuf::from).or_else(home)
}

/// Where cargo puts what it builds for this machine.
pub(crate) fn target_folder(root: &Root) -> PathBuf {
    match read("CARGO_TARGET_DIR") {
        Some(folder) => root.join(&folder),
        None => root.join("target"),
    }
}

/// The folder of what can be fetched again: `$XDG_CACHE_HOME/latchwork`.
pub(crate) fn cache() -> PathBuf {
    read("XDG_CACHE_HOME")
        .map(PathBuf::from)
        .or_else(|| home().map(|home| home.join(".cache")))
        .unwrap_or_else(std::env::temp_dir)
        .join("latchwork")
}

/// Where the site that is being built will be, by the rules of `server::Config`; `None` where
/// nobody says, or where people sign in at another system.
pub(crate) fn published_origin() -> Option<String> {
    if read("AUTH_ISSUER").is_some() {
        return None;
    }
    let host = |name| read(name).map(|host| format!("https://{host}"));
    let production = read("VERCEL_ENV").is_none_or(|kind| kind == "production");
    let of_platform = host("VERCEL_PROJECT_PRODUCTION_URL")
        .filter(|_| production)
        .or_else(|| host("VERCEL_BRANCH_URL"))
        .or_else(|| host("VERCEL_URL"));
    // A preview has an address of its own.
    let given = read("BETTER_AUTH_URL").filter(|_| production || of_platform.is_none());
    let given = given.map(|url| url.trim().trim_end_matches('/').to_owned());
    given.or(of_platform)
}

/// What a build on the platform does with the database that it is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum AtBuild {
    Migrate,
    /// For this reason it is left alone.
    Leave(&'static str),
}

pub(crate) fn at_build() -> AtBuild {
    judge(&read)
}

/// Production's database is brought up to date by production's build; that of previews by theirs,
/// if it was said to be their own.
fn judge(read: &dyn Fn(&str) -> Option<String>) -> AtBuild {
    if read("MIGRATE_AT_BUILD").as_deref() == Some("off") {
        return AtBuild::Leave("MIGRATE_AT_BUILD is off");
    }
    let own = read("PREVIEW_DATABASE").as_deref() == Some("own");
    match read("VERCEL_ENV").as_deref() {
        Some("production") => {}
        Some("preview") if own => {}
        Some("preview") => return AtBuild::Leave("a preview migrates its own database only"),
        _ => return AtBuild::Leave("no deployment is being built"),
    }
    match read(DATABASE) {
        Some(_) => AtBuild::Migrate,
        // A database that is added after the first build; until then every function says so.
        None => AtBuild::Leave("DATABASE_URL is not set"),
    }
}

/// Whether nobody looks on, so that what cannot be checked must not pass.
pub(crate) fn is_ci() -> bool {
    read("CI").is_some()
}

/// The folders in which commands are found.
pub(crate) fn path() -> Vec<PathBuf> {
    read("PATH")
        .map(|path| std::env::split_paths(&path).collect())
        .unwrap_or_default()
}

/// The names of what cargo tells a program about its package.
pub(crate) fn of_our_package() -> Vec<OsString> {
    let ours = |name: &OsString| {
        let name = name.to_string_lossy();
        name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_")
    };
    std::env::vars_os()
        .map(|(name, _)| name)
        .filter(ours)
        .collect()
}

/// Where a command of this name lies, if the machine has it.
pub(crate) fn find_command(name: &str) -> Option<PathBuf> {
    path()
        .into_iter()
        .map(|folder| folder.join(name))
        .find(|file| file.is_file())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judged(set: &[(&str, &str)]) -> AtBuild {
        judge(&|name| {
            let found = set.iter().find(|(known, _)| *known == name);
            found.map(|(_, value)| (*value).to_owned())
        })
    }

    /// FR-243.
    #[test]
    fn a_build_migrates_the_database_of_its_own_deployment_only() {
        let url = (DATABASE, "postgres://u@h/x");
        let production = ("VERCEL_ENV", "production");
        let preview = ("VERCEL_ENV", "preview");

        assert_eq!(judged(&[url, production]), AtBuild::Migrate);
        let own = ("PREVIEW_DATABASE", "own");
        assert_eq!(judged(&[url, preview, own]), AtBuild::Migrate);
        for left in [
            vec![url],
            vec![production],
            vec![url, preview],
            vec![url, preview, ("PREVIEW_DATABASE", "shared")],
            vec![url, production, ("MIGRATE_AT_BUILD", "off")],
            vec![url, own, ("VERCEL_ENV", "development")],
        ] {
            assert!(matches!(judged(&left), AtBuild::Leave(_)), "{left:?}");
        }
    }
}
