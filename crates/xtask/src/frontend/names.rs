//! Short names in the place of those that were made up by tools.
//!
//! Everything that the program's files take from each other has a name with a hash in it, which no
//! network can compress, and of which a browser shows nothing. Such a name gets another of a few
//! letters, in all files alike.

use std::collections::BTreeMap;

use super::bundle::File;
use crate::fault::{Fault, Result};

/// How made-up names begin.
const MADE_UP: [&str; 4] = ["__wbg_", "__wbindgen_", "__wasm_", "wasm_bindgen__"];

const IMPORTS: u8 = 2;
const EXPORTS: u8 = 7;

type Names = BTreeMap<String, String>;

/// Renames in scripts and wasm files.
pub(super) fn shorten(files: &mut [File]) -> Result<()> {
    let mut names = Names::new();
    let wasm = |name: &str| name.ends_with(".wasm");
    for (_, content) in files.iter().filter(|(name, _)| wasm(name)) {
        let mut note = |name: &str| {
            if MADE_UP.iter().any(|begin| name.starts_with(begin)) {
                names.insert(name.to_owned(), String::new());
            }
            None
        };
        rewrite(content, &mut note).ok_or_else(unread)?;
    }
    // No tool begins a name with this letter.
    for (number, name) in names.values_mut().enumerate() {
        *name = format!("${number}");
    }
    for (name, content) in files {
        if wasm(name) {
            let mut short = |name: &str| names.get(name).cloned();
            *content = rewrite(content, &mut short).ok_or_else(unread)?;
        } else if name.ends_with(".js") {
            *content = in_script(&String::from_utf8_lossy(content), &names).into();
        }
    }
    Ok(())
}

fn unread() -> Fault {
    Fault::new("a part of the front end is no wasm file that is understood.")
}

/// The words of a script, with those that have another name under it.
fn in_script(script: &str, names: &Names) -> String {
    let is_inside = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '_' | '$');
    let mut short = String::with_capacity(script.len());
    let mut rest = script;
    while !rest.is_empty() {
        let end = rest.find(|letter| !is_inside(letter));
        let (word, after) = rest.split_at(end.unwrap_or(rest.len()));
        short.push_str(names.get(word).map_or(word, String::as_str));
        let other = after.find(is_inside).unwrap_or(after.len());
        short.push_str(&after[..other]);
        rest = &after[other..];
    }
    short
}

/// The file with other names for what it imports and exports; `None` for what is no wasm file.
fn rewrite(wasm: &[u8], rename: &mut dyn FnMut(&str) -> Option<String>) -> Option<Vec<u8>> {
    let (magic, rest) = wasm.split_at_checked(8)?;
    let mut written = magic.to_vec();
    let mut reader = Reader(rest);
    while !reader.0.is_empty() {
        let kind = reader.byte()?;
        let length = reader.number()?;
        let body = reader.take(length)?;
        let body = match kind {
            IMPORTS => entries(body, true, rename)?,
            EXPORTS => entries(body, false, rename)?,
            _ => body.to_vec(),
        };
        written.push(kind);
        put_number(&mut written, body.len());
        written.extend(body);
    }
    Some(written)
}

/// A list of imports or of exports.
fn entries(
    body: &[u8],
    is_import: bool,
    rename: &mut dyn FnMut(&str) -> Option<String>,
) -> Option<Vec<u8>> {
    let mut reader = Reader(body);
    let mut written = Vec::with_capacity(body.len());
    let count = reader.number()?;
    put_number(&mut written, count);
    for _ in 0..count {
        if is_import {
            put_text(&mut written, reader.text()?);
        }
        let name = reader.text()?;
        put_text(&mut written, rename(name).as_deref().unwrap_or(name));
        let before = reader.0;
        match is_import {
            true => reader.skip_import()?,
            false => reader.skip_export()?,
        }
        written.extend(&before[..before.len() - reader.0.len()]);
    }
    reader.0.is_empty().then_some(written)
}

/// What is left to read.
struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn take(&mut self, length: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(taken)
    }

    fn byte(&mut self) -> Option<u8> {
        self.take(1)?.first().copied()
    }

    /// LEB128, unsigned.
    fn number(&mut self) -> Option<usize> {
        let mut number = 0_usize;
        for shift in (0..35).step_by(7) {
            let byte = self.byte()?;
            number |= usize::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Some(number);
            }
        }
        None
    }

    fn text(&mut self) -> Option<&'a str> {
        let length = self.number()?;
        std::str::from_utf8(self.take(length)?).ok()
    }

    fn skip_export(&mut self) -> Option<()> {
        self.byte()?;
        self.number().map(drop)
    }

    /// What kind of thing is imported, and its type.
    fn skip_import(&mut self) -> Option<()> {
        match self.byte()? {
            // A function.
            0 => self.number().map(drop),
            // A table, with the type of what is in it.
            1 => self.byte().and_then(|_| self.skip_limits()),
            // A memory.
            2 => self.skip_limits(),
            // A global, and whether it can change.
            3 => self.take(2).map(drop),
            _ => None,
        }
    }

    fn skip_limits(&mut self) -> Option<()> {
        let has_end = self.byte()? & 1 == 1;
        self.number()?;
        if has_end {
            self.number()?;
        }
        Some(())
    }
}

fn put_number(written: &mut Vec<u8>, mut number: usize) {
    while number >= 0x80 {
        written.push((number & 0x7f) as u8 | 0x80);
        number >>= 7;
    }
    written.push(number as u8);
}

fn put_text(written: &mut Vec<u8>, text: &str) {
    put_number(written, text.len());
    written.extend(text.as_bytes());
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Imports a function, a table and a global, and exports a function.
    fn wasm(imported: &str, exported: &str) -> Vec<u8> {
        let mut imports = vec![3];
        for (name, kind) in [
            (imported, &[0, 0][..]),
            ("table", &[1, 0x70, 1, 2, 0x90, 1]),
            ("global", &[3, 0x7f, 1]),
        ] {
            put_text(&mut imports, "./app_bg.js");
            put_text(&mut imports, name);
            imports.extend(kind);
        }
        let mut exports = vec![1];
        put_text(&mut exports, exported);
        exports.extend([0, 0]);
        let mut wasm = b"\0asm\x01\0\0\0".to_vec();
        for (kind, body) in [(1, vec![0]), (IMPORTS, imports), (EXPORTS, exports)] {
            wasm.push(kind);
            put_number(&mut wasm, body.len());
            wasm.extend(body);
        }
        wasm
    }

    #[test]
    fn a_name_is_the_same_in_every_file() {
        let mut files = [
            ("app_bg.wasm".to_owned(), wasm("__wbg_log_12ab", "main")),
            ("part.wasm".to_owned(), wasm("__wbg_log_12ab", "__wasm_x")),
            (
                "app.js".to_owned(),
                b"x = { __wbg_log_12ab: f, __wbg_log_12abc: g };\nwasm.__wasm_x(main)".to_vec(),
            ),
        ];

        shorten(&mut files).unwrap();

        assert_eq!(files[0].1, wasm("$1", "main"));
        assert_eq!(files[1].1, wasm("$1", "$0"));
        let script = String::from_utf8_lossy(&files[2].1).into_owned();
        assert_eq!(script, "x = { $1: f, __wbg_log_12abc: g };\nwasm.$0(main)");
    }

    #[test]
    fn what_is_no_wasm_file_is_a_fault() {
        let mut cut = wasm("__wbg_log_12ab", "main");
        cut.truncate(40);

        assert!(shorten(&mut [("app_bg.wasm".to_owned(), cut)]).is_err());
    }
}
