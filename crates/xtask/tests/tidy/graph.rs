//! Which crate may use which: an edge that is missing here is an architectural decision.

use std::process::Command;

use serde::Deserialize;

use crate::tree::{assert_none, root};

/// Each crate of ours, and which of the others it may use. `testing` may use any, and is used
/// by tests only.
const WALLS: &[(&str, &[&str])] = &[
    ("protocol", &[]),
    ("auth", &["protocol"]),
    ("store", &["protocol"]),
    ("when", &["protocol"]),
    ("mail", &[]),
    ("variables", &[]),
    ("rules", &["protocol", "when"]),
    ("tools", &["auth", "protocol", "store", "when"]),
    ("agent", &["protocol", "rules", "when"]),
    ("chat", &["agent", "auth", "protocol", "store", "tools"]),
    (
        "server",
        &[
            "agent",
            "auth",
            "chat",
            "mail",
            "protocol",
            "rules",
            "store",
            "tools",
            "variables",
            "when",
        ],
    ),
    ("latchwork", &["server"]),
    ("lambda", &["server"]),
    ("frontend", &["protocol", "when"]),
    ("gateway", &["protocol"]),
    ("xtask", &["gateway", "store", "variables"]),
    ("authcheck", &[]),
    ("smoke", &["authcheck", "protocol"]),
    (
        "doctor",
        &["authcheck", "protocol", "server", "store", "variables"],
    ),
];

/// Crates of others that only some of ours may use. Tests may use them too.
const OWNERS: &[(&str, &[&str])] = &[
    ("async-openai", &["agent"]),
    ("axum", &["server"]),
    ("chacha20poly1305", &["auth"]),
    ("deadpool-postgres", &["store"]),
    ("ed25519-dalek", &["auth"]),
    ("hmac", &["auth"]),
    ("jsonwebtoken", &["auth"]),
    ("lambda_http", &["lambda"]),
    ("lettre", &["mail"]),
    (
        "reqwest",
        &["agent", "authcheck", "mail", "server", "testing"],
    ),
    ("ring", &["auth", "authcheck"]),
    ("rmcp", &["agent", "tools", "server"]),
    ("scrypt", &["auth"]),
    ("tokio-postgres", &["store", "testing"]),
    ("tokio-postgres-rustls", &["store"]),
    ("vercel_runtime", &["server"]),
    ("wasm-bindgen", &["frontend"]),
    ("wasm-bindgen-cli-support", &["xtask"]),
    ("wasm_split_cli_support", &["xtask"]),
    ("wasm_split_helpers", &["frontend"]),
    ("web-sys", &["frontend"]),
    ("yew", &["frontend"]),
];

/// Everything that the page and the functions share has to be small. `schemars` only where it is
/// asked for: the page does without.
const PROTOCOL_MAY_USE: &[&str] = &["schemars", "serde", "serde_json"];

/// What would let a crate do what it must not: these are pure.
const PURE: &[&str] = &["auth", "protocol", "rules", "variables", "when"];
const IMPURE: &[&str] = &["hyper", "reqwest", "tokio", "tokio-postgres"];

#[derive(Deserialize)]
struct Metadata {
    packages: Vec<Package>,
}

#[derive(Deserialize)]
struct Package {
    name: String,
    dependencies: Vec<Dependency>,
}

#[derive(Deserialize)]
struct Dependency {
    name: String,
    kind: Option<String>,
    optional: bool,
    /// Set for those of ours.
    path: Option<String>,
}

fn packages() -> Vec<Package> {
    let output = Command::new(env!("CARGO"))
        .args([
            "metadata",
            "--no-deps",
            "--offline",
            "--format-version",
            "1",
        ])
        .current_dir(root())
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    let metadata: Metadata = serde_json::from_slice(&output.stdout).unwrap();
    metadata.packages
}

/// Each dependency that is not only for tests, with the crate that has it.
fn edges(packages: &[Package]) -> impl Iterator<Item = (&str, &Dependency)> {
    packages.iter().flat_map(|package| {
        let built = package
            .dependencies
            .iter()
            .filter(|dependency| dependency.kind.as_deref() != Some("dev"));
        built.map(|dependency| (package.name.as_str(), dependency))
    })
}

fn allowed<'a>(table: &'a [(&str, &[&str])], name: &str) -> Option<&'a [&'a str]> {
    let row = table.iter().find(|(known, _)| *known == name)?;
    Some(row.1)
}

#[test]
fn crates_use_only_those_below_them() {
    let packages = packages();
    let mut faults = Vec::new();

    for package in &packages {
        if allowed(WALLS, &package.name).is_none() && package.name != "testing" {
            faults.push(format!("`{}` has no row in WALLS", package.name));
        }
    }
    for (from, to) in edges(&packages) {
        let is_allowed = from == "testing"
            || to.path.is_none()
            || allowed(WALLS, from).is_some_and(|allowed| allowed.contains(&&*to.name));
        if !is_allowed {
            faults.push(format!("`{from}` must not depend on `{}`", to.name));
        }
    }

    assert_none(&faults);
}

#[test]
fn each_foreign_crate_stays_with_its_owner() {
    let packages = packages();

    let faults: Vec<String> = edges(&packages)
        .filter(|(from, to)| allowed(OWNERS, &to.name).is_some_and(|owners| !owners.contains(from)))
        .map(|(from, to)| format!("`{from}` must not depend on `{}`", to.name))
        .collect();

    assert_none(&faults);
}

#[test]
fn the_protocol_is_data_and_pure_crates_do_nothing_but_compute() {
    let packages = packages();

    let faults: Vec<String> = edges(&packages)
        .filter(|(from, to)| {
            let name = to.name.as_str();
            let is_spare = name != "schemars" || to.optional;
            *from == "protocol" && !(is_spare && PROTOCOL_MAY_USE.contains(&name))
                || PURE.contains(from) && IMPURE.contains(&name)
        })
        .map(|(from, to)| format!("`{from}` must not depend on `{}`", to.name))
        .collect();

    assert_none(&faults);
}
