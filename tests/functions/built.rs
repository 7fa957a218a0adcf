//! The functions as the platform has them: in the folders that its builder makes, behind the routes
//! that it wrote.
//!
//! `built/` is what Vercel's own builder left of this checkout, but for the programs, which are those
//! that cargo built for this test. After a change of `vercel.json` it is taken anew from
//! `target/vercel/.vercel/output`, where `cargo xtask vercel` leaves it, which also builds and tries
//! the programs of a release.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};

use gateway::{Options, check_output};
use tempfile::TempDir;
use testing::Database;

use crate::proof::proven;
use crate::site::Site;

/// `.vercel/output`, as far as it is served.
fn output() -> (TempDir, PathBuf) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let programs = Path::new(env!("CARGO_BIN_EXE_health")).parent().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let output = folder.path().join("output");
    fs::create_dir_all(&output).unwrap();
    fs::write(
        output.join("config.json"),
        include_str!("built/config.json"),
    )
    .unwrap();
    symlink(root.join("frontend/dist"), output.join("static")).unwrap();
    let architecture = match std::env::consts::ARCH {
        "aarch64" => "arm64",
        other => other,
    };
    let settings = include_str!("built/function.json").replace("ARCHITECTURE", architecture);
    for file in root.join("api").read_dir().unwrap() {
        let file = file.unwrap().path();
        let name = file.file_stem().unwrap();
        let function = output.join("functions/api").join(name);
        let function = function.with_extension("func");
        fs::create_dir_all(&function).unwrap();
        fs::write(function.join(".vc-config.json"), &settings).unwrap();
        symlink(programs.join(name), function.join("executable")).unwrap();
    }
    (folder, output)
}

/// What the builder wrote is still what `vercel.json` says.
#[test]
#[cfg(target_os = "linux")]
fn what_was_built_means_what_is_written() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let (_folder, output) = output();

    let faults = check_output(root, &output).unwrap();

    assert_eq!(faults, Vec::<String>::new());
}

/// FR-245.
#[tokio::test]
async fn every_built_function_starts_and_the_whole_path_is_used_by_the_built_routes() {
    let (_folder, output) = output();
    for cold in [false, true] {
        let database = Database::new().await;
        let deployment = Site::start_with(&database.url, |options| Options {
            env: options.env,
            listen: options.listen,
            cold,
            ..Options::built(&output)
        });
        let functions = deployment.gateway.functions();
        assert!(!functions.is_empty());
        for function in functions {
            deployment.gateway.warm_up(&function).await.unwrap();
        }
        let started = deployment.gateway.starts();

        proven(&deployment.url).await;

        // A process for each of many requests, or those that were there.
        let more = deployment.gateway.starts() - started;
        assert_eq!(more > 20, cold, "{more} processes");
        assert_eq!(database.people().await, 0, "somebody stayed behind");
    }
}
