//! Debian's package lists and downloads, in a folder of our own: it needs no root, and the
//! system's lists and packages stay as they are.

use std::fs;
use std::path::{Path, PathBuf};

use crate::fault::{AtPath, Fault, Result};
use crate::tool::Tool;

pub(crate) struct Apt {
    folder: PathBuf,
}

impl Apt {
    pub(crate) fn new(work: &Path) -> Result<Self> {
        let folder = work.join("apt");
        for name in ["lists/partial", "cache/archives/partial", "packages"] {
            let path = folder.join(name);
            fs::create_dir_all(&path).at("create", &path)?;
        }
        Ok(Self { folder })
    }

    pub(crate) fn update(&self) -> Result<()> {
        self.tool("apt-get").arg("update").output().map(drop)
    }

    /// The version that would be installed.
    pub(crate) fn candidate(&self, package: &str) -> Result<String> {
        let policy = self.tool("apt-cache").args(["policy", package]).output()?;
        candidate_in(&policy).ok_or_else(|| {
            Fault::new(format!(
                "Neither rustup's server nor a Debian source with `{package}` can be reached."
            ))
            .mend("rustup target add wasm32-unknown-unknown    # with a connection")
        })
    }

    /// The compiler, its source, a linker of its LLVM, and the libraries that are not here.
    pub(crate) fn compiler_packages(&self, version: &str) -> Result<Vec<String>> {
        let llvm = self
            .tool("apt-cache")
            .args(["depends", "rust-web-llvm"])
            .output()?;
        let llvm = llvm_version(&llvm)
            .ok_or_else(|| Fault::new("Debian's rust-web-llvm names no LLVM version."))?;
        let linker = format!("lld-{llvm}");
        let names = [
            "rustc-web",
            "cargo-web",
            "libstd-rust-web-dev",
            "rust-web-src",
        ];
        let mut wanted: Vec<String> = names
            .iter()
            .map(|name| format!("{name}={version}"))
            .collect();
        wanted.push(linker);
        let plan = self
            .tool("apt-get")
            .args(["install", "--simulate", "--no-install-recommends"])
            .args(&wanted)
            .output()?;
        let mut packages: Vec<String> = planned(&plan).collect();
        // What the system has already is not planned, but has to lie in our folder too.
        wanted.retain(|package| {
            let name = package.split('=').next().unwrap_or(package);
            !packages
                .iter()
                .any(|planned| planned.split('=').next() == Some(name))
        });
        packages.append(&mut wanted);
        Ok(packages)
    }

    pub(crate) fn download(&self, packages: &[String]) -> Result<Vec<PathBuf>> {
        let folder = self.folder.join("packages");
        self.tool("apt-get")
            .arg("download")
            .args(packages)
            .within(&folder)
            .output()?;
        let files = folder.read_dir().at("read", &folder)?;
        Ok(files.flatten().map(|file| file.path()).collect())
    }

    fn tool(&self, name: &str) -> Tool {
        let folder = self.folder.display();
        Tool::new(name)
            .args(["-o", &format!("Dir::State::Lists={folder}/lists")])
            .args(["-o", &format!("Dir::Cache={folder}/cache")])
            .args([
                "-o",
                "Debug::NoLocking=true",
                "-o",
                "APT::Sandbox::User=root",
            ])
            .env("LC_ALL", "C")
    }
}

fn candidate_in(policy: &str) -> Option<String> {
    let line = policy
        .lines()
        .find_map(|line| line.trim().strip_prefix("Candidate: "))?;
    (line != "(none)").then(|| line.to_owned())
}

fn llvm_version(depends: &str) -> Option<&str> {
    depends
        .lines()
        .find_map(|line| line.trim().strip_prefix("Depends: llvm-"))
}

/// The packages that a simulated installation would add, each with its version.
fn planned(plan: &str) -> impl Iterator<Item = String> {
    plan.lines().filter_map(|line| {
        let mut words = line.strip_prefix("Inst ")?.split_whitespace();
        let name = words.next()?;
        // An upgrade names the installed version in brackets first.
        let version = words.find_map(|word| word.strip_prefix('('))?;
        Some(format!("{name}={version}"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_apt_prints() {
        let plan = "Reading package lists...\n\
            Inst libllvm22 (1:22.1-2 Debian-Security:12/oldstable-security [amd64])\n\
            Inst libgit2-1.5 [1.5.0-1] (1.5.1-1 Debian:12.1/oldstable [amd64])\n\
            Conf libllvm22 (1:22.1-2 Debian-Security:12/oldstable-security [amd64])\n";

        assert_eq!(
            planned(plan).collect::<Vec<_>>(),
            ["libllvm22=1:22.1-2", "libgit2-1.5=1.5.1-1"]
        );
        assert_eq!(
            candidate_in("x:\n  Installed: (none)\n  Candidate: 1.96.0-1\n").as_deref(),
            Some("1.96.0-1")
        );
        assert_eq!(candidate_in("x:\n  Candidate: (none)\n"), None);
        assert_eq!(
            llvm_version("rust-web-llvm\n  Depends: libc6\n  Depends: llvm-22\n"),
            Some("22")
        );
    }
}
