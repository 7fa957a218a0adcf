//! What one person must not reach of another's.

use reqwest::Method;
use serde_json::{Value, json};

use super::{Check, Context, Outcome, Severity};
use crate::discover::path;
use crate::people::Person;
use crate::site::{Answer, Problem};

static OTHERS_LIST: Check = Check {
    id: "people.path",
    severity: Severity::Critical,
    claim: "An address with another person's id is refused.",
    harm: "Whoever knows or guesses an id reads that person's tasks, or chats in their name.",
    mend: "Take the id from the token alone; answer 403 where the address names another.",
    source: "OWASP API1:2023",
};

static OTHERS_TASK: Check = Check {
    id: "people.task",
    severity: Severity::Critical,
    claim: "Another person's task cannot be read, changed or deleted.",
    harm: "Numbers are tried one after the other, and everybody's tasks with them.",
    mend: "Give every query `where user_id = $token_user`; answer 404.",
    source: "OWASP API1:2023",
};

static NAMED: Check = Check {
    id: "people.named_by_request",
    severity: Severity::Critical,
    claim: "No body, parameter or header names the user.",
    harm: "The one who asks chooses whose data it is about.",
    mend: "Remove `user_id` from the bodies that are read; take it from the token.",
    source: "OWASP API3:2023",
};

static MINTED: Check = Check {
    id: "people.minted",
    severity: Severity::Critical,
    claim: "Nobody gets a token by naming a user.",
    harm: "One request without a password makes a token for anybody.",
    mend: "Mint tokens from a verified session only.",
    source: "OWASP API2:2023",
};

static SAMPLE: Check = Check {
    id: "people.sample_data",
    severity: Severity::Low,
    claim: "A new person's list is empty.",
    harm: "Sample data hides that the real data could not be read, or belongs to somebody.",
    mend: "Show an empty list as empty and a failure as a failure.",
    source: "failures seen in this family of apps",
};

const MINTS: [&str; 6] = [
    "/api/chatkit/token",
    "/chatkit/token",
    "/api/chatkit/session",
    "/api/auth/token",
    "/api/token",
    "/token",
];

pub(super) async fn all(context: &Context<'_>) -> Result<Vec<Outcome>, Problem> {
    let mut outcomes = vec![others_path(context).await?];
    if let Some(tasks) = context.map.tasks() {
        outcomes.extend(tasks_of_others(context, tasks).await?);
    } else {
        let why = "No list of tasks was found.";
        outcomes.extend([OTHERS_TASK.skip(why), NAMED.skip(why), SAMPLE.skip(why)]);
    }
    outcomes.push(MINTED.judge(minted(context).await?));
    Ok(outcomes)
}

async fn others_path(context: &Context<'_>) -> Result<Outcome, Problem> {
    let (reads, chats) = (&context.map.reads, &context.map.chats);
    let named = |template: &str| template.contains("{user}");
    let mut evidence = Vec::new();
    for template in reads.iter().filter(|template| named(template)) {
        let request = context.site.get(&path(template, context.bob));
        let answer = context
            .answer(request.bearer_auth(&context.ann.token))
            .await?;
        if answer.is_success() {
            evidence.push(format!("GET {template} answers one person with another's"));
        }
    }
    for (template, welcome) in chats.iter().filter(|(template, _)| named(template)) {
        let request = context.site.post(&path(template, context.bob), &json!({}));
        let answer = context
            .answer(request.bearer_auth(&context.ann.token))
            .await?;
        if answer.is_success() || answer.said() == *welcome {
            let status = answer.status;
            evidence.push(format!(
                "POST {template} answers {status} in another's name"
            ));
        }
    }
    let mut templates = reads
        .iter()
        .chain(chats.iter().map(|(template, _)| template));
    if !templates.any(|template| named(template)) {
        return Ok(OTHERS_LIST.skip("No address names a user, which is best."));
    }
    Ok(OTHERS_LIST.judge(evidence))
}

async fn tasks_of_others(context: &Context<'_>, list: &str) -> Result<Vec<Outcome>, Problem> {
    let (site, bob) = (context.site, context.bob);
    let before = context
        .answer(site.get(&path(list, bob)).bearer_auth(&bob.token))
        .await?;
    let sample = match titles(&before).len() {
        0 => Vec::new(),
        many => vec![format!("a person who just signed up has {many} tasks")],
    };
    let sample = if bob.sign_in.is_some() {
        SAMPLE.judge(sample)
    } else {
        SAMPLE.skip("The people were not signed up by this check.")
    };

    let secret = "authcheck: of the second person";
    let add = site.post(&path(list, bob), &json!({"title": secret}));
    let added = context.answer(add.bearer_auth(&bob.token)).await?;
    let Some(id) = id_of(&added) else {
        let why = format!("No task could be added (POST {list}: {}).", added.status);
        return Ok(vec![OTHERS_TASK.skip(&why), NAMED.skip(&why), sample]);
    };

    let task = OTHERS_TASK.judge(by_number(context, list, &id, secret).await?);
    let named = NAMED.judge(by_name(context, list, secret).await?);

    let delete = site.request(Method::DELETE, &format!("{}/{id}", path(list, bob)));
    context
        .answer(delete.header("origin", site.base()).bearer_auth(&bob.token))
        .await?;
    Ok(vec![task, named, sample])
}

