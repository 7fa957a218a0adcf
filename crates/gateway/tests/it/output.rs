//! What `vercel build` made: served as it stands, and held against the project it was made from.

use std::fs;
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::path::{Path, PathBuf};

use gateway::{Options, check_output};
use hyper::StatusCode;
use tempfile::TempDir;

use crate::site::{FUNCTIONS, Site, examples, write_project};

/// The head of a 64-bit program for Linux on x86.
const PROGRAM: [u8; 20] = *b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\x02\0\x3e\0";

/// A project, and what the platform's tool makes of it, with these programs.
fn build(program: impl Fn(&Path)) -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    write_project(folder.path());
    let output = folder.path().join(".vercel/output");
    let write = |name: &str, text: &str| {
        let path = output.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    write("config.json", include_str!("../golden/config.json"));
    write("static/index.html", "<p>page</p>");
    write("static/assets/app.js", "script");
    for (name, _) in FUNCTIONS {
        let settings = match name {
            "slow" => r#""maxDuration": 1"#,
            _ => r#""memory": 1024, "maxDuration": 60"#,
        };
        let settings = format!(
            r#"{{"handler": "executable", "runtime": "executable", "runtimeLanguage": "rust",
                "architecture": "x86_64", {settings}, "environment": {{}},
                "supportsResponseStreaming": true}}"#
        );
        write(
            &format!("functions/api/{name}.func/.vc-config.json"),
            &settings,
        );
        program(&output.join(format!("functions/api/{name}.func/executable")));
    }
    (folder, output)
}

fn whole() -> (TempDir, PathBuf) {
    build(|program| {
        fs::write(program, PROGRAM).unwrap();
        fs::set_permissions(program, fs::Permissions::from_mode(0o755)).unwrap();
    })
}

#[tokio::test]
async fn a_built_site_is_served_by_its_own_routes_and_programs() {
    let (folder, output) = build(|program| symlink(examples().join("sample"), program).unwrap());
    let site = Site::of(folder, Options::built(output));

    let (_, seen) = site.json("/api/ann/tasks?z=1").await;
    let (script, _) = site.get("/assets/app.js").await;
    let (page, _) = site.get("/sign-in").await;
    let (nothing, _) = site.get("/assets/gone.js").await;

    assert_eq!(seen["uri"], "/api/ann/tasks?z=1&user=ann");
    assert_eq!([script, page], [StatusCode::OK; 2]);
    assert_eq!(nothing, StatusCode::NOT_FOUND);
    assert_eq!(site.gateway.functions().len(), FUNCTIONS.len());
    assert_eq!(site.gateway.crons().len(), 1);
}

/// FR-244.
#[test]
fn a_build_that_means_what_vercel_json_says_has_no_fault() {
    let (folder, output) = whole();

    let faults = check_output(folder.path(), &output).unwrap();

    assert_eq!(faults, Vec::<String>::new());
}

/// FR-244. Each change is one that a build could make, and what is said of it.
#[test]
fn every_difference_is_found() {
    let replace = |path: &str, old: &'static str, new: &'static str| {
        let path = path.to_owned();
        move |output: &Path| {
            let path = output.join(&path);
            let text = fs::read_to_string(&path).unwrap();
            assert!(text.contains(old), "{old}");
            fs::write(&path, text.replace(old, new)).unwrap();
        }
    };
    let settings = "functions/api/chat.func/.vc-config.json";
    let program = "functions/api/chat.func/executable";
    type Change = Box<dyn Fn(&Path)>;
    let changes: [(Change, &str); 12] = [
        (
            Box::new(replace("config.json", "\"version\": 3", "\"version\": 4")),
            "version 4",
        ),
        (
            Box::new(replace("config.json", "\"none\"", "\"some\"")),
            "route 0",
        ),
        (
            Box::new(replace("config.json", "^/api/ready$", "^/api/readi$")),
            "route 3",
        ),
        (
            Box::new(replace("config.json", "user=$1", "user=$2")),
            "route 5",
        ),
        (
            Box::new(replace("config.json", "0 3 * * *", "0 4 * * *")),
            "the clock",
        ),
        (Box::new(replace(settings, "1024", "128")), "chat is set"),
        (Box::new(replace(settings, "60", "300")), "chat is set"),
        (Box::new(replace(settings, "true", "false")), "chat is set"),
        (
            Box::new(replace(settings, "{}", "{\"BETTER_AUTH_SECRET\": \"s\"}")),
            "chat is set",
        ),
        (
            Box::new(replace(settings, "x86_64", "arm64")),
            "chat is no Linux program for arm64",
        ),
        (
            Box::new(move |output| fs::remove_file(output.join(program)).unwrap()),
            "chat has no program",
        ),
        (
            Box::new(|output| {
                let functions = output.join("functions/api");
                fs::rename(functions.join("chat.func"), functions.join("chap.func")).unwrap();
            }),
            "api/chat.rs was not built",
        ),
    ];
    for (change, said) in changes {
        let (folder, output) = whole();

        change(&output);

        let faults = check_output(folder.path(), &output).unwrap();
        assert!(
            faults.iter().any(|fault| fault.contains(said)),
            "{said}: {faults:?}"
        );
    }
}

#[test]
fn a_program_that_may_not_be_executed_is_a_fault() {
    let (folder, output) = build(|program| fs::write(program, PROGRAM).unwrap());

    let faults = check_output(folder.path(), &output).unwrap();

    assert_eq!(faults.len(), FUNCTIONS.len(), "{faults:?}");
    assert_eq!(faults[0], "chat may not be executed");
}
