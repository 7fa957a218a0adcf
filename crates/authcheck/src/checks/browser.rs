//! What pages of other sites must not be able to do with a signed-in browser.

use reqwest::Method;
use serde_json::json;

use super::{Check, Context, Outcome, Severity};
use crate::site::Problem;

static CORS: Check = Check {
    id: "browser.cors",
    severity: Severity::High,
    claim: "Pages of other sites cannot read answers with the person's cookies.",
    harm: "Any page that a signed-in person opens reads their tasks.",
    mend: "Serve page and API from one origin; else list the allowed origins, never reflect them.",
    source: "OWASP ASVS 5 V3.4.2",
};

static PREFLIGHT: Check = Check {
    id: "browser.preflight",
    severity: Severity::Low,
    claim: "A preflight is answered and not redirected.",
    harm: "The browser reports a CORS error for what is a wrong address or a slash too many.",
    mend: "Answer OPTIONS on every route before any redirect.",
    source: "Fetch §4.8",
};

static FORGED_POST: Check = Check {
    id: "browser.forged_request",
    severity: Severity::High,
    claim: "The session's cookie alone does not let a page of another site act.",
    harm: "Any page that a signed-in person opens can chat or sign out in their name.",
    mend: "Want a bearer token for the API, and check `Origin` where cookies count.",
    source: "OWASP ASVS 5 V3.5.1",
};

static COOKIE: Check = Check {
    id: "browser.cookie",
    severity: Severity::High,
    claim: "The session's cookie is HttpOnly, SameSite, and Secure on https.",
    harm: "A script reads the session, or it travels in the clear.",
    mend: "Set all three attributes.",
    source: "RFC 6265bis §4.1.2, OWASP ASVS 5 V3.3",
};

static STRANGER: &str = "https://stranger.example";

pub(super) async fn all(context: &Context<'_>) -> Result<Vec<Outcome>, Problem> {
    let (cors, preflight) = preflights(context).await?;
    let mut outcomes = vec![CORS.judge(cors), PREFLIGHT.judge(preflight)];
    if context.ann.cookies.is_empty() {
        let why = "Sign-up set no cookie.";
        outcomes.extend([FORGED_POST.skip(why), COOKIE.skip(why)]);
    } else {
        outcomes.push(FORGED_POST.judge(forged_post(context).await?));
        outcomes.push(COOKIE.judge(cookie(context)));
    }
    Ok(outcomes)
}

async fn preflights(context: &Context<'_>) -> Result<(Vec<String>, Vec<String>), Problem> {
    let (mut cors, mut preflight) = (Vec::new(), Vec::new());
    for door in context.doors() {
        for origin in [STRANGER, "null"] {
            let method = if door.is_read() { "GET" } else { "POST" };
            let request = context
                .site
                .request(Method::OPTIONS, &door.path)
                .header("origin", origin)
                .header("access-control-request-method", method)
                .header(
                    "access-control-request-headers",
                    "authorization,content-type",
                );
            let asked = context.answer(request).await?;
            if matches!(asked.status, 300..400 | 500..) {
                preflight.push(format!("OPTIONS on {} answers {}", door.name, asked.status));
            }
            let request = context.knock(&door).header("origin", origin);
            let given = context
                .answer(request.bearer_auth(&context.ann.token))
                .await?;
            for answer in [asked, given] {
                let allowed = answer.header("access-control-allow-origin");
                let with_cookies = answer.header("access-control-allow-credentials") == "true";
                if with_cookies && (allowed == origin || allowed == "*") {
                    cors.push(format!("{} allows `{origin}` with cookies", door.name));
                }
            }
        }
    }
    Ok((cors, preflight))
}

async fn forged_post(context: &Context<'_>) -> Result<Vec<String>, Problem> {
    let mut evidence = Vec::new();
    for door in context.doors().into_iter().filter(|door| !door.is_read()) {
        let request = context
            .site
            .request(Method::POST, &door.path)
            // What a plain form can send.
            .header("content-type", "text/plain")
            .header("origin", STRANGER)
            .header("sec-fetch-site", "cross-site")
            .header("cookie", context.ann.cookie())
            .body(json!({}).to_string());
        let answer = context.answer(request).await?;
        if door.let_in(&answer) {
            let (name, status) = (&door.name, answer.status);
            evidence.push(format!(
                "{name} answers {status} to a cookie and a foreign origin"
            ));
        }
    }
    Ok(evidence)
}

fn cookie(context: &Context<'_>) -> Vec<String> {
    let is_secure = context.site.is_encrypted();
    let session = |name: &str| {
        let name = name.to_lowercase();
        name.contains("session") || name.contains("token") || name.contains("auth")
    };
    let mut evidence = Vec::new();
    for cookie in &context.ann.cookies {
        let name = cookie.pair.split('=').next().unwrap_or_default();
        let attributes = cookie.attributes.to_lowercase();
        let wanted = [
            ("httponly", true),
            ("samesite=", true),
            ("secure", is_secure),
        ];
        for (attribute, _) in wanted
            .iter()
            .filter(|(attribute, is_wanted)| *is_wanted && !attributes.contains(attribute))
        {
            if session(name) {
                evidence.push(format!("`{name}` is without `{attribute}`"));
            }
        }
    }
    evidence
}
