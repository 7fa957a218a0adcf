//! From a path to a file, a function, or nothing: the platform's order, which is headers, files
//! and functions, rewrites, and the end.

use std::path::{Component, Path, PathBuf};

use percent_encoding::percent_decode_str;

use crate::config::{Config, HeaderRule};
use crate::pattern::Pattern;
use crate::rewrite::Rewrite;

pub(crate) struct Routes {
    output: PathBuf,
    functions: Vec<String>,
    headers: Vec<(Pattern, Vec<(String, String)>)>,
    rewrites: Vec<Rewrite>,
}

/// Where a request goes.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Target {
    File(PathBuf),
    /// The function's place in the list, and what the rewrite adds to the query.
    Function(usize, Vec<(String, String)>),
    Nothing,
}

impl Routes {
    pub(crate) fn new(
        output: PathBuf,
        functions: Vec<String>,
        config: &Config,
    ) -> Result<Self, String> {
        Ok(Self {
            output,
            functions,
            headers: config
                .headers
                .iter()
                .map(headers)
                .collect::<Result<_, _>>()?,
            rewrites: config
                .rewrites
                .iter()
                .map(Rewrite::new)
                .collect::<Result<_, _>>()?,
        })
    }

    pub(crate) fn target(&self, path: &str) -> Target {
        if let Some(target) = self.literal(path, Vec::new()) {
            return target;
        }
        // A rewrite to what does not exist hands its path on to those after it.
        let mut path = path.to_owned();
        for rewrite in &self.rewrites {
            let Some(captures) = rewrite.source.matches(&path) else {
                continue;
            };
            let (rewritten, query) = rewrite.apply(&captures);
            if let Some(target) = self.literal(&rewritten, query) {
                return target;
            }
            path = rewritten;
        }
        Target::Nothing
    }

    /// The headers for a path as it was asked for; of two with one name the later counts.
    pub(crate) fn headers<'a>(&'a self, path: &'a str) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.headers
            .iter()
            .filter(|(pattern, _)| pattern.matches(path).is_some())
            .flat_map(|(_, headers)| headers)
            .map(|(key, value)| (key.as_str(), value.as_str()))
    }

    fn literal(&self, path: &str, query: Vec<(String, String)>) -> Option<Target> {
        if let Some(file) = self.file(path) {
            return Some(Target::File(file));
        }
        let name = path.strip_prefix("/api/")?;
        let place = self
            .functions
            .iter()
            .position(|function| function == name)?;
        Some(Target::Function(place, query))
    }

    fn file(&self, path: &str) -> Option<PathBuf> {
        let path = percent_decode_str(path).decode_utf8().ok()?;
        let relative = Path::new(path.strip_prefix('/')?);
        let plain = relative
            .components()
            .all(|part| matches!(part, Component::Normal(_)));
        if !plain || path.contains('\0') {
            return None;
        }
        let file = self.output.join(relative);
        if file.is_file() && !path.ends_with('/') {
            return Some(file);
        }
        let index = file.join("index.html");
        index.is_file().then_some(index)
    }
}

fn headers(rule: &HeaderRule) -> Result<(Pattern, Vec<(String, String)>), String> {
    let pattern = Pattern::new(&rule.source)?;
    let headers = rule
        .headers
        .iter()
        .map(|header| (header.key.to_ascii_lowercase(), header.value.clone()))
        .collect();
    Ok((pattern, headers))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The site of these tests: a page, a script, and three functions behind `vercel.json`.
    fn routes(folder: &Path) -> Routes {
        std::fs::create_dir_all(folder.join("assets")).unwrap();
        std::fs::write(folder.join("index.html"), "page").unwrap();
        std::fs::write(folder.join("assets/app.js"), "script").unwrap();
        let config = include_str!("../tests/golden/vercel.json");
        let functions = ["chat", "health", "tasks"].map(str::to_owned).to_vec();
        Routes::new(
            folder.to_owned(),
            functions,
            &serde_json::from_str(config).unwrap(),
        )
        .unwrap()
    }

    #[test]
    fn each_path_finds_its_target() {
        let folder = tempfile::tempdir().unwrap();
        let routes = routes(folder.path());
        let page = || Target::File(folder.path().join("index.html"));
        let function = |place, user: &[&str]| {
            let query = user
                .iter()
                .map(|user| ("user".to_owned(), (*user).to_owned()));
            Target::Function(place, query.collect())
        };

        for (path, target) in [
            ("/", page()),
            ("/index.html", page()),
            ("/sign-in", page()),
            ("/deep/er", page()),
            (
                "/assets/app.js",
                Target::File(folder.path().join("assets/app.js")),
            ),
            ("/assets/gone.js", Target::Nothing),
            ("/api/health", function(1, &[])),
            ("/api/ready", function(1, &[])),
            ("/api/tasks", function(2, &[])),
            ("/api/tasks/7/notes", function(2, &[])),
            ("/api/ann/tasks", function(2, &["ann"])),
            ("/api/ann%2Fbob/chat", function(0, &["ann%2Fbob"])),
            ("/api/no/such/thing", function(1, &[])),
            ("/api", Target::File(folder.path().join("index.html"))),
            ("/../secret", Target::Nothing),
            ("/%2e%2e/Cargo.toml", Target::Nothing),
            ("/assets/%2e%2e/index.html", Target::Nothing),
            ("//etc/passwd.x", Target::Nothing),
        ] {
            assert_eq!(routes.target(path), target, "{path}");
        }
    }

    #[test]
    fn the_later_header_counts_for_its_paths() {
        let folder = tempfile::tempdir().unwrap();
        let routes = routes(folder.path());

        let asset: Vec<_> = routes.headers("/assets/app.js").collect();
        let page: Vec<_> = routes.headers("/").collect();

        assert_eq!(asset, [("x-frame", "none"), ("cache-control", "immutable")]);
        assert_eq!(page, [("x-frame", "none")]);
    }
}
