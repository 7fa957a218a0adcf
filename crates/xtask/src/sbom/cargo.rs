//! Crates, with what is reached from the functions and the page told from the rest.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use super::Component;
use crate::fault::{AtPath, Fault, Result};
use crate::root::Root;
use crate::tool::Tool;

/// What is deployed: the functions, and the page.
const DEPLOYED: [&str; 2] = ["latchwork", "frontend"];

#[derive(Deserialize)]
struct Metadata {
    packages: Vec<Package>,
    resolve: Resolve,
}

#[derive(Deserialize)]
struct Package {
    id: String,
    name: String,
    version: String,
    license: Option<String>,
}

#[derive(Deserialize)]
struct Resolve {
    nodes: Vec<Node>,
}

#[derive(Deserialize)]
struct Node {
    id: String,
    deps: Vec<Edge>,
}

#[derive(Deserialize)]
struct Edge {
    pkg: String,
    dep_kinds: Vec<Kind>,
}

#[derive(Deserialize)]
struct Kind {
    /// None is a part of the program; `dev` and `build` are not.
    kind: Option<String>,
}

pub(super) fn components(root: &Root) -> Result<Vec<Component>> {
    let metadata = Tool::cargo(root.path())
        .args(["metadata", "--format-version", "1", "--locked"])
        .output()?;
    let lock = root.join("Cargo.lock");
    let lock = std::fs::read_to_string(&lock).at("read", &lock)?;
    let metadata: Metadata =
        serde_json::from_str(&metadata).map_err(|error| Fault::new(error.to_string()))?;
    Ok(list(&metadata, &hashes(&lock)))
}

fn list(metadata: &Metadata, hashes: &BTreeMap<String, String>) -> Vec<Component> {
    let purls: BTreeMap<&str, String> = metadata
        .packages
        .iter()
        .map(|package| {
            let purl = format!("pkg:cargo/{}@{}", package.name, package.version);
            (package.id.as_str(), purl)
        })
        .collect();
    let deployed = deployed(metadata);
    let uses = |id: &str| {
        let node = metadata.resolve.nodes.iter().find(|node| node.id == id);
        let edges = node.into_iter().flat_map(|node| &node.deps);
        edges
            .filter_map(|edge| purls.get(edge.pkg.as_str()).cloned())
            .collect()
    };
    metadata
        .packages
        .iter()
        .map(|package| Component {
            purl: purls[package.id.as_str()].clone(),
            name: package.name.clone(),
            version: package.version.clone(),
            licence: package.license.as_deref().map(expression),
            hash: hashes
                .get(&format!("{} {}", package.name, package.version))
                .cloned(),
            is_deployed: deployed.contains(package.id.as_str()),
            uses: uses(&package.id),
        })
        .collect()
}

/// The ids of what is reached from what is deployed by edges of programs alone.
fn deployed(metadata: &Metadata) -> BTreeSet<&str> {
    let nodes: BTreeMap<&str, &Node> = metadata
        .resolve
        .nodes
        .iter()
        .map(|node| (node.id.as_str(), node))
        .collect();
    let ours = metadata.packages.iter();
    let ours = ours.filter(|package| DEPLOYED.contains(&package.name.as_str()));
    let mut open: Vec<&str> = ours.map(|package| package.id.as_str()).collect();
    let mut reached = BTreeSet::new();
    while let Some(id) = open.pop() {
        if !reached.insert(id) {
            continue;
        }
        let edges = nodes.get(id).into_iter().flat_map(|node| &node.deps);
        let of_program = edges.filter(|edge| edge.dep_kinds.iter().any(|kind| kind.kind.is_none()));
        open.extend(of_program.map(|edge| edge.pkg.as_str()));
    }
    reached
}

/// Some manifests still write an old form of "or".
fn expression(licence: &str) -> String {
    licence.replace('/', " OR ")
}

/// What `Cargo.lock` says of each `name version`.
fn hashes(lock: &str) -> BTreeMap<String, String> {
    let value = |package: &str, key: &str| {
        let line = package.lines().find(|line| line.starts_with(key))?;
        line.split('"').nth(1).map(str::to_owned)
    };
    lock.split("[[package]]")
        .filter_map(|package| {
            let name = value(package, "name = ")?;
            let version = value(package, "version = ")?;
            Some((format!("{name} {version}"), value(package, "checksum = ")?))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    /// FR-247.
    #[test]
    fn what_only_tests_use_is_not_deployed() {
        let package = |name: &str| json!({"id": name, "name": name, "version": "1.0.0"});
        let edge =
            |name: &str, kind: Option<&str>| json!({"pkg": name, "dep_kinds": [{"kind": kind}]});
        let packages = ["latchwork", "server", "ring", "proptest", "cc"].map(package);
        let metadata = json!({
            "packages": packages,
            "resolve": {"nodes": [
                {"id": "latchwork", "deps": [edge("server", None), edge("proptest", Some("dev"))]},
                {"id": "server", "deps": [edge("ring", None)]},
                {"id": "ring", "deps": [edge("cc", Some("build"))]},
            ]},
        });
        let lock = "[[package]]\nname = \"ring\"\nversion = \"1.0.0\"\nchecksum = \"ab\"\n";

        let list = list(&serde_json::from_value(metadata).unwrap(), &hashes(lock));

        let deployed: Vec<&str> = list
            .iter()
            .filter(|component| component.is_deployed)
            .map(|component| component.name.as_str())
            .collect();
        assert_eq!(deployed, ["latchwork", "server", "ring"]);
        assert_eq!(list[2].hash.as_deref(), Some("ab"));
        assert_eq!(list[2].uses, ["pkg:cargo/cc@1.0.0"]);
        assert_eq!(expression("MIT/Apache-2.0"), "MIT OR Apache-2.0");
    }
}
