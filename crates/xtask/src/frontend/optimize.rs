//! Binaryen's `wasm-opt`, which takes some per cent off: welcome where it is cheap to have,
//! and not needed.

use std::fs;
use std::path::{Path, PathBuf};

use crate::env;
use crate::fault::{AtPath, Result};
use crate::npm::{self, Package};
use crate::progress::note;
use crate::tool::Tool;

const PACKAGE: Package<'_> = Package {
    name: "binaryen",
    version: "132.0.0",
    integrity: "sha512-4Usg7yEvwO3FMso3Oov6qkOOHSod1IEv+boKkh77kTljM+eNBouqCTbqWswGzbG+vDNO/b/v2C4gfEh1WgB9Lg==",
};

/// Rewrites the file smaller, or leaves it and says why.
pub(crate) fn shrink(wasm: &Path) -> Result<()> {
    let small = wasm.with_extension("small");
    let shrunk = find().and_then(|tool| {
        Tool::new(tool)
            .arg("-Oz")
            // What the compiler uses anyhow, and every browser of the last years has.
            .args(["--enable-bulk-memory", "--enable-sign-ext"])
            .args([
                "--enable-nontrapping-float-to-int",
                "--enable-mutable-globals",
            ])
            .args(["--enable-reference-types", "--enable-multivalue"])
            .arg(wasm)
            .arg("-o")
            .arg(&small)
            .output()
    });
    match shrunk {
        Ok(_) => fs::rename(&small, wasm).at("rename", &small),
        Err(why) => {
            note(&format!("without wasm-opt: {}", why.sentence()));
            Ok(())
        }
    }
}

fn find() -> Result<PathBuf> {
    if let Some(found) = env::find_command("wasm-opt") {
        return Ok(found);
    }
    npm::provide(&PACKAGE, "bin/wasm-opt")
}
