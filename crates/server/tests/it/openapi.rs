//! FR-132, FR-133: the description at `/api/openapi.json` is of this server, and this server is
//! as it is described.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::Stdio;

use axum::http::{Method, StatusCode};
use serde_json::Value;
use testing::NOW;

use crate::desk::{Desk, request};

const METHODS: [&str; 5] = ["get", "post", "put", "patch", "delete"];

/// Every `.route("/path", get(a).post(b))` in the source, as `GET /path`.
fn written(folder: &Path, found: &mut Vec<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            written(&path, found);
            continue;
        }
        let text = fs::read_to_string(&path).unwrap();
        for call in text.split(".route(").skip(1) {
            let Some(route) = call
                .split('"')
                .nth(1)
                .filter(|route| route.starts_with('/'))
            else {
                continue;
            };
            let handlers = &call[..end(call)];
            for method in METHODS {
                let plain = handlers.contains(&format!(" {method}("));
                if plain || handlers.contains(&format!(".{method}(")) {
                    found.push(format!("{} {route}", method.to_ascii_uppercase()));
                }
            }
        }
    }
}

/// Where the parenthesis closes that was opened before the text.
fn end(text: &str) -> usize {
    let mut open = 1;
    for (at, letter) in text.char_indices() {
        open += match letter {
            '(' => 1,
            ')' => -1,
            _ => 0,
        };
        if open == 0 {
            return at;
        }
    }
    text.len()
}

/// Every operation of the document, as `GET /path`.
fn described(document: &Value) -> Vec<String> {
    let paths = document["paths"].as_object().unwrap().iter();
    let operations = paths.flat_map(|(path, item)| {
        let methods = item.as_object().unwrap().keys();
        methods.map(move |method| format!("{} {path}", method.to_ascii_uppercase()))
    });
    let mut operations: Vec<String> = operations.collect();
    operations.sort();
    operations
}

async fn document(desk: &Desk) -> Value {
    let answer = desk
        .send(request(None, Method::GET, "/api/openapi.json", None))
        .await;
    assert_eq!(answer.status, StatusCode::OK);
    answer.json()
}

/// FR-132.
#[tokio::test]
async fn every_route_is_described_and_every_described_route_exists() {
    let desk = Desk::new().await;
    let document = document(&desk).await;
    let described = described(&document);
    let mut routes = Vec::new();
    written(
        &Path::new(env!("CARGO_MANIFEST_DIR")).join("src/routes"),
        &mut routes,
    );
    routes.sort();
    assert!(routes.len() > 50, "{routes:?}");

    assert_eq!(routes, described);
    for operation in &described {
        let (method, path) = operation.split_once(' ').unwrap();
        let path = path.replace("{id}", "1").replace("{user}", "ann");
        let path = path.replace("{token}", "x");
        let method = Method::from_bytes(method.as_bytes()).unwrap();

        let answer = desk.send(request(None, method, &path, None)).await;

        let code = if answer.body.starts_with('{') {
            answer.code()
        } else {
            String::new()
        };
        let missing = ["route.unknown", "method.not_allowed"].contains(&&*code);
        assert!(!missing, "{operation}: {code}");
    }
}

/// What points nowhere describes nothing.
#[tokio::test]
async fn every_reference_of_the_description_leads_somewhere() {
    let desk = Desk::new().await;
    let document = document(&desk).await;
    let mut open = vec![&document];
    let mut found = 0;
    while let Some(value) = open.pop() {
        match value {
            Value::Array(list) => open.extend(list),
            Value::Object(members) => {
                open.extend(members.values());
                if let Some(place) = members.get("$ref").and_then(Value::as_str) {
                    let pointer = place.strip_prefix('#').unwrap();
                    assert!(document.pointer(pointer).is_some(), "{place}");
                    found += 1;
                }
            }
            _ => {}
        }
    }
    assert!(found > 50, "{found}");
}

/// FR-133. The same requests every time: as many as fit into a minute, by a fixed seed.
#[tokio::test]
async fn schemathesis_finds_nothing_to_complain_of() {
    let python = testing::tool("LATCHWORK_TEST_PYTHON", "Python with schemathesis");
    let Some(program) = python.map(|python| python.with_file_name("schemathesis")) else {
        return;
    };
    let limits = ["REQUESTS", "PASSWORD", "SIGN_IN", "SIGN_UP", "MAIL"]
        .map(|name| format!("RATE_LIMIT_{name}"));
    let mut settings: Vec<(&str, &str)> = limits.iter().map(|name| (&**name, "off")).collect();
    settings.push(("CRON_SECRET", crate::desk::SECRET));
    let desk = Desk::with(&settings).await;
    let ann = desk.person("ann").await;
    let url = desk.listen().await;
    let folder = tempfile::tempdir().unwrap();
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/schemathesis.toml");

    let output = tokio::process::Command::new(program)
        .arg("--config-file")
        .arg(file)
        .args(["run", &format!("{url}/api/openapi.json"), "--url", &url])
        .args([
            "--header",
            &format!("Authorization: Bearer {}", ann.token(NOW)),
        ])
        .current_dir(folder.path())
        .stdin(Stdio::null())
        .kill_on_drop(true)
        .output()
        .await
        .unwrap();

    let said = String::from_utf8_lossy(&output.stdout);
    let complained = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}\n{complained}");
    let summary = said.trim().lines().last().unwrap_or_default();
    let _ = writeln!(std::io::stderr(), "{summary}");
}
