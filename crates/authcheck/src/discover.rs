//! What there is at a deployment: found by asking the addresses that this family of apps uses, and
//! those that its OpenAPI document names.

use std::collections::BTreeSet;

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use reqwest::Method;
use serde_json::{Value, json};

use crate::people::Person;
use crate::site::{Problem, Said, Site};

const USER: &str = "{user}";

const READS: [&str; 13] = [
    "/api/tasks",
    "/api/{user}/tasks",
    "/api/v1/tasks",
    "/api/v1/{user}/tasks",
    "/tasks",
    "/api/todos",
    "/todos",
    "/api/conversations",
    "/api/{user}/conversations",
    "/api/auth/me",
    "/api/me",
    "/api/users/me",
    "/users/me",
];

const CHATS: [&str; 9] = [
    "/api/chatkit",
    "/chatkit",
    "/api/chat",
    "/api/{user}/chat",
    "/api/v1/chat",
    "/api/v1/{user}/chat",
    "/chat",
    "/api/v1/chatkit",
    "/api/mcp",
];

const KEYS: [&str; 3] = [
    "/api/auth/jwks",
    "/.well-known/jwks.json",
    "/api/auth/.well-known/jwks.json",
];

const DESCRIPTIONS: [&str; 2] = ["/openapi.json", "/api/openapi.json"];

/// The endpoints that were found, as templates: `{user}` stands for a person's id.
pub(crate) struct Map {
    /// What a signed-in person may read.
    pub(crate) reads: Vec<String>,
    /// Where a chat message is posted, and what a signed-in person hears who posts none.
    pub(crate) chats: Vec<(String, Said)>,
    /// The public keys that tokens are checked with.
    pub(crate) keys: Option<Value>,
    /// What failed where a signed-in person only read: `GET /api/tasks answers 500`.
    pub(crate) broken: Vec<String>,
}

impl Map {
    /// The list of tasks, if there is one.
    pub(crate) fn tasks(&self) -> Option<&str> {
        let ends = |end: &str| self.reads.iter().find(|path| path.ends_with(end));
        ends("/tasks")
            .or_else(|| ends("/todos"))
            .map(String::as_str)
    }
}

/// A template with the id of one person.
pub(crate) fn path(template: &str, person: &Person) -> String {
    let id = utf8_percent_encode(&person.id, NON_ALPHANUMERIC).to_string();
    template.replace(USER, &id)
}

/// # Errors
/// If the deployment stops answering, or nothing there can be read with a token.
pub(crate) async fn map(site: &Site, ann: &Person) -> Result<Map, Problem> {
    let mut reads: Vec<String> = READS.map(str::to_owned).into();
    let mut chats: Vec<String> = CHATS.map(str::to_owned).into();
    for described in descriptions(site).await? {
        let (list, known) = match described {
            Described::Read(path) => (&mut reads, path),
            Described::Chat(path) => (&mut chats, path),
        };
        if !list.contains(&known) {
            list.push(known);
        }
    }

    let mut map = Map {
        reads: Vec::new(),
        chats: Vec::new(),
        keys: None,
        broken: Vec::new(),
    };
    let mut refusing = None;
    for template in reads {
        let request = site.get(&path(&template, ann)).bearer_auth(&ann.token);
        let answer = site.answer(request).await?;
        match answer.status {
            200..300 if answer.json().is_some() => map.reads.push(template),
            401 | 403 => refusing = refusing.or(Some(template)),
            500 | 502 | 504.. => {
                let status = answer.status;
                map.broken
                    .push(format!("GET {template} answers {status} to a good token"));
            }
            _ => {}
        }
    }
    for template in chats {
        // Without a message, so that nothing is said to a model.
        let request = site
            .post(&path(&template, ann), &json!({}))
            .bearer_auth(&ann.token);
        let answer = site.answer(request).await?;
        if matches!(answer.status, 200 | 400 | 422 | 500) && !answer.is_html() {
            map.chats.push((template, answer.said()));
        }
    }
    for path in KEYS {
        let answer = site.answer(site.get(path)).await?;
        if let Some(keys) = answer.json().filter(|body| body["keys"].is_array()) {
            map.keys = Some(keys);
            break;
        }
    }
    if map.reads.is_empty() {
        return Err(Problem(why_nothing(ann, refusing.as_deref(), &map.broken)));
    }
    Ok(map)
}

