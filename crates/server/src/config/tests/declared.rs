//! The variables that are declared, documented and looked for by the doctor are those that are
//! read.

use std::cell::RefCell;
use std::collections::BTreeSet;

use variables::{Takes, Variable, Without};

use super::*;

/// The names that are asked for in an environment.
fn asked(changes: &[(&str, &str)]) -> BTreeSet<String> {
    let asked = RefCell::new(BTreeSet::new());
    let environment = |name: &str| {
        asked.borrow_mut().insert(name.to_owned());
        let all = changes.iter().chain(&GOOD);
        let (_, value) = all.into_iter().find(|(known, _)| *known == name)?;
        Some((*value).to_owned())
    };
    // Refused or not: what was asked for counts.
    let _ = Config::read(&environment);
    asked.into_inner()
}

/// FR-180. An undeclared one is a panic of `Config::read`, in this test and every other.
#[test]
fn every_declared_variable_is_read() {
    let ways: [&[(&str, &str)]; 6] = [
        &[],
        &[("MAIL_WEBHOOK_URL", "https://letters.example.com")],
        &[("SMTP_URL", "smtps://smtp.example.com")],
        &[("AUTH_ISSUER", "https://issuer.example.com")],
        &[("OPENAI_API_KEY", "sk-1")],
        &[("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:4318")],
    ];
    let asked: BTreeSet<String> = ways.into_iter().flat_map(asked).collect();

    let unread: Vec<&str> = variables::of_functions()
        .map(|variable| variable.name)
        .filter(|name| !asked.contains(*name))
        .collect();

    assert!(
        unread.is_empty(),
        "declared in crates/variables, and read by nobody: {unread:?}"
    );
}

/// FR-180. A default that the reference names is the one that holds: setting it changes nothing.
#[test]
fn the_documented_defaults_are_the_ones_that_hold() {
    let of = |changes: &[(&str, &str)]| {
        let config = read(changes).unwrap_or_else(|faults| panic!("{faults:?}"));
        let policy = config.tokens.policy;
        let model = config.model.map(|model| model.base_url);
        let choices = (config.singular_tools, config.own_model_keys);
        let seconds = (policy.leeway, policy.longest_life);
        (
            config.limits,
            config.sessions,
            config.mail.required,
            model,
            choices,
            seconds,
        )
    };
    let model = [("OPENAI_API_KEY", "sk-1"), ("OPENAI_MODEL", "m")];
    let usual = of(&model);

    for Variable { name, without, .. } in variables::of_functions() {
        if let Without::Is(value) = without {
            let mut changes = model.to_vec();
            changes.push((name, value));
            assert_eq!(of(&changes), usual, "{name}");
        }
    }
}

/// FR-180. A word that the reference does not offer is refused, by the variable's name.
#[test]
fn a_choice_has_no_other_words_than_the_documented_ones() {
    for variable in variables::of_functions() {
        let is_ours = !variable.name.starts_with("VERCEL");
        if matches!(variable.takes, Takes::Choice(_)) && is_ours {
            let changes = [
                (variable.name, "perhaps"),
                // Where what only a preview asks for is read as well.
                ("VERCEL_ENV", "preview"),
                ("PREVIEW_DATABASE", "own"),
            ];
            assert_eq!(variables(&changes), [variable.name]);
        }
    }
}
