//! `cargo xtask audit` and `cargo xtask sbom`, run as commands.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;
use tempfile::TempDir;

/// The command in a folder where `cargo-deny` is this script.
struct Audit {
    folder: TempDir,
}

impl Audit {
    fn with(script: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let program = folder.path().join("cargo-deny");
        // It writes down what it is asked.
        let script = format!("#!/bin/sh\necho \"$@\" >> asked\n{script}\n");
        fs::write(&program, script).unwrap();
        fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
        Self { folder }
    }

    fn run(&self, is_ci: bool) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
        command
            .arg("--root")
            .arg(self.folder.path())
            .arg("audit")
            .env(
                "PATH",
                format!("{}:/bin:/usr/bin", self.folder.path().display()),
            )
            .env_remove("CI");
        if is_ci {
            command.env("CI", "true");
        }
        command.output().unwrap()
    }

    fn asked(&self) -> Vec<String> {
        let asked = fs::read_to_string(self.folder.path().join("asked")).unwrap();
        asked.lines().map(str::to_owned).collect()
    }
}

/// FR-247.
#[test]
fn an_audit_asks_for_licences_sources_and_known_holes() {
    let audit = Audit::with("exit 0");

    let output = audit.run(true);

    assert!(output.status.success(), "{output:?}");
    let checks = [
        "--workspace check --hide-inclusion-graph licenses bans sources",
        "fetch db",
        "--workspace check --hide-inclusion-graph advisories",
    ];
    assert_eq!(audit.asked(), checks);
}

/// FR-247: whatever is found turns it red.
#[test]
fn an_audit_that_finds_something_fails() {
    for found in ["licenses", "advisories"] {
        let audit = Audit::with(&format!("case \"$*\" in *{found}*) exit 1;; esac"));

        assert!(!audit.run(false).status.success(), "{found}");
    }
}

/// FR-247: where the list of known holes cannot be had, that is said, and is a fault where changes
/// are let in.
#[test]
fn an_audit_without_a_network_says_what_it_left_out() {
    let audit = Audit::with("case \"$1\" in fetch) exit 1;; esac");

    let by_hand = audit.run(false);
    let in_ci = audit.run(true);

    assert!(by_hand.status.success(), "{by_hand:?}");
    let said = String::from_utf8(by_hand.stdout).unwrap();
    assert!(said.contains("SKIPPED: the list of known holes"), "{said}");
    assert!(!in_ci.status.success());
}

/// FR-247: of this checkout.
#[test]
fn the_list_of_parts_names_what_is_deployed_and_where_it_is_from() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let run = || {
        let output = Command::new(env!("CARGO_BIN_EXE_xtask"))
            .arg("sbom")
            .output();
        let output = output.unwrap();
        assert!(output.status.success(), "{output:?}");
        fs::read_to_string(root.join("target/sbom.cdx.json")).unwrap()
    };

    let text = run();

    assert_eq!(text, run(), "two runs differ");
    let list: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(
        (&list["bomFormat"], &list["specVersion"]),
        (&"CycloneDX".into(), &"1.6".into())
    );
    let all = list["components"].as_array().unwrap();
    let scope = |name: &str| {
        let found = all.iter().find(|part| part["name"] == name);
        found.unwrap_or_else(|| panic!("{name} is absent"))["scope"].clone()
    };
    assert_eq!(scope("axum"), "required");
    assert_eq!(scope("yew"), "required");
    assert_eq!(scope("tempfile"), "excluded");
    assert_eq!(scope("vercel"), "excluded");
    let is_ours = |part: &Value| {
        let name = part["name"].as_str().unwrap();
        root.join("crates").join(name).exists() || ["frontend", "latchwork"].contains(&name)
    };
    let deployed = all.iter().filter(|part| part["scope"] == "required");
    for part in deployed.filter(|part| !is_ours(part)) {
        assert!(part["hashes"][0]["content"].is_string(), "{part}");
        assert!(part["licenses"][0]["expression"].is_string(), "{part}");
    }
    let known: Vec<&str> = all
        .iter()
        .map(|part| part["bom-ref"].as_str().unwrap())
        .collect();
    for edge in list["dependencies"].as_array().unwrap() {
        for used in edge["dependsOn"].as_array().unwrap() {
            assert!(known.contains(&used.as_str().unwrap()), "{used}");
        }
    }
}
