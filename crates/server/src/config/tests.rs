//! Which environments are refused, and what is said of them.

mod declared;

use super::*;

const GOOD: [(&str, &str); 3] = [
    ("DATABASE_URL", "postgres://u:hunter2@db.example/x"),
    ("BETTER_AUTH_SECRET", "tI9f3kQ0vB7mZx2LwR8sYc5HdN1pJ6aE"),
    ("BETTER_AUTH_URL", "https://tasks.example.com/"),
];

fn read(changes: &[(&str, &str)]) -> Result<Config, Vec<Fault>> {
    Config::read(&|name| {
        let all = changes.iter().chain(&GOOD);
        all.into_iter()
            .find(|(known, _)| *known == name)
            .map(|(_, value)| (*value).to_owned())
    })
}

fn variables(changes: &[(&str, &str)]) -> Vec<&'static str> {
    let faults = read(changes).err().unwrap_or_default();
    faults.iter().map(|fault| fault.variable).collect()
}

#[test]
fn a_sound_environment_is_taken() {
    let config = read(&[]).unwrap();

    assert_eq!(config.origins, ["https://tasks.example.com"]);
    assert!(config.model.is_none());
    assert!(config.is_secure());
}

#[test]
fn all_faults_are_told_at_once() {
    let faults = Config::read(&|_| None).err().unwrap();

    let named: Vec<_> = faults.iter().map(|fault| fault.variable).collect();
    assert_eq!(
        named,
        ["DATABASE_URL", "BETTER_AUTH_SECRET", "BETTER_AUTH_URL"]
    );
}

#[test]
fn weak_secrets_are_refused() {
    for secret in [
        "short",
        "better-auth-secret-12345678901234567890",
        "your-secret-key-of-32-characters!",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        "01010101010101010101010101010101",
    ] {
        assert_eq!(
            variables(&[("BETTER_AUTH_SECRET", secret)]),
            ["BETTER_AUTH_SECRET"],
            "{secret}"
        );
    }
}

#[test]
fn unusable_origins_are_refused() {
    for url in [
        "tasks.example.com",
        "http://tasks.example.com",
        "https://tasks.example.com/api/auth",
        "https://*.vercel.app",
        "https://",
    ] {
        assert_eq!(
            variables(&[("BETTER_AUTH_URL", url)]),
            ["BETTER_AUTH_URL"],
            "{url}"
        );
    }
    assert!(read(&[("BETTER_AUTH_URL", "http://localhost:4000")]).is_ok());
}

/// FR-011.
#[test]
fn origins_that_are_let_in_are_named_one_by_one() {
    for list in [
        "*",
        "https://*.example.com",
        "https://app.example.com, *",
        "app.example.com",
        "http://app.example.com",
        "null",
    ] {
        assert_eq!(
            variables(&[("CORS_ORIGINS", list)]),
            ["CORS_ORIGINS"],
            "{list}"
        );
    }
    let config = read(&[(
        "CORS_ORIGINS",
        " https://App.example.com/ ,, http://localhost:5173, https://app.example.com",
    )]);
    let origins = config.unwrap().cors_origins;
    assert_eq!(
        origins,
        ["https://app.example.com", "http://localhost:5173"]
    );
    assert!(read(&[]).unwrap().cors_origins.is_empty());
}

#[test]
fn a_preview_is_reached_at_its_own_address() {
    let config = read(&[
        ("VERCEL_ENV", "preview"),
        ("PREVIEW_DATABASE", "own"),
        ("VERCEL_URL", "app-1.vercel.app"),
        ("VERCEL_BRANCH_URL", "app-git-x.vercel.app"),
        ("VERCEL_PROJECT_PRODUCTION_URL", "app.vercel.app"),
    ])
    .unwrap();

    assert_eq!(
        config.origins,
        ["https://app-git-x.vercel.app", "https://app-1.vercel.app"]
    );
}

/// FR-242.
#[test]
fn a_preview_touches_no_database_before_its_owner_says_whose_it_is() {
    let preview = ("VERCEL_ENV", "preview");

    assert_eq!(variables(&[preview]), ["PREVIEW_DATABASE"]);
    assert_eq!(
        variables(&[preview, ("PREVIEW_DATABASE", "production")]),
        ["PREVIEW_DATABASE"]
    );
    for whose in ["own", "shared"] {
        assert!(read(&[preview, ("PREVIEW_DATABASE", whose)]).is_ok());
    }
    for elsewhere in ["production", "development"] {
        assert!(read(&[("VERCEL_ENV", elsewhere)]).is_ok());
    }
}

#[test]
fn a_model_needs_a_name_and_a_clean_key() {
    assert_eq!(variables(&[("OPENAI_API_KEY", "sk-1")]), ["OPENAI_MODEL"]);
    let named = ("OPENAI_MODEL", "m");
    assert_eq!(
        variables(&[("OPENAI_API_KEY", "sk 1"), named]),
        ["OPENAI_API_KEY"]
    );
    let config = read(&[("OPENAI_API_KEY", "sk-1\n"), named]).unwrap();
    assert_eq!(config.model.unwrap().api_key, "sk-1");
}