/// What a stranger would look at first, where a signed-in person reads nothing at all.
fn why_nothing(ann: &Person, refusing: Option<&str>, broken: &[String]) -> String {
    if let Some(failure) = broken.first() {
        return format!(
            "A person is signed in, and {failure}. Do the tables exist, and are the ids of users \
             there of the kind that the token names (text, number, UUID)?"
        );
    }
    if let Some(template) = refusing {
        let algorithm = ann.header().unwrap_or_default()["alg"].to_string();
        return format!(
            "A person is signed in, and {template} refuses the very token that they were given. It \
             is signed by {algorithm}: does the API check with that algorithm, and with the keys of \
             the server that signed it? Do `iss` and `aud` fit?"
        );
    }
    "A person is signed in, and none of the usual addresses (/api/tasks, /api/{user_id}/tasks, …) \
     answers them with data. Is the API at another address?"
        .to_owned()
}

enum Described {
    Read(String),
    Chat(String),
}

/// What an OpenAPI document names that needs nothing but a user's id.
async fn descriptions(site: &Site) -> Result<Vec<Described>, Problem> {
    let mut found = Vec::new();
    let mut seen = BTreeSet::new();
    for place in DESCRIPTIONS {
        let answer = site.answer(site.get(place)).await?;
        let Some(document) = answer.json() else {
            continue;
        };
        let paths = document["paths"].as_object().into_iter().flatten();
        for (path, methods) in paths {
            let Some(template) = template(path) else {
                continue;
            };
            let read = &methods[Method::GET.as_str().to_lowercase()];
            if !read.is_null()
                && !is_for_everybody(&template, read)
                && seen.insert(template.clone())
            {
                found.push(Described::Read(template));
            } else if !methods["post"].is_null() && template.contains("chat") {
                found.push(Described::Chat(template));
            }
        }
    }
    Ok(found)
}

/// Whether a read is open on purpose: it says so itself, by an empty list of what it asks for
/// (OpenAPI 3.1, section 4.8.10.1), or tells nothing of anybody by its name.
fn is_for_everybody(path: &str, read: &Value) -> bool {
    const NAMES: [&str; 7] = [
        "health",
        "healthz",
        "openapi.json",
        "ping",
        "ready",
        "readyz",
        "version",
    ];
    let name = path.rsplit('/').next().unwrap_or_default();
    NAMES.contains(&name) || read["security"].as_array().is_some_and(Vec::is_empty)
}

/// `None` if something other than a user would have to be filled in, or it is about signing in.
fn template(path: &str) -> Option<String> {
    if path.contains("/auth/") {
        return None;
    }
    let parts = path.split('/').map(|part| match part {
        "{user_id}" | "{userId}" | "{user}" => Some(USER),
        part if part.contains('{') => None,
        part => Some(part),
    });
    Some(parts.collect::<Option<Vec<_>>>()?.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_users_id_can_be_filled_in() {
        let user = template("/api/{user_id}/tasks");

        assert_eq!(user.as_deref(), Some("/api/{user}/tasks"));
        assert_eq!(template("/api/{user_id}/tasks/{task_id}"), None);
        assert_eq!(template("/api/auth/session"), None);
    }

    #[test]
    fn an_api_that_refuses_its_own_tokens_is_told_from_a_missing_and_a_broken_one() {
        let token = format!("{}.e30.AA", "eyJhbGciOiJFZERTQSJ9");
        let ann = Person::with_token(&token);
        let broken = ["GET /api/tasks answers 500".to_owned()];

        let refused = why_nothing(&ann, Some("/api/tasks"), &[]);
        let failed = why_nothing(&ann, None, &broken);
        let absent = why_nothing(&ann, None, &[]);

        assert!(refused.contains("signed by \"EdDSA\""), "{refused}");
        assert!(failed.contains("answers 500"), "{failed}");
        assert!(absent.contains("another address"), "{absent}");
    }

    #[test]
    fn what_is_open_on_purpose_is_no_fault_and_what_says_nothing_may_be() {
        assert!(is_for_everybody("/api/terms", &json!({"security": []})));
        assert!(is_for_everybody("/api/health", &json!({})));
        assert!(!is_for_everybody("/api/tasks", &json!({})));
        assert!(!is_for_everybody(
            "/api/tasks",
            &json!({"security": [{"bearer": []}]})
        ));
    }
}
