//! Signing in and out, and what is left of those who went.

use reqwest::RequestBuilder;
use serde_json::json;

use super::{Check, Context, Outcome, Severity};
use crate::discover::path;
use crate::people::{self, Person, token_in};
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

static LIMIT: Check = Check {
    id: "session.limit",
    severity: Severity::Low,
    claim: "A limit says when it ends.",
    harm: "People and programs try again at once, and stay locked out without knowing why.",
    mend: "Send `Retry-After` with every 429.",
    source: "RFC 6585 §4",
};

static CACHED: Check = Check {
    id: "session.cached",
    severity: Severity::Low,
    claim: "The session is known without the cookie that caches it.",
    harm: "A tab that slept longer than the cache signs the person out.",
    mend: "Look the session up by its own cookie whenever the cached copy is absent or over.",
    source: "failures seen in this family of apps",
};

static RACE: Check = Check {
    id: "session.race",
    severity: Severity::Medium,
    claim: "Two tabs that ask for a token at the same moment both get one.",
    harm: "Whoever has two tabs open is signed out when both renew.",
    mend: "Minting a token must not end the one before, nor turn the session's cookie around.",
    source: "failures seen in this family of apps",
};

static DELETED: Check = Check {
    id: "session.deleted",
    severity: Severity::Medium,
    claim: "A deleted account's cookie and token open nothing.",
    harm: "Who had the token keeps reading, or writes rows for nobody.",
    mend: "Ask for the session or the person with the work, not only for the signature.",
    source: "OWASP ASVS 5 V7.4.2",
};

/// More wrong passwords in a row than anybody mistypes.
const GUESSES: u32 = 12;

/// What Better Auth calls its cached copy of a session.
const CACHE: &str = "session_data";

pub(super) async fn all(context: &Context<'_>) -> Result<Vec<Outcome>, Problem> {
    let mut outcomes = vec![cached(context).await?, race(context).await?];
    let Some(sign_in) = context.ann.sign_in else {
        let why = "The people were not signed up by this check.";
        let rest = [&ENDED, &ENUMERATED, &GUESSED, &LIMIT, &DELETED];
        outcomes.extend(rest.map(|check| check.skip(why)));
        return Ok(outcomes);
    };
    let again = || people::sign_in(context.site, context.ann, sign_in);
    outcomes.push(ended(context, &again().await?).await?);
    // Before wrong passwords lock the address: she has to be taken away again.
    let ann = again().await?;
    outcomes.push(ENUMERATED.judge(enumerated(context, sign_in).await?));
    outcomes.extend(guessed(context, sign_in).await?);
    delete(context, context.ann, &ann).await?;
    outcomes.push(deleted(context).await?);
    Ok(outcomes)
}

async fn cached(context: &Context<'_>) -> Result<Outcome, Problem> {
    let (cache, rest): (Vec<_>, Vec<_>) = context
        .ann
        .cookies
        .iter()
        .map(|cookie| cookie.pair.as_str())
        .partition(|pair| pair.contains(CACHE));
    if cache.is_empty() {
        return Ok(CACHED.skip("No cookie is a cached copy of the session."));
    }
    let answer = context.answer(session(context, &rest.join("; "))).await?;
    let evidence = (!names_somebody(&answer)).then(|| {
        let status = answer.status;
        format!("without `{CACHE}` GET /api/auth/get-session answers {status} and nobody")
    });
    Ok(CACHED.judge(evidence.into_iter().collect()))
}

async fn race(context: &Context<'_>) -> Result<Outcome, Problem> {
    let cookie = context.ann.cookie();
    let ask = || context.answer(token(context, &cookie));
    if cookie.is_empty() || !mints(&ask().await?) {
        return Ok(RACE.skip(NO_TOKENS));
    }
    let (one, other) = tokio::join!(ask(), ask());
    let after = ask().await?;
    let mut evidence = Vec::new();
    if !mints(&one?) || !mints(&other?) {
        evidence.push("of two requests at once for /api/auth/token one got none".to_owned());
    }
    if !mints(&after) {
        evidence.push("after two requests at once the session mints no token".to_owned());
    }
    Ok(RACE.judge(evidence))
}

const NO_TOKENS: &str = "No tokens are minted from a cookie at /api/auth/token.";

