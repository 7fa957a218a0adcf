//! Where programs learn how to be let in, as static files at the root: Vercel rewrites nothing below
//! `/.well-known/`, and some clients look nowhere else. The functions answer the same, below `/api/`.

use std::fs;

use super::bundle::File;
use crate::env;
use crate::fault::{AtPath as _, Result};
use crate::root::Root;

/// The texts that the functions answer with, and where clients look for them: RFC 9728, section
/// 3.1, RFC 8414, section 3.1, and `OpenID` Connect Discovery with RFC 8414's place for the path.
const DOCUMENTS: [(&str, &str); 3] = [
    (
        "crates/server/src/routes/mcp/protected_resource.json",
        ".well-known/oauth-protected-resource/api/mcp",
    ),
    (
        "crates/server/src/routes/auth/oauth2/authorization_server.json",
        ".well-known/oauth-authorization-server/api/auth",
    ),
    (
        "crates/server/src/routes/auth/oauth2/authorization_server.json",
        ".well-known/openid-configuration/api/auth",
    ),
];

/// Nothing where the build does not know where it will be, or where others sign people in.
pub(super) fn files(root: &Root) -> Result<Vec<File>> {
    match env::published_origin() {
        Some(origin) => filled(root, &origin),
        None => Ok(Vec::new()),
    }
}

fn filled(root: &Root, origin: &str) -> Result<Vec<File>> {
    DOCUMENTS
        .iter()
        .map(|(source, name)| {
            let source = root.join(source);
            let text = fs::read_to_string(&source).at("read", &source)?;
            let text = text.replace("{origin}", origin);
            Ok(((*name).to_owned(), text.into_bytes()))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;

    #[test]
    fn each_document_names_the_site_it_is_published_at() {
        let files = filled(&Root::here(), "https://tasks.example").unwrap();

        assert_eq!(files.len(), DOCUMENTS.len());
        for (name, text) in files {
            let document: Value = serde_json::from_slice(&text).unwrap();
            let named = document.get("issuer").or(document.get("resource")).unwrap();
            let path = name.split_once("/api/").unwrap().1;
            assert_eq!(*named, format!("https://tasks.example/api/{path}"));
            assert!(!document.to_string().contains("{origin}"), "{name}");
        }
    }
}