/// Bob's task, asked for with Ann's token under both of their addresses.
async fn by_number(
    context: &Context<'_>,
    list: &str,
    id: &str,
    secret: &str,
) -> Result<Vec<String>, Problem> {
    let (site, ann, bob) = (context.site, context.ann, context.bob);
    let mut evidence = Vec::new();
    for owner in [ann, bob] {
        let address = format!("{}/{id}", path(list, owner));
        let shown = format!("{list}/{{id}}");
        let read = context
            .answer(site.get(&address).bearer_auth(&ann.token))
            .await?;
        if read.body.contains(secret) {
            evidence.push(format!("GET {shown} shows another person's task"));
        }
        let change = json!({"title": "authcheck: changed by the first person"});
        for method in [Method::PUT, Method::PATCH, Method::DELETE] {
            let request = site
                .request(method.clone(), &address)
                .header("content-type", "application/json")
                .header("origin", site.base())
                .body(change.to_string())
                .bearer_auth(&ann.token);
            context.answer(request).await?;
            if !titles(&bobs(context, list).await?)
                .iter()
                .any(|title| title == secret)
            {
                evidence.push(format!("{method} {shown} reached another person's task"));
                return Ok(evidence);
            }
        }
    }
    Ok(evidence)
}

/// Ann names Bob wherever a careless server may look.
async fn by_name(context: &Context<'_>, list: &str, secret: &str) -> Result<Vec<String>, Problem> {
    let (site, ann, bob) = (context.site, context.ann, context.bob);
    let mut evidence = Vec::new();
    let planted = "authcheck: planted by the first person";
    let body = json!({"title": planted, "user_id": bob.id, "userId": bob.id});
    let add = site.post(&path(list, ann), &body).bearer_auth(&ann.token);
    let added = context.answer(add).await?;
    if titles(&bobs(context, list).await?)
        .iter()
        .any(|title| title == planted)
    {
        evidence.push(format!(
            "POST {list} stores for the user that the body names"
        ));
    }
    if let Some(id) = id_of(&added) {
        let delete = site.request(Method::DELETE, &format!("{}/{id}", path(list, ann)));
        context
            .answer(delete.header("origin", site.base()).bearer_auth(&ann.token))
            .await?;
    }
    let read = || site.get(&path(list, ann)).bearer_auth(&ann.token);
    for name in ["user_id", "userId", "user"] {
        let answer = context.answer(read().query(&[(name, &bob.id)])).await?;
        if answer.body.contains(secret) {
            evidence.push(format!("GET {list} believes the parameter `{name}`"));
        }
        let bare = site.get(&path(list, bob)).query(&[(name, &bob.id)]);
        if context.answer(bare).await?.body.contains(secret) {
            evidence.push(format!("GET {list} needs no token where `{name}` is given"));
        }
    }
    for name in ["x-user-id", "x-user", "user-id"] {
        let answer = context.answer(read().header(name, &bob.id)).await?;
        if answer.body.contains(secret) {
            evidence.push(format!("GET {list} believes the header `{name}`"));
        }
        let bare = site.get(&path(list, bob)).header(name, &bob.id);
        if context.answer(bare).await?.body.contains(secret) {
            evidence.push(format!("GET {list} needs no token where `{name}` is given"));
        }
    }
    Ok(evidence)
}

async fn bobs(context: &Context<'_>, list: &str) -> Result<Answer, Problem> {
    let request = context.site.get(&path(list, context.bob));
    context
        .answer(request.bearer_auth(&context.bob.token))
        .await
}

async fn minted(context: &Context<'_>) -> Result<Vec<String>, Problem> {
    let Person { id, email, .. } = context.bob;
    let body = json!({"user_id": id, "userId": id, "sub": id, "user": id, "email": email});
    let mut evidence = Vec::new();
    for place in MINTS {
        let answer = context.answer(context.site.post(place, &body)).await?;
        let body = answer.json().unwrap_or_default();
        let has_token = ["token", "access_token", "client_secret", "jwt"]
            .iter()
            .any(|name| body[*name].is_string());
        if answer.is_success() && has_token {
            evidence.push(format!(
                "POST {place} gives a token to anybody who names a user"
            ));
        }
    }
    Ok(evidence)
}

/// The titles in a list of tasks, however it is wrapped.
fn titles(answer: &Answer) -> Vec<String> {
    let body = answer.json().unwrap_or_default();
    let lists = [
        &body,
        &body["tasks"],
        &body["items"],
        &body["data"],
        &body["todos"],
    ];
    lists
        .into_iter()
        .find_map(Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(|task| Some(task["title"].as_str()?.to_owned()))
        .collect()
}

fn id_of(answer: &Answer) -> Option<String> {
    if !answer.is_success() {
        return None;
    }
    let body = answer.json()?;
    let places = [&body, &body["task"], &body["data"], &body["tasks"][0]];
    places.iter().find_map(|place| {
        ["id", "task_id"]
            .iter()
            .find_map(|name| match &place[*name] {
                Value::String(id) => Some(id.clone()),
                Value::Number(id) => Some(id.to_string()),
                _ => None,
            })
    })
}
