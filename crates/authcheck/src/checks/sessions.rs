//! Signing in and out.

use serde_json::json;

use super::{Check, Context, Outcome, Severity};
use crate::people::token_in;
use crate::site::{Answer, Problem};

static ENDED: Check = Check {
    id: "session.ended",
    severity: Severity::High,
    claim: "After signing out the old cookie opens nothing and mints no token.",
    harm: "Signing out on a shared machine changes nothing.",
    mend: "Delete the session's row, and look it up before a token is minted.",
    source: "OWASP ASVS 5 V7.4.1",
};

static ENUMERATED: Check = Check {
    id: "session.enumerated",
    severity: Severity::Low,
    claim: "A wrong password and an unknown address are refused alike.",
    harm: "Strangers find out who has an account.",
    mend: "One status and one text for both; hash a password in both cases.",
    source: "OWASP ASVS 5 V6.3.8",
};

static GUESSED: Check = Check {
    id: "session.guessed",
    severity: Severity::Medium,
    claim: "Passwords cannot be guessed as fast as the network allows.",
    harm: "Lists of leaked passwords are tried until one fits.",
    mend: "Count failures per address and account in the database; answer 429 with `Retry-After`.",
    source: "OWASP ASVS 5 V6.3.1",
};

/// More wrong passwords in a row than anybody mistypes.
const GUESSES: u32 = 12;

pub(super) async fn all(context: &Context<'_>) -> Result<Vec<Outcome>, Problem> {
    let ended = ended(context).await?;
    let Some(sign_in) = context.ann.sign_in else {
        let why = "The people were not signed up by this check.";
        return Ok(vec![ended, ENUMERATED.skip(why), GUESSED.skip(why)]);
    };
    Ok(vec![
        ended,
        ENUMERATED.judge(enumerated(context, sign_in).await?),
        GUESSED.judge(guessed(context, sign_in).await?),
    ])
}

async fn ended(context: &Context<'_>) -> Result<Outcome, Problem> {
    let cookie = context.ann.cookie();
    let token = || {
        context
            .site
            .get("/api/auth/token")
            .header("cookie", &cookie)
    };
    if cookie.is_empty() || !mints(&context.answer(token()).await?) {
        return Ok(ENDED.skip("No tokens are minted from a cookie at /api/auth/token."));
    }
    let sign_out = context
        .site
        .post("/api/auth/sign-out", &json!({}))
        .header("cookie", &cookie);
    let signed_out = context.answer(sign_out).await?;
    if !signed_out.is_success() {
        let why = format!("/api/auth/sign-out answers {}.", signed_out.status);
        return Ok(ENDED.skip(&why));
    }
    let mut evidence = Vec::new();
    if mints(&context.answer(token()).await?) {
        evidence.push("GET /api/auth/token mints a token for the ended session".to_owned());
    }
    let session = context
        .site
        .get("/api/auth/get-session")
        .header("cookie", &cookie);
    let session = context.answer(session).await?;
    if session.is_success() && session.json().is_some_and(|body| body["user"].is_object()) {
        evidence.push("GET /api/auth/get-session still names the person".to_owned());
    }
    Ok(ENDED.judge(evidence))
}

/// A page would do for a success, and is none.
fn mints(answer: &Answer) -> bool {
    answer.is_success() && answer.json().as_ref().and_then(token_in).is_some()
}

async fn refused(
    context: &Context<'_>,
    sign_in: &str,
    email: &str,
    patient: bool,
) -> Result<Answer, Problem> {
    let body = json!({"email": email, "username": email, "password": "wrong-Password-1"});
    let request = context.site.post(sign_in, &body);
    if patient {
        context.answer(request).await
    } else {
        context.site.once(request).await
    }
}

async fn enumerated(context: &Context<'_>, sign_in: &str) -> Result<Vec<String>, Problem> {
    let known = refused(context, sign_in, &context.ann.email, true).await?;
    let nobody = format!("nobody-{}", context.ann.email);
    let unknown = refused(context, sign_in, &nobody, true).await?;
    if known.said() != unknown.said() {
        let (known, unknown) = (known.status, unknown.status);
        return Ok(vec![format!(
            "{sign_in} answers {known} to a wrong password and {unknown} to an unknown address, \
             or says something else"
        )]);
    }
    Ok(Vec::new())
}

async fn guessed(context: &Context<'_>, sign_in: &str) -> Result<Vec<String>, Problem> {
    for _ in 0..GUESSES {
        // Ann's, as Bob may be signed in again.
        let answer = refused(context, sign_in, &context.ann.email, false).await?;
        if matches!(answer.status, 423 | 429) {
            return Ok(Vec::new());
        }
    }
    Ok(vec![format!(
        "{sign_in} took {GUESSES} wrong passwords in a row"
    )])
}
