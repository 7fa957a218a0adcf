//! The platform's command-line tool, which builds as the platform does, without an account.

use std::fs;
use std::path::PathBuf;
use std::time::Instant;

use super::{Site, cpu};
use crate::fault::{AtPath, Result};
use crate::npm;
use crate::root::Root;
use crate::tool::Tool;

/// What a project looks like that was linked to one of the platform's.
const PROJECT: &str =
    r#"{"projectId": "prj_local", "orgId": "team_local", "settings": {"framework": null}}"#;

/// Builds the copy as production of this site, and gives the folder of what was made.
pub(super) fn build(root: &Root, copy: &Root, site: &Site) -> Result<(PathBuf, String)> {
    let tool = npm::locked(root, "tests/vercel")?.join(".bin/vercel");
    let folder = copy.join(".vercel");
    if folder.exists() {
        fs::remove_dir_all(&folder).at("remove", &folder)?;
    }
    fs::create_dir_all(&folder).at("create", &folder)?;
    let project = folder.join("project.json");
    fs::write(&project, PROJECT).at("write", &project)?;

    let (start, before) = (Instant::now(), cpu::of_children());
    Tool::new(tool)
        .outside_our_package()
        .within(copy.path())
        // Its own settings, or a login, are not for this.
        .arg("--global-config")
        .arg(folder.join("global"))
        // The programs are copied into what is made, instead of being named by their place.
        .args([
            "build",
            "--yes",
            "--non-interactive",
            "--standalone",
            "--prod",
        ])
        .env("VERCEL_TELEMETRY_DISABLED", "1")
        // As on the platform's own machines: by plain cargo, for the system that we are on.
        .env("VERCEL_BUILD_IMAGE", "1")
        .env("VERCEL_ENV", "production")
        .env("BETTER_AUTH_URL", &site.origin)
        .env("DATABASE_URL", site.server.functions_url())
        .env("DATABASE_OWNER_URL", site.server.admin_url())
        .without_env("CARGO_TARGET_DIR")
        .run()?;
    let minutes = |seconds: u64| format!("{} min {:02} s", seconds / 60, seconds % 60);
    let mut said = minutes(start.elapsed().as_secs());
    if let Some((before, after)) = before.zip(cpu::of_children()) {
        let spent = after.saturating_sub(before).as_secs();
        said = format!("{said}, of the processor's time {}", minutes(spent));
    }
    Ok((folder.join("output"), said))
}
