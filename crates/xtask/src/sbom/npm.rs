//! npm's packages. None is deployed: they build, or are what the tests try ours with.

use std::collections::BTreeMap;
use std::fs;

use serde::Deserialize;

use super::Component;
use crate::fault::{AtPath, Fault, Result};
use crate::root::Root;

#[derive(Deserialize)]
struct Lock {
    packages: BTreeMap<String, Package>,
}

#[derive(Deserialize)]
struct Package {
    version: Option<String>,
    license: Option<String>,
}

/// Those of every lock file in `tests/`.
pub(super) fn components(root: &Root) -> Result<Vec<Component>> {
    let tests = root.join("tests");
    let mut components = Vec::new();
    for folder in tests.read_dir().at("read", &tests)?.flatten() {
        let file = folder.path().join("package-lock.json");
        if file.exists() {
            let text = fs::read_to_string(&file).at("read", &file)?;
            components.extend(parse(&text)?);
        }
    }
    Ok(components)
}

fn parse(lock: &str) -> Result<Vec<Component>> {
    let lock: Lock = serde_json::from_str(lock).map_err(|error| Fault::new(error.to_string()))?;
    let component = |(path, package): (String, Package)| {
        let (_, name) = path.rsplit_once("node_modules/")?;
        let version = package.version?;
        Some(Component {
            purl: format!("pkg:npm/{}@{version}", name.replace('@', "%40")),
            name: name.to_owned(),
            version,
            licence: package.license,
            hash: None,
            is_deployed: false,
            uses: Vec::new(),
        })
    };
    Ok(lock.packages.into_iter().filter_map(component).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// FR-247.
    #[test]
    fn a_packages_place_tells_its_name() {
        let lock = r#"{"packages": {
            "": {},
            "node_modules/a/node_modules/@scope/b": {"version": "1.2.3", "license": "MIT"}
        }}"#;

        let components = parse(lock).unwrap();

        assert_eq!(components.len(), 1);
        assert_eq!(components[0].purl, "pkg:npm/%40scope/b@1.2.3");
    }
}
