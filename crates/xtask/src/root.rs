//! The folders of the checkout that this tool works on.

use std::path::{Path, PathBuf};

/// The folder with `Cargo.toml` and `vercel.json`.
#[derive(Clone)]
pub(crate) struct Root(PathBuf);

impl Root {
    /// The checkout that this tool was built from.
    pub(crate) fn here() -> Self {
        let manifest = Path::new(env!("CARGO_MANIFEST_DIR"));
        Self(manifest.ancestors().nth(2).unwrap_or(manifest).to_owned())
    }

    pub(crate) fn at(folder: PathBuf) -> Self {
        Self(folder)
    }

    pub(crate) fn path(&self) -> &Path {
        &self.0
    }

    pub(crate) fn join(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    /// Everything a local run remembers, the database included.
    pub(crate) fn state(&self) -> PathBuf {
        self.join(".latchwork")
    }
}
