//! Tokens that must open nothing.

use super::{Check, Context, Outcome, Severity};
use crate::forge::{self, Forged};
use crate::site::Problem;

static MISSING: Check = Check {
    id: "token.missing",
    severity: Severity::Critical,
    claim: "Without a token, nothing is let in.",
    harm: "Anybody reads these tasks, or talks to the assistant at the owner's cost.",
    mend: "Check the token in one place that every route goes through, before anything else.",
    source: "RFC 6750 §3",
};

static WORTHLESS: Check = Check {
    id: "token.worthless",
    severity: Severity::Critical,
    claim: "What is no token opens nothing: `null`, `undefined`, an opaque word, Basic.",
    harm: "A check that only looks whether a header is there protects nothing.",
    mend: "Verify the signature; refuse what has not three parts.",
    source: "RFC 6750 §3.1",
};

static UNSIGNED: Check = Check {
    id: "token.unsigned",
    severity: Severity::Critical,
    claim: "A token without a signature opens nothing.",
    harm: "Anybody can be anybody: the token is written by hand.",
    mend: "Name the allowed algorithms when verifying; never read them from the token.",
    source: "RFC 8725 §3.1, CVE-2015-9235",
};

static RELABELLED: Check = Check {
    id: "token.relabelled",
    severity: Severity::Critical,
    claim: "A token whose user was changed opens nothing.",
    harm: "Claims are read before, or without, the signature's being checked.",
    mend: "Decode with verification only; remove every `verify=False` and plain base64 decoding.",
    source: "RFC 8725 §3.3",
};

static PUBLISHED: Check = Check {
    id: "token.published_secret",
    severity: Severity::Critical,
    claim: "No secret of a tutorial signs valid tokens.",
    harm: "Anybody who has read the same tutorial signs tokens for everybody.",
    mend: "Set a random secret (`openssl rand -base64 32`) and refuse to start without one.",
    source: "RFC 8725 §3.5, CWE-798",
};

static CONFUSED: Check = Check {
    id: "token.key_confusion",
    severity: Severity::Critical,
    claim: "The public key is no secret that signs tokens.",
    harm: "The key is published for verification; used as an HMAC secret it signs for everybody.",
    mend: "Tie each key to one algorithm, and refuse a token that names another.",
    source: "RFC 8725 §2.1, CVE-2016-10555",
};

static OWN_KEY: Check = Check {
    id: "token.own_key",
    severity: Severity::Critical,
    claim: "A token cannot bring, name or invent the key that it is checked with.",
    harm: "Anybody makes a key and signs with it.",
    mend: "Find keys by `kid` in a list of your own; ignore `jwk`, `jku`, `x5u`.",
    source: "RFC 8725 §3.10, CVE-2018-0114, CVE-2022-21449",
};

static IN_ADDRESS: Check = Check {
    id: "token.in_address",
    severity: Severity::Medium,
    claim: "A token in the address opens nothing.",
    harm: "Addresses stand in logs, histories and `Referer` headers, and the token with them.",
    mend: "Take tokens from the `Authorization` header only.",
    source: "RFC 6750 §2.3, RFC 9700 §4.3.2",
};

static LIFETIME: Check = Check {
    id: "token.lifetime",
    severity: Severity::Medium,
    claim: "A token ends within an hour.",
    harm: "What is stolen once works for days, and signing out does not end it.",
    mend: "Sign for minutes and get a new one from the session.",
    source: "RFC 8725 §3.9, OWASP ASVS 5 V9.2",
};

static CLAIMS: Check = Check {
    id: "token.claims",
    severity: Severity::Medium,
    claim: "The token names one user, an issuer and an audience.",
    harm: "Parts that read another claim store another person's rows; a token made for one \
           service opens the others.",
    mend: "Put the user's id into `sub`, set `iss` and `aud`, and check both.",
    source: "RFC 8725 §3.8 and §3.9",
};

