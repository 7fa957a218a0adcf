//! The routes that the platform makes of `vercel.json`, as `vercel build` writes them down (Build
//! Output API, version 3). They are what is served, by the platform and by this gateway.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::config::{Config, HeaderRule};
use crate::pattern::Pattern;
use crate::rewrite;

/// One entry. What it does depends on which of these are there.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Route {
    /// Begins a phase, of which `filesystem` looks for files and functions.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) handle: Option<String>,
    /// A regular expression for the path.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) src: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) dest: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) headers: Option<BTreeMap<String, String>>,
    /// The path goes on to the routes after this one.
    #[serde(rename = "continue", skip_serializing_if = "is_false")]
    pub(crate) goes_on: bool,
    /// The destination is looked for among files and functions.
    #[serde(skip_serializing_if = "is_false")]
    pub(crate) check: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) status: Option<u16>,
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde calls it with a reference"
)]
fn is_false(value: &bool) -> bool {
    !value
}

impl Route {
    /// Begins the phase of this name.
    fn phase(name: &str) -> Self {
        Self {
            handle: Some(name.to_owned()),
            ..Self::default()
        }
    }

    fn not_found(src: &str, page: Option<&str>) -> Self {
        Self {
            src: Some(src.to_owned()),
            dest: page.map(str::to_owned),
            status: Some(404),
            ..Self::default()
        }
    }

    pub(crate) fn rewrite(src: String, dest: String) -> Self {
        Self {
            src: Some(src),
            dest: Some(dest),
            check: true,
            ..Self::default()
        }
    }

    fn headers(rule: &HeaderRule) -> Result<Self, String> {
        let headers = rule.headers.iter();
        let headers = headers.map(|header| (header.key.clone(), header.value.clone()));
        Ok(Self {
            src: Some(Pattern::new(&rule.source)?.into_regex()),
            headers: Some(headers.collect()),
            goes_on: true,
            ..Self::default()
        })
    }

    /// All of them, in the platform's order: headers, files and functions, rewrites, and what it
    /// adds for a project with Rust functions.
    pub(crate) fn all(config: &Config) -> Result<Vec<Self>, String> {
        let headers = config.headers.iter().map(Self::headers);
        let rewrites = config.rewrites.iter().map(rewrite::route);
        let end = [
            Self::not_found("^/api(/.*)?$", None),
            Self::phase("error"),
            Self::not_found("^(?!/api).*$", Some("/404.html")),
            Self::phase("miss"),
            Self::rewrite(r"^/api/(.+)(?:\.(?:rs))$".to_owned(), "/api/$1".to_owned()),
        ];
        headers
            .chain([Ok(Self::phase("filesystem"))])
            .chain(rewrites)
            .chain(end.map(Ok))
            .collect()
    }
}
