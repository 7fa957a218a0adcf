//! What we read of `vercel.json`.
//!
//! **Invariant:** a setting that this gateway does not know is refused: it would serve another
//! site than the platform does.

use std::fmt;

use serde::de::{IgnoredAny, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct Config {
    pub(crate) output_directory: String,
    #[serde(default)]
    pub(crate) functions: Functions,
    #[serde(default)]
    pub(crate) headers: Vec<HeaderRule>,
    #[serde(default)]
    pub(crate) rewrites: Vec<RewriteRule>,
    #[serde(default)]
    pub(crate) crons: Vec<Cron>,
    #[serde(rename = "$schema")]
    _schema: Option<IgnoredAny>,
    #[serde(rename = "framework")]
    _framework: Option<IgnoredAny>,
    #[serde(rename = "installCommand")]
    _install_command: Option<IgnoredAny>,
    #[serde(rename = "buildCommand")]
    _build_command: Option<IgnoredAny>,
    #[serde(rename = "devCommand")]
    _dev_command: Option<IgnoredAny>,
    #[serde(rename = "regions")]
    _regions: Option<IgnoredAny>,
    #[serde(rename = "git")]
    _git: Option<IgnoredAny>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct HeaderRule {
    pub(crate) source: String,
    pub(crate) headers: Vec<Header>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Header {
    pub(crate) key: String,
    pub(crate) value: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RewriteRule {
    pub(crate) source: String,
    pub(crate) destination: String,
}

/// A path that the platform calls by the clock.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cron {
    pub path: String,
    /// Minute, hour, day, month and weekday.
    pub schedule: String,
}

/// Settings for the functions whose file matches a glob, in the order of the file: the first
/// that matches counts.
#[derive(Default)]
pub(crate) struct Functions(pub(crate) Vec<(String, FunctionSettings)>);

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct FunctionSettings {
    /// In seconds.
    pub(crate) max_duration: Option<u64>,
    /// In megabytes.
    pub(crate) memory: Option<u64>,
    #[serde(rename = "regions")]
    _regions: Option<IgnoredAny>,
    #[serde(rename = "architecture")]
    _architecture: Option<IgnoredAny>,
    #[serde(rename = "includeFiles")]
    _include_files: Option<IgnoredAny>,
    #[serde(rename = "supportsCancellation")]
    _supports_cancellation: Option<IgnoredAny>,
}

/// A JSON object's order is lost in the usual maps.
impl<'de> Deserialize<'de> for Functions {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct InOrder;

        impl<'de> Visitor<'de> for InOrder {
            type Value = Functions;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("settings by glob")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Functions, A::Error> {
                let mut rules = Vec::new();
                while let Some(rule) = map.next_entry()? {
                    rules.push(rule);
                }
                Ok(Functions(rules))
            }
        }

        deserializer.deserialize_map(InOrder)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_glob_stays_first() {
        let config: Config = serde_json::from_str(
            r#"{"outputDirectory": "out", "functions": {
                "api/slow.rs": {"maxDuration": 300}, "api/*.rs": {"maxDuration": 60}}}"#,
        )
        .unwrap();

        let globs: Vec<&str> = config.functions.0.iter().map(|rule| &*rule.0).collect();
        assert_eq!(globs, ["api/slow.rs", "api/*.rs"]);
    }

    #[test]
    fn a_setting_that_would_change_the_routes_is_refused() {
        let error =
            serde_json::from_str::<Config>(r#"{"outputDirectory": "o", "cleanUrls": true}"#)
                .err()
                .unwrap();

        assert!(error.to_string().contains("`cleanUrls`"), "{error}");
    }
}