#[test]
fn limits_and_lifetimes_have_defaults_and_can_be_set() {
    let standard = read(&[]).unwrap();
    let set = read(&[
        ("RATE_LIMIT_REQUESTS", "1000/1d"),
        ("RATE_LIMIT_SIGN_IN", "off"),
        ("LOCKOUT_AFTER", "3"),
        ("LOCKOUT_WAIT", "2h"),
        ("SESSION_POLICY", "better-auth"),
        ("SESSION_LIMIT", "2"),
        ("TOKEN_LIFE", "2s"),
        ("CLIENT_ADDRESS_HEADER", "CF-Connecting-IP"),
    ])
    .unwrap();

    let rule = |most, seconds| Some(store::limits::Rule { most, seconds });
    assert_eq!(standard.limits.requests, rule(100, 3600));
    assert_eq!(standard.limits.sign_in, rule(3, 10));
    assert_eq!(standard.limits.mail, rule(3, 60));
    assert_eq!(standard.limits.lockout.unwrap().after, 5);
    let day = 24 * 3600;
    assert_eq!(standard.sessions.idle, day);
    assert_eq!(standard.sessions.absolute, Some(7 * day));
    assert_eq!(standard.sessions.most, Some(5));
    assert_eq!(standard.sessions.token_life, 900);
    assert!(standard.address_headers.is_empty());
    assert_eq!(set.limits.requests, rule(1000, day));
    assert_eq!(set.limits.sign_in, None);
    let lockout = set.limits.lockout.unwrap();
    assert_eq!(
        (lockout.after, lockout.wait, lockout.longest),
        (3, 7200, 7200)
    );
    assert_eq!(set.sessions.idle, 7 * day);
    assert_eq!(set.sessions.absolute, None);
    assert_eq!(set.sessions.most, Some(2));
    assert_eq!(set.sessions.token_life, 2);
    assert_eq!(set.address_headers, ["cf-connecting-ip"]);
}

#[test]
fn unreadable_limits_are_refused_by_name() {
    for (name, value) in [
        ("RATE_LIMIT_REQUESTS", "100"),
        ("RATE_LIMIT_SIGN_IN", "0/10s"),
        ("RATE_LIMIT_MAIL", "3/10"),
        ("LOCKOUT_AFTER", "-1"),
        ("LOCKOUT_WAIT", "soon"),
        ("SESSION_POLICY", "lax"),
        ("SESSION_IDLE", "1 fortnight"),
        ("SESSION_LIMIT", "0"),
        ("TOKEN_LIFE", "2h"),
        ("CLIENT_ADDRESS_HEADER", "x real ip"),
    ] {
        assert_eq!(variables(&[(name, value)]), [name], "{value}");
    }
}

#[test]
fn no_fault_shows_a_value() {
    let faults = read(&[
        ("DATABASE_URL", "postgres://u:hunter2@h:port/x"),
        ("BETTER_AUTH_SECRET", "hunter2"),
        ("BETTER_AUTH_URL", "ftp://hunter2"),
        ("OPENAI_API_KEY", "hunter2 hunter2"),
        ("OPENAI_MODEL", "m"),
    ])
    .err()
    .unwrap();

    assert_eq!(faults.len(), 4);
    for fault in faults {
        assert!(!fault.problem.contains("hunter2"), "{fault:?}");
    }
}

/// FR-206: a budget over a model without a price would never be spent.
#[test]
fn a_budget_needs_the_price_of_the_model() {
    let model = [("OPENAI_API_KEY", "sk-1"), ("OPENAI_MODEL", "gpt-5-mini")];
    let with = |more: &[(&'static str, &'static str)]| [&model[..], more].concat();

    let dear = [("DAILY_BUDGET", "5")];
    assert_eq!(variables(&with(&dear)), ["MODEL_PRICES"]);
    assert!(read(&dear).is_ok());
    let priced = [
        dear[0],
        ("MODEL_PRICES", "gpt-5-mini = 0.25/2, gpt-5=1.25/10"),
    ];
    let costs = read(&with(&priced)).unwrap().costs;
    assert_eq!(costs.daily, Some(5_000_000));
    assert_eq!(costs.prices["gpt-5-mini"].output, 2_000_000);
    let heard = [priced[0], priced[1], ("OPENAI_TRANSCRIPTION_MODEL", "ear")];
    assert_eq!(variables(&with(&heard)), ["MODEL_PRICES"]);
    let heard = [
        heard[0],
        ("MODEL_PRICES", "gpt-5-mini=0.25/2, ear=10/0"),
        heard[2],
    ];
    assert!(read(&with(&heard)).is_ok());
    for (name, value) in [
        ("MODEL_PRICES", "gpt-5-mini"),
        ("MODEL_PRICES", "gpt-5-mini=1"),
        ("DAILY_BUDGET", "five"),
        ("DAILY_BUDGET_PER_USER", "-1"),
        ("MODEL_CALLS", "no"),
        ("READ_ONLY", "yes"),
    ] {
        assert_eq!(variables(&[(name, value)]), [name], "{value}");
    }
}