pub(super) async fn all(context: &Context<'_>) -> Result<Vec<Outcome>, Problem> {
    let ann = context.ann;
    let mut outcomes = vec![
        MISSING.judge(missing(context).await?),
        WORTHLESS.judge(worthless(context).await?),
        UNSIGNED.judge(forged(context, forge::unsigned(ann)).await?),
        RELABELLED.judge(forged(context, forge::relabelled(ann, context.bob)).await?),
        PUBLISHED.judge(forged(context, forge::published(ann)).await?),
    ];
    outcomes.push(match &context.map.keys {
        Some(keys) => CONFUSED.judge(forged(context, forge::confused(ann, keys)).await?),
        None => CONFUSED.skip("No public keys are published."),
    });
    outcomes.push(OWN_KEY.judge(forged(context, forge::own_keys(ann)).await?));
    outcomes.push(IN_ADDRESS.judge(in_address(context).await?));
    outcomes.push(match lifetime(context) {
        Some(seconds) if seconds <= 3600 => LIFETIME.judge(Vec::new()),
        Some(seconds) => LIFETIME.judge(vec![format!("it lives {} hours", seconds / 3600)]),
        None => LIFETIME.judge(vec!["it has no `exp`, or no `iat`".to_owned()]),
    });
    outcomes.push(CLAIMS.judge(claims(context)));
    Ok(outcomes)
}

async fn missing(context: &Context<'_>) -> Result<Vec<String>, Problem> {
    let mut evidence = Vec::new();
    for door in context.doors() {
        let answer = context.answer(context.knock(&door)).await?;
        if door.let_in(&answer) {
            evidence.push(format!("{} answers {}", door.name, answer.status));
        }
    }
    Ok(evidence)
}

async fn worthless(context: &Context<'_>) -> Result<Vec<String>, Problem> {
    let values = [
        "Bearer",
        "Bearer null",
        "Bearer undefined",
        "Bearer [object Object]",
        "Bearer dGhpcyBpcyBubyB0b2tlbg",
        "Bearer a.b.c",
        "Basic YW5uOnB3",
    ];
    let mut evidence = Vec::new();
    for door in context.doors() {
        for value in values {
            let request = context.knock(&door).header("authorization", value);
            let answer = context.answer(request).await?;
            if door.let_in(&answer) {
                let status = answer.status;
                evidence.push(format!("{} answers {status} to `{value}`", door.name));
            }
        }
    }
    Ok(evidence)
}

async fn forged(context: &Context<'_>, tokens: Vec<Forged>) -> Result<Vec<String>, Problem> {
    let mut evidence = Vec::new();
    for door in context.doors() {
        for forged in &tokens {
            let request = context.knock(&door).bearer_auth(&forged.token);
            let answer = context.answer(request).await?;
            if door.let_in(&answer) {
                let (name, status, what) = (&door.name, answer.status, &forged.what);
                evidence.push(format!("{name} answers {status} to a token {what}"));
            }
        }
    }
    Ok(evidence)
}

async fn in_address(context: &Context<'_>) -> Result<Vec<String>, Problem> {
    let mut evidence = Vec::new();
    for door in context.doors() {
        for name in ["access_token", "token", "jwt"] {
            let token = [(name, &context.ann.token)];
            let answer = context.answer(context.knock(&door).query(&token)).await?;
            if door.let_in(&answer) {
                evidence.push(format!("{} takes the parameter `{name}`", door.name));
            }
        }
    }
    Ok(evidence)
}

/// In seconds.
fn lifetime(context: &Context<'_>) -> Option<i64> {
    let claims = context.ann.claims()?;
    Some(claims["exp"].as_i64()? - claims["iat"].as_i64()?)
}

fn claims(context: &Context<'_>) -> Vec<String> {
    let Some(claims) = context.ann.claims() else {
        return vec!["the claims cannot be read".to_owned()];
    };
    let named = |name: &&str| !claims[*name].is_null();
    let mut evidence: Vec<String> = ["sub", "iss", "aud"]
        .iter()
        .filter(|name| !named(name))
        .map(|name| format!("there is no `{name}`"))
        .collect();
    let ids: Vec<String> = ["sub", "user_id", "userId", "id"]
        .iter()
        .filter(|name| named(name))
        .map(|name| claims[*name].to_string().replace('"', ""))
        .collect();
    if ids.windows(2).any(|pair| pair[0] != pair[1]) {
        evidence.push("`sub`, `user_id` and `id` name different users".to_owned());
    }
    evidence
}
