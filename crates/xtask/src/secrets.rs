//! The settings of a local run: secrets made once for this checkout, and what the developer
//! writes into `.env`.
//!
//! **Invariant:** no secret has a default. Each checkout makes its own, readable by its user only.

use std::fs::{self, OpenOptions};
use std::io::Write as _;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use crate::fault::{AtPath, Fault, Result};
use crate::root::Root;

/// What the functions refuse to start without.
const SECRETS: [&str; 2] = ["BETTER_AUTH_SECRET", "CRON_SECRET"];

pub(crate) type Settings = Vec<(String, String)>;

/// The secrets of this checkout, made where they are missing, overruled by `.env`.
pub(crate) fn settings(root: &Root) -> Result<Settings> {
    let state = root.state();
    fs::create_dir_all(&state).at("create", &state)?;
    let file = state.join("secrets.env");
    let mut settings = read(&file)?;
    for name in SECRETS {
        if !settings.iter().any(|(known, _)| known == name) {
            let secret = random()?;
            append(&file, name, &secret)?;
            settings.push((name.to_owned(), secret));
        }
    }
    for (name, value) in read(&root.join(".env"))? {
        settings.retain(|(known, _)| *known != name);
        settings.push((name, value));
    }
    Ok(settings)
}

/// Names and values of a file; none where there is no file.
fn read(file: &Path) -> Result<Settings> {
    let unreadable = |error: dotenvy::Error| match error {
        // The error would show the line, and with it a secret.
        dotenvy::Error::LineParse(_, column) => Fault::new(format!(
            "{} has a line that is no NAME=value (column {column}).",
            file.display()
        )),
        error => Fault::new(format!("Cannot read {}: {error}.", file.display())),
    };
    if !file.exists() {
        return Ok(Vec::new());
    }
    let lines = dotenvy::from_path_iter(file).map_err(unreadable)?;
    lines.map(|line| line.map_err(unreadable)).collect()
}

fn append(file: &Path, name: &str, value: &str) -> Result<()> {
    let mut open = OpenOptions::new()
        .create(true)
        .append(true)
        .mode(0o600)
        .open(file)
        .at("write", file)?;
    writeln!(open, "{name}={value}").at("write", file)
}

/// 256 bits.
pub(crate) fn random() -> Result<String> {
    let mut chance = [0; 32];
    getrandom::fill(&mut chance)
        .map_err(|error| Fault::new(format!("The system has no random numbers: {error}.")))?;
    Ok(chance.iter().map(|byte| format!("{byte:02x}")).collect())
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    fn value<'a>(settings: &'a Settings, name: &str) -> &'a str {
        let (_, value) = settings.iter().find(|(known, _)| known == name).unwrap();
        value
    }

    #[test]
    fn secrets_are_made_once_and_differ_between_checkouts() {
        let (one, two) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let settings_of = |folder: &Path| settings(&Root::at(folder.to_owned())).unwrap();

        let first = settings_of(one.path());
        let again = settings_of(one.path());
        let other = settings_of(two.path());

        assert_eq!(first, again);
        for name in SECRETS {
            assert_ne!(value(&first, name), value(&other, name));
            assert_eq!(value(&first, name).len(), 64);
        }
        let file = one.path().join(".latchwork/secrets.env");
        let mode = fs::metadata(file).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }

    #[test]
    fn the_developers_own_settings_overrule() {
        let folder = tempfile::tempdir().unwrap();
        let text = "# mine\nCRON_SECRET='own'\nOPENAI_API_KEY=key\n";
        fs::write(folder.path().join(".env"), text).unwrap();

        let settings = settings(&Root::at(folder.path().to_owned())).unwrap();

        assert_eq!(value(&settings, "CRON_SECRET"), "own");
        assert_eq!(value(&settings, "OPENAI_API_KEY"), "key");
        assert_eq!(settings.len(), 3);
    }

    #[test]
    fn a_broken_line_is_told_without_its_content() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join(".env"), "SECRET=\"hidden\n").unwrap();

        let fault = settings(&Root::at(folder.path().to_owned())).unwrap_err();

        assert!(!fault.to_string().contains("hidden"), "{fault}");
    }
}
