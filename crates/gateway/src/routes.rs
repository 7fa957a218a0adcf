//! From a path to a file, a function, or nothing: the platform's order, which is headers, files
//! and functions, rewrites, and the end.

use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};

use percent_encoding::percent_decode_str;

use fancy_regex::Regex;

use crate::rewrite::Rewrite;
use crate::route::Route;

pub(crate) struct Routes {
    output: PathBuf,
    functions: Vec<String>,
    headers: Vec<(Regex, Vec<(String, String)>)>,
    steps: Vec<Step>,
}

/// What is tried with a path, in order.
enum Step {
    Filesystem,
    Rewrite(Rewrite),
    End(Regex),
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
    /// `output` holds the static files.
    pub(crate) fn new(
        output: PathBuf,
        functions: Vec<String>,
        routes: &[Route],
    ) -> Result<Self, String> {
        let mut headers = Vec::new();
        let mut steps = Vec::new();
        for route in routes {
            match route.handle.as_deref() {
                Some("filesystem") => steps.push(Step::Filesystem),
                // Pages for errors, and addresses of functions that end in `.rs`: we have none.
                Some(_) => break,
                None => {
                    let src = route.src.as_deref().unwrap_or_default();
                    let src = Regex::new(src).map_err(|error| format!("{src}: {error}"))?;
                    match route {
                        Route {
                            headers: Some(added),
                            goes_on: true,
                            ..
                        } => headers.push((src, lowercase(added))),
                        Route {
                            dest: Some(dest),
                            check: true,
                            ..
                        } => steps.push(Step::Rewrite(Rewrite::new(src, dest))),
                        Route {
                            status: Some(404), ..
                        } => steps.push(Step::End(src)),
                        route => return Err(format!("an unknown kind of route: {route:?}")),
                    }
                }
            }
        }
        Ok(Self {
            output,
            functions,
            headers,
            steps,
        })
    }

    pub(crate) fn target(&self, path: &str) -> Target {
        let mut path = path.to_owned();
        for step in &self.steps {
            let found = match step {
                Step::Filesystem => self.literal(&path, Vec::new()),
                Step::Rewrite(rewrite) => rewrite.apply(&path).and_then(|(rewritten, query)| {
                    // A rewrite to what does not exist hands its path on to those after it.
                    path = rewritten;
                    self.literal(&path, query)
                }),
                Step::End(src) => is_match(src, &path).then_some(Target::Nothing),
            };
            if let Some(found) = found {
                return found;
            }
        }
        Target::Nothing
    }

    /// The headers for a path as it was asked for; of two with one name the later counts.
    pub(crate) fn headers<'a>(&'a self, path: &'a str) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.headers
            .iter()
            .filter(|(src, _)| is_match(src, path))
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

/// An endless backtracking counts as no match.
fn is_match(src: &Regex, path: &str) -> bool {
    src.is_match(path).unwrap_or(false)
}

fn lowercase(headers: &BTreeMap<String, String>) -> Vec<(String, String)> {
    headers
        .iter()
        .map(|(key, value)| (key.to_ascii_lowercase(), value.clone()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The site of these tests: a page, a script, and three functions behind `vercel.json`.
    fn routes(folder: &Path) -> Routes {
        std::fs::create_dir_all(folder.join("assets")).unwrap();
        std::fs::write(folder.join("index.html"), "page").unwrap();
        std::fs::write(folder.join("assets/app.js"), "script").unwrap();
        let functions = ["chat", "health", "tasks"].map(str::to_owned).to_vec();
        Routes::new(folder.to_owned(), functions, &written()).unwrap()
    }

    fn written() -> Vec<Route> {
        let config = include_str!("../tests/golden/vercel.json");
        Route::all(&serde_json::from_str(config).unwrap()).unwrap()
    }

    /// `config.json` is what `vercel build` makes of that `vercel.json`.
    #[test]
    fn routes_become_what_the_platform_makes_of_them() {
        let built: serde_json::Value =
            serde_json::from_str(include_str!("../tests/golden/config.json")).unwrap();

        assert_eq!(serde_json::to_value(written()).unwrap(), built["routes"]);
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
