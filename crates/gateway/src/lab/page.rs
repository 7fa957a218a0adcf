//! The bar on the page, and what it is made of.

use std::path::Path;

use bytes::Bytes;
use hyper::Response;
use hyper::header::{CONTENT_TYPE, HeaderValue};

use crate::answer::{Body, full};

const PARTS: [(&str, &str, &str); 3] = [
    (
        "panel.js",
        "text/javascript; charset=utf-8",
        include_str!("panel.js"),
    ),
    (
        "words.js",
        "text/javascript; charset=utf-8",
        include_str!("words.js"),
    ),
    (
        "panel.css",
        "text/css; charset=utf-8",
        include_str!("panel.css"),
    ),
];

/// Files of their own, because the page's policy allows neither script nor style in it.
const LINKS: &str = r#"<link rel="stylesheet" href="/_lab/panel.css">
<script type="module" src="/_lab/panel.js"></script>
"#;

/// A file of the bar, with its type.
pub(super) fn part(name: &str) -> Option<(&'static str, &'static str)> {
    let (_, kind, text) = PARTS.into_iter().find(|(known, ..)| *known == name)?;
    Some((kind, text))
}

/// The page with the bar, if the file is one.
pub(crate) fn with_panel(file: &Path) -> Option<Response<Body>> {
    if file.extension()? != "html" {
        return None;
    }
    let page = std::fs::read_to_string(file).ok()?;
    let page = page.replacen("</head>", &format!("{LINKS}</head>"), 1);
    let mut response = Response::new(full(Bytes::from(page)));
    let kind = HeaderValue::from_static("text/html; charset=utf-8");
    response.headers_mut().insert(CONTENT_TYPE, kind);
    Some(response)
}
