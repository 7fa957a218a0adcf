//! How large what is deployed is, beside the aims. An aim that is missed is shown, and is no fault:
//! the platform takes thirty times as much.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use crate::fault::{AtPath, Result};
use crate::frontend::files_below;

/// Bytes of a function's program.
const FUNCTION: u64 = 8_000_000;

/// Bytes of all static files together.
const PAGES: u64 = 2_000_000;

/// A table of everything that counts.
pub(super) fn measure(output: &Path) -> Result<String> {
    let mut table = format!("{:>12} {:>12}  what", "bytes", "aim");
    let mut row = |name: &str, bytes: u64, aim: u64| {
        let missed = if bytes > aim { ", MISSED" } else { "" };
        let _ = write!(table, "\n{bytes:>12} {aim:>12}  {name}{missed}");
    };
    let functions = output.join("functions/api");
    let entries = functions.read_dir().at("read", &functions)?;
    let mut folders: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
    folders.sort();
    for folder in folders {
        let program = folder.join("executable");
        let bytes = fs::metadata(&program).at("read", &program)?.len();
        let name = folder.file_stem().unwrap_or_default().to_string_lossy();
        row(&name, bytes, FUNCTION);
    }
    let pages = files_below(&output.join("static"))?;
    let bytes = pages.iter().map(|(_, content)| content.len() as u64).sum();
    row("static files", bytes, PAGES);
    Ok(table)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missed_aim_is_shown() {
        let output = tempfile::tempdir().unwrap();
        for (name, bytes) in [("chat", FUNCTION + 1), ("health", FUNCTION)] {
            let folder = output.path().join(format!("functions/api/{name}.func"));
            fs::create_dir_all(&folder).unwrap();
            let program = fs::File::create(folder.join("executable")).unwrap();
            program.set_len(bytes).unwrap();
        }

        let table = measure(output.path()).unwrap();

        let rows: Vec<&str> = table.lines().skip(1).map(str::trim).collect();
        assert_eq!(rows.len(), 3);
        assert_eq!(rows[0], "8000001      8000000  chat, MISSED");
        assert_eq!(rows[1], "8000000      8000000  health");
    }
}
