//! What refusals and failures look like: a program has to understand them, and a stranger learns
//! nothing from them.

use reqwest::Method;
use serde_json::json;

use super::{Check, Context, Outcome, Severity};
use crate::site::{Answer, Problem};

static REFUSAL: Check = Check {
    id: "answer.refusal",
    severity: Severity::Medium,
    claim: "A refused caller gets 401 and JSON.",
    harm: "The page cannot tell \"sign in again\" from \"broken\": redirect loops, blank chats.",
    mend: "Answer 401 with a JSON body and `WWW-Authenticate: Bearer`; never redirect an API call.",
    source: "RFC 9110 §15.5.2, RFC 9457",
};

static CRASH: Check = Check {
    id: "answer.crash",
    severity: Severity::Medium,
    claim: "No token and no body brings the server down to 500.",
    harm: "A missing claim or field ends in an exception, which browsers report as a CORS error.",
    mend: "Check the shape of claims and bodies; answer 401 or 422.",
    source: "CWE-755",
};

static HTML: Check = Check {
    id: "answer.html",
    severity: Severity::Low,
    claim: "An unknown API address answers 404 in JSON, not with the page.",
    harm: "A rewrite swallows API routes: \"Unexpected token '<'\" in the browser.",
    mend: "Leave `/api/` out of the rewrite that serves the page.",
    source: "failures seen in this family of apps",
};

static INNARDS: Check = Check {
    id: "answer.innards",
    severity: Severity::High,
    claim: "No answer shows secrets, addresses of databases or stack traces.",
    harm: "A stranger reads what the server is made of, or its keys.",
    mend: "Log causes, answer codes; turn debug mode off; publish the built page only.",
    source: "CWE-209, CWE-538",
};

/// What only a server knows of itself.
const INNARDS_SHOW: [&str; 13] = [
    "Traceback (most recent call last)",
    "File \"/",
    "sqlalchemy.",
    "psycopg",
    "asyncpg.",
    "postgres://",
    "postgresql://",
    "node_modules/",
    "    at Object.",
    "BETTER_AUTH_SECRET=",
    "JWT_SECRET=",
    "DATABASE_URL=",
    "OPENAI_API_KEY=",
];

const FILES: [&str; 6] = [
    "/.env",
    "/.env.local",
    "/.git/config",
    "/api/.env",
    "/api/debug",
    "/debug",
];

pub(super) async fn all(context: &Context<'_>) -> Result<Vec<Outcome>, Problem> {
    let mut seen = Seen {
        crashes: context.map.broken.clone(),
        ..Seen::default()
    };
    refusals(context, &mut seen).await?;
    session_tokens(context, &mut seen).await?;
    bodies(context, &mut seen).await?;
    let html = unknown(context, &mut seen).await?;
    for file in FILES.into_iter().chain(["/api/health", "/health"]) {
        let answer = context.answer(context.site.get(file)).await?;
        seen.look(&format!("GET {file}"), &answer);
    }
    Ok(vec![
        REFUSAL.judge(seen.odd_refusals),
        CRASH.judge(seen.crashes),
        HTML.judge(html),
        INNARDS.judge(seen.innards),
    ])
}

#[derive(Default)]
struct Seen {
    odd_refusals: Vec<String>,
    crashes: Vec<String>,
    innards: Vec<String>,
}

impl Seen {
    fn look(&mut self, what: &str, answer: &Answer) {
        // 503 is an answer: something is not set up, or away.
        if matches!(answer.status, 500 | 502 | 504..) {
            self.crashes
                .push(format!("{what} answers {}", answer.status));
        }
        for mark in INNARDS_SHOW {
            if answer.body.contains(mark) {
                self.innards.push(format!("{what} shows `{}`", mark.trim()));
            }
        }
    }
}

async fn refusals(context: &Context<'_>, seen: &mut Seen) -> Result<(), Problem> {
    for door in context.doors() {
        let tokens = [
            None,
            Some("Bearer not-a-token"),
            Some("Bearer e30.e30.e30"),
            Some("Bearer eyJhbGciOiJIUzI1NiJ9.bnVsbA.AA"),
        ];
        for token in tokens {
            let mut request = context.knock(&door);
            if let Some(token) = token {
                request = request.header("authorization", token);
            }
            let answer = context.answer(request).await?;
            let how = token.map_or("no token", |_| "a broken token");
            seen.look(&format!("{} with {how}", door.name), &answer);
            if answer.status != 401 || answer.json().is_none() {
                let shape = if answer.is_html() {
                    " with a page"
                } else if answer.json().is_none() {
                    " without JSON"
                } else {
                    ""
                };
                let (name, status) = (&door.name, answer.status);
                seen.odd_refusals
                    .push(format!("{name} answers {status}{shape} to {how}"));
            }
        }
    }
    Ok(())
}

/// What stands in the session's cookie, where a JWT belongs: the mistake that is made most. Some
/// servers take it on purpose, so that only a crash counts.
async fn session_tokens(context: &Context<'_>, seen: &mut Seen) -> Result<(), Problem> {
    for door in context.doors() {
        for cookie in &context.ann.cookies {
            let (_, value) = cookie.pair.split_once('=').unwrap_or_default();
            let answer = context
                .answer(context.knock(&door).bearer_auth(value))
                .await?;
            seen.look(
                &format!("{} with the session's own token", door.name),
                &answer,
            );
        }
    }
    Ok(())
}

async fn bodies(context: &Context<'_>, seen: &mut Seen) -> Result<(), Problem> {
    let wrong = [
        "",
        "{",
        "null",
        "[]",
        "\"text\"",
        "{\"message\": 7}",
        "{\"message\": null, \"conversation_id\": {}}",
        "{\"type\": \"threads.nothing\"}",
        "\u{0}",
    ];
    for door in context.doors().into_iter().filter(|door| !door.is_read()) {
        for body in wrong {
            let request = context
                .site
                .request(Method::POST, &door.path)
                .header("content-type", "application/json")
                .header("origin", context.site.base())
                .bearer_auth(&context.ann.token)
                .body(body);
            let answer = context.answer(request).await?;
            seen.look(
                &format!("{} with the body `{}`", door.name, body.escape_debug()),
                &answer,
            );
        }
    }
    Ok(())
}

async fn unknown(context: &Context<'_>, seen: &mut Seen) -> Result<Vec<String>, Problem> {
    let mut evidence = Vec::new();
    let missing = "/api/authcheck-there-is-no-such-route";
    for method in [Method::GET, Method::POST] {
        let request = if method == Method::GET {
            context.site.get(missing)
        } else {
            context.site.post(missing, &json!({}))
        };
        let answer = context.answer(request).await?;
        seen.look(&format!("{method} of an unknown route"), &answer);
        // 401 tells less, and is as good.
        if answer.is_html() || !matches!(answer.status, 401 | 403..=405) {
            let page = if answer.is_html() { " with a page" } else { "" };
            let status = answer.status;
            evidence.push(format!(
                "{method} of an unknown API route answers {status}{page}"
            ));
        }
    }
    Ok(evidence)
}
