//! What the documentation says of the code and the tests is true.

use std::process::Command;

use crate::specs::texts_of_tests;
use crate::tree::{assert_none, names, read, root};

/// FR-180, FR-181.
#[test]
fn what_a_program_writes_of_the_documentation_is_up_to_date() {
    let output = Command::new(env!("CARGO_BIN_EXE_xtask"))
        .args(["docs", "--check"])
        .output()
        .unwrap();

    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
}

/// The names in the last column of the table of threats.
fn proofs(page: &str) -> Vec<&str> {
    let (_, table) = page.split_once("| proven by |").unwrap();
    table
        .lines()
        .skip(1)
        .take_while(|line| line.starts_with('|'))
        .filter_map(|line| line.trim_end_matches('|').rsplit('|').next())
        .flat_map(|cell| cell.split('`').skip(1).step_by(2))
        .collect()
}

#[test]
fn every_proof_in_the_table_of_threats_is_a_test() {
    let page = read("docs/security.md");
    let tests = texts_of_tests();
    let proofs = proofs(&page);
    assert!(proofs.len() > 20, "{proofs:?}");

    let is_test = |name: &str| {
        let function = format!("fn {name}(");
        tests.iter().any(|text| text.contains(&function))
    };
    let missing = proofs.into_iter().filter(|name| !is_test(name));
    assert_none(&missing.map(str::to_owned).collect::<Vec<_>>());
}

/// The files that a page leads to, as it writes them.
fn links(page: &str) -> impl Iterator<Item = &str> {
    page.split("](")
        .skip(1)
        .filter_map(|rest| rest.split([')', '#']).next())
        .filter(|target| !target.is_empty() && !target.contains(':'))
}

#[test]
fn every_link_to_a_file_leads_somewhere() {
    let docs = names("docs").into_iter().map(|name| format!("docs/{name}"));
    let top = names("").into_iter();
    let pages = top.chain(docs).filter(|path| path.ends_with(".md"));

    let mut broken = Vec::new();
    for path in pages {
        let folder = root().join(&path);
        let folder = folder.parent().unwrap();
        let page = read(&path);
        let dead = links(&page).filter(|target| !folder.join(target).exists());
        broken.extend(dead.map(|target| format!("{path}: {target}")));
    }
    assert_none(&broken);
}

/// Written like variables, and something else.
const NO_VARIABLES: [&str; 1] = ["INVALID_ORIGIN"];

/// FR-180.
#[test]
fn every_variable_that_a_page_names_is_declared() {
    let docs = names("docs").into_iter().map(|name| format!("docs/{name}"));
    let top = names("").into_iter();
    let pages = top.chain(docs).filter(|path| path.ends_with(".md"));

    let mut faults = Vec::new();
    for path in pages {
        let page = read(&path);
        let prose: String = page.split("```").step_by(2).collect();
        let spans = prose.split('`').skip(1).step_by(2);
        let named = spans.filter_map(|span| span.split('=').next());
        let unknown = named
            .filter(|name| looks_like_a_variable(name))
            .filter(|name| variables::find(name).is_none() && !NO_VARIABLES.contains(name));
        faults.extend(unknown.map(|name| format!("{path}: {name}")));
    }
    assert_none(&faults);
}

/// `SMTP_URL`: capitals, and an underscore between them.
fn looks_like_a_variable(name: &str) -> bool {
    let fits = |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_';
    name.contains('_') && !name.ends_with('_') && name.bytes().all(fits)
}

/// A person who looks a code up finds it, and an operator finds none that nobody sends.
#[test]
fn every_code_that_is_explained_is_one_that_is_sent() {
    let page = read("docs/operate.md");
    let (_, table) = page.split_once("| code |").unwrap();
    let codes: Vec<&str> = table
        .lines()
        .filter_map(|row| row.strip_prefix("| `")?.split_once(" | "))
        .flat_map(|(codes, _)| codes.split(['`', ',', ' ']))
        .filter(|code| code.contains('.'))
        .collect();
    assert!(codes.len() > 20, "{codes:?}");

    let sent = read("crates/protocol/src/error.rs");
    let unknown = codes
        .into_iter()
        .filter(|code| !sent.contains(&format!("\"{code}\"")));
    assert_none(&unknown.map(str::to_owned).collect::<Vec<_>>());
}

/// FR-180. Those without which nothing works, and the one that lets the clock in.
#[test]
fn the_deploy_button_asks_for_what_is_needed_and_nothing_else() {
    let page = read("README.md");
    let (_, button) = page.split_once("https://vercel.com/new/clone?").unwrap();
    let (query, _) = button.split_once(')').unwrap();
    let asked = query.split('&').find_map(|pair| pair.strip_prefix("env="));
    let mut asked: Vec<&str> = asked.unwrap().split(',').collect();
    asked.sort_unstable();

    let needed = variables::of_functions()
        .filter(|variable| variable.without == variables::Without::Fault)
        .map(|variable| variable.name);
    let mut needed: Vec<&str> = needed.chain(["CRON_SECRET"]).collect();
    needed.sort_unstable();

    assert_eq!(asked, needed);
}

/// A new table has its row in the page about privacy, or its place among those that hold nobody.
#[test]
fn what_is_kept_is_told() {
    let page = read("docs/privacy.md");
    let files = names("migrations").into_iter();
    let tables: Vec<String> = files
        .filter(|name| name.ends_with(".sql"))
        .flat_map(|name| {
            let text = read(&format!("migrations/{name}"));
            let created = text.lines().filter_map(|line| {
                let rest = line.strip_prefix("create table ")?;
                rest.split_whitespace().next()
            });
            created
                .map(|table| table.trim_matches('"').to_owned())
                .collect::<Vec<_>>()
        })
        .collect();
    assert!(tables.len() > 20, "{tables:?}");

    let untold = tables
        .into_iter()
        .filter(|table| !page.contains(&format!("`{table}`")));
    assert_none(&untold.collect::<Vec<_>>());
}