fn token(context: &Context<'_>, cookie: &str) -> RequestBuilder {
    let request = context.site.get("/api/auth/token");
    request.header("cookie", cookie)
}

fn session(context: &Context<'_>, cookie: &str) -> RequestBuilder {
    let request = context.site.get("/api/auth/get-session");
    request.header("cookie", cookie)
}

async fn ended(context: &Context<'_>, cookie: &str) -> Result<Outcome, Problem> {
    if cookie.is_empty() || !mints(&context.answer(token(context, cookie)).await?) {
        return Ok(ENDED.skip(NO_TOKENS));
    }
    let sign_out = context
        .site
        .post("/api/auth/sign-out", &json!({}))
        .header("cookie", cookie);
    let signed_out = context.answer(sign_out).await?;
    if !signed_out.is_success() {
        let why = format!("/api/auth/sign-out answers {}.", signed_out.status);
        return Ok(ENDED.skip(&why));
    }
    let mut evidence = Vec::new();
    if mints(&context.answer(token(context, cookie)).await?) {
        evidence.push("GET /api/auth/token mints a token for the ended session".to_owned());
    }
    if names_somebody(&context.answer(session(context, cookie)).await?) {
        evidence.push("GET /api/auth/get-session still names the person".to_owned());
    }
    Ok(ENDED.judge(evidence))
}

/// Bob, who is needed no more. Ann was taken away by then.
async fn deleted(context: &Context<'_>) -> Result<Outcome, Problem> {
    let bob = context.bob;
    let cookie = bob.cookie();
    let answer = delete(context, bob, &cookie).await?;
    if !answer.is_success() || answer.is_html() {
        let why = format!(
            "/api/auth/delete-user answers {}: the two people stay behind.",
            answer.status
        );
        return Ok(DELETED.skip(&why));
    }
    let mut evidence = Vec::new();
    if mints(&context.answer(token(context, &cookie)).await?) {
        evidence.push("GET /api/auth/token mints a token for the deleted account".to_owned());
    }
    for template in &context.map.reads {
        let read = context.site.get(&path(template, bob));
        if context
            .answer(read.bearer_auth(&bob.token))
            .await?
            .is_success()
        {
            evidence.push(format!(
                "GET {template} answers the deleted account's token"
            ));
        }
    }
    Ok(DELETED.judge(evidence))
}

async fn delete(context: &Context<'_>, person: &Person, cookie: &str) -> Result<Answer, Problem> {
    let request = context
        .site
        .post(
            "/api/auth/delete-user",
            &json!({"password": person.password}),
        )
        .header("cookie", cookie);
    context.answer(request).await
}

fn names_somebody(answer: &Answer) -> bool {
    answer.is_success() && answer.json().is_some_and(|body| body["user"].is_object())
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

async fn guessed(context: &Context<'_>, sign_in: &str) -> Result<[Outcome; 2], Problem> {
    for _ in 0..GUESSES {
        // Ann's, as Bob may be signed in again.
        let answer = refused(context, sign_in, &context.ann.email, false).await?;
        if matches!(answer.status, 423 | 429) {
            return Ok([GUESSED.judge(Vec::new()), limit(&answer)]);
        }
    }
    let evidence = format!("{sign_in} took {GUESSES} wrong passwords in a row");
    Ok([
        GUESSED.judge(vec![evidence]),
        LIMIT.skip("No limit was met."),
    ])
}

/// What a limit says of its end.
fn limit(answer: &Answer) -> Outcome {
    let is_silent = answer.status == 429 && answer.header("retry-after").is_empty();
    let evidence = is_silent.then(|| "429 without `Retry-After`".to_owned());
    LIMIT.judge(evidence.into_iter().collect())
}

#[cfg(test)]
mod tests {
    use reqwest::header::{HeaderMap, HeaderValue, RETRY_AFTER};

    use super::*;
    use crate::checks::Verdict;

    #[test]
    fn a_limit_without_an_end_is_a_fault() {
        let mut answer = Answer {
            status: 429,
            headers: HeaderMap::new(),
            body: String::new(),
        };
        let silent = limit(&answer);
        answer
            .headers
            .insert(RETRY_AFTER, HeaderValue::from_static("30"));
        let told = limit(&answer);

        assert!(matches!(silent.verdict, Verdict::Failed(_)));
        assert!(matches!(told.verdict, Verdict::Passed));
    }
}
