//! `cargo xtask sbom`: what is deployed, and what only builds and tests it, as a list that other
//! tools read (`CycloneDX` 1.6).
//!
//! **Invariant:** it depends on the lock files alone, so that two builds of a commit have one list.

mod cargo;
mod npm;

use std::fs;

use serde_json::{Value, json};

use crate::fault::{AtPath, Fault, Result};
use crate::root::Root;

/// One piece of somebody's software.
struct Component {
    /// Its package URL, which names it.
    purl: String,
    name: String,
    version: String,
    /// An SPDX expression.
    licence: Option<String>,
    /// SHA-256 of what was published.
    hash: Option<String>,
    /// Whether it is a part of what is deployed.
    is_deployed: bool,
    /// Package URLs of what it is built from.
    uses: Vec<String>,
}

/// Writes `target/sbom.cdx.json`.
pub(crate) fn run(root: &Root) -> Result<()> {
    let mut components = cargo::components(root)?;
    components.extend(npm::components(root)?);
    components.sort_by(|one, other| one.purl.cmp(&other.purl));
    components.dedup_by(|one, other| one.purl == other.purl);
    let file = root.join("target/sbom.cdx.json");
    let text = serde_json::to_string_pretty(&document(&components))
        .map_err(|error| Fault::new(error.to_string()))?;
    let folder = root.join("target");
    fs::create_dir_all(&folder).at("create", &folder)?;
    fs::write(&file, text).at("write", &file)?;
    let deployed = components.iter().filter(|one| one.is_deployed).count();
    println!(
        "{} components, {deployed} of them deployed, in {}",
        components.len(),
        file.display()
    );
    Ok(())
}

fn document(components: &[Component]) -> Value {
    let uses = components
        .iter()
        .map(|one| json!({"ref": one.purl, "dependsOn": one.uses}));
    json!({
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": {"type": "application", "name": "latchwork"}},
        "components": components.iter().map(Component::json).collect::<Vec<_>>(),
        "dependencies": uses.collect::<Vec<_>>(),
    })
}

impl Component {
    fn json(&self) -> Value {
        let mut component = json!({
            "type": "library",
            "bom-ref": self.purl,
            "name": self.name,
            "version": self.version,
            "purl": self.purl,
            "scope": if self.is_deployed { "required" } else { "excluded" },
        });
        if let Some(licence) = &self.licence {
            component["licenses"] = json!([{"expression": licence}]);
        }
        if let Some(hash) = &self.hash {
            component["hashes"] = json!([{"alg": "SHA-256", "content": hash}]);
        }
        component
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// FR-247.
    #[test]
    fn a_component_is_named_dated_and_told_from_what_only_builds_it() {
        let component = |name: &str, is_deployed| Component {
            purl: format!("pkg:cargo/{name}@1.0.0"),
            name: name.to_owned(),
            version: "1.0.0".to_owned(),
            licence: Some("MIT".to_owned()),
            hash: None,
            is_deployed,
            uses: vec!["pkg:cargo/libc@1.0.0".to_owned()],
        };

        let list = document(&[component("mio", true), component("walrus", false)]);

        assert_eq!(list["components"][0]["scope"], "required");
        assert_eq!(list["components"][1]["scope"], "excluded");
        assert_eq!(list["components"][0]["licenses"][0]["expression"], "MIT");
        assert_eq!(
            list["dependencies"][0]["dependsOn"][0],
            "pkg:cargo/libc@1.0.0"
        );
    }
}
