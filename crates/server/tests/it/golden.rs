//! What a real Better Auth (1.7.25) answered, asked again of ours: status, body, cookies and
//! headers. `tests/golden/better_auth.json` holds the recording.

use std::collections::HashMap;

use axum::body::Body;
use axum::http::Request;
use serde::Deserialize;
use serde_json::Value;

use crate::desk::{Answer, Desk, now, pass};

const RECORDED: &str = include_str!("../golden/better_auth.json");

#[derive(Deserialize)]
struct Exchange {
    name: String,
    method: String,
    path: String,
    headers: HashMap<String, String>,
    body: Option<String>,
    answer: Recorded,
}

#[derive(Deserialize)]
struct Recorded {
    status: u16,
    headers: HashMap<String, Value>,
    body: Value,
}

/// Where ours differs on purpose. An address or method that is unknown is said to be, in JSON.
const OURS: &[(&str, &str)] = &[
    ("sign-up no body", "one sentence says it"),
    ("sign-up body array", "one sentence says it"),
    (
        "update-session nothing",
        "sessions have no fields of their own",
    ),
    (
        "update-session unknown",
        "sessions have no fields of their own",
    ),
    ("get-session POST", "the same status, by our own code"),
    ("sign-up with GET", "405 instead of 404"),
    ("token with POST", "405 instead of 404"),
    ("sign-jwt over http", "404, with a body"),
    ("verify-jwt over http", "404, with a body"),
    ("unknown path", "404, with a body"),
    ("CORS preflight", "answered"),
    ("HEAD get-session", "HTTP wants HEAD where there is GET"),
    ("trailing slash", "404, with a body"),
];

const SETTINGS: [(&str, &str); 7] = [
    ("BETTER_AUTH_URL", "http://127.0.0.1:4400"),
    ("SESSION_POLICY", "better-auth"),
    ("CLIENT_ADDRESS_HEADER", "x-forwarded-for"),
    ("RATE_LIMIT_SIGN_IN", "off"),
    ("RATE_LIMIT_SIGN_UP", "off"),
    ("RATE_LIMIT_PASSWORD", "off"),
    ("RATE_LIMIT_MAIL", "off"),
];

/// Values that differ from one run to the next; only whether they are there is compared.
const CHANGING: &[&str] = &[
    "token",
    "id",
    "userId",
    "accountId",
    "expiresAt",
    "createdAt",
    "updatedAt",
    "x",
    "kid",
];

/// Ours for each token and id of the recording.
#[derive(Default)]
struct Names(Vec<(String, String)>);

impl Names {
    fn learn(&mut self, recorded: &str, ours: &str) {
        let known = self.0.iter().any(|(name, _)| name == recorded);
        if !known && recorded.len() >= 20 && recorded != ours {
            self.0.push((recorded.to_owned(), ours.to_owned()));
        }
    }

    /// Longest first: a token is a part of its cookie.
    fn translate(&self, text: &str) -> String {
        let mut names: Vec<_> = self.0.iter().collect();
        names.sort_by_key(|(recorded, _)| std::cmp::Reverse(recorded.len()));
        names
            .iter()
            .fold(text.to_owned(), |text, (recorded, ours)| {
                text.replace(recorded.as_str(), ours)
            })
    }

    fn learn_from(&mut self, recorded: &Value, ours: &Value) {
        match (recorded, ours) {
            (Value::Object(recorded), Value::Object(ours)) => {
                for (name, value) in recorded {
                    match (value, ours.get(name)) {
                        (Value::String(value), Some(Value::String(ours)))
                            if CHANGING.contains(&name.as_str()) =>
                        {
                            self.learn(value, ours);
                        }
                        (value, Some(ours)) => self.learn_from(value, ours),
                        _ => {}
                    }
                }
            }
            (Value::Array(recorded), Value::Array(ours)) => {
                for (recorded, ours) in recorded.iter().zip(ours) {
                    self.learn_from(recorded, ours);
                }
            }
            _ => {}
        }
    }
}

/// What the recording's author did to the database between two exchanges.
async fn meanwhile(desk: &Desk, name: &str, path: &str) {
    let client = desk.database.client().await;
    let now = now().seconds();
    let day = 24 * 3600;
    let sessions = async |columns: &str| {
        let sql = format!(r#"update "session" set {columns}"#);
        client.batch_execute(&sql).await.unwrap();
    };
    let mailed = async |purpose: &str, address: &str| {
        let (_, token) = path.split_once("token=").unwrap_or(("", path));
        let token = token.rsplit('/').next().unwrap_or_default();
        let token = token.split('?').next().unwrap_or_default();
        let sql = r#"insert into "verification" ("id", "identifier", "value", "expiresAt")
            select $1, $1, "id" || $2, to_timestamp($3::bigint) from "user"
            where "email" = 'bob.mwta9fpb@example.com'"#;
        let identifier = format!("{purpose}:{token}");
        let until = now + 60;
        let inserted = client.execute(sql, &[&identifier, &address, &until]).await;
        assert_eq!(inserted.unwrap(), 1);
    };
    match name {
        // Theirs leaves sessions alone when a password was forgotten; ours ends them.
        "reset-password ok" => {
            let keep = r#"create table kept as table "session""#;
            client.batch_execute(keep).await.unwrap();
        }
        "get-session that refreshes (updateAge passed)" => {
            let back = r#"insert into "session" table kept on conflict do nothing"#;
            client.batch_execute(back).await.unwrap();
            sessions(&format!(r#""expiresAt" = to_timestamp({})"#, now + 5 * day)).await;
        }
        "list-sessions with a stale (not fresh) session" => {
            sessions(&format!(r#""createdAt" = to_timestamp({})"#, now - 2 * day)).await;
        }
        // The letters' tokens, as if they were the recorded ones.
        "reset-password callback ok" => mailed("reset-password", "").await,
        "verify-email ok" => mailed("verify-email", "\nbob.mwta9fpb@example.com").await,
        "get-session expired" => {
            sessions(&format!(r#""expiresAt" = to_timestamp({})"#, now - 1)).await;
        }
        _ => {}
    }
}

fn request(exchange: &Exchange, names: &Names) -> Request<Body> {
    let path = names.translate(&exchange.path);
    let mut request = Request::builder()
        .method(exchange.method.as_str())
        .uri(path);
    for (name, value) in &exchange.headers {
        request = request.header(name, names.translate(value));
    }
    let body = exchange.body.as_ref().map(|body| names.translate(body));
    request
        .body(body.map_or_else(Body::empty, Body::from))
        .unwrap()
}

/// FR-008, FR-009.
#[tokio::test]
async fn answers_are_those_of_a_real_better_auth() {
    let mut desk = Desk::with(&SETTINGS).await;
    let exchanges: Vec<Exchange> = serde_json::from_str(RECORDED).unwrap();
    let mut names = Names::default();
    // An origin that theirs was told to trust; ours trusts its own.
    names.learn("http://localhost:3000", "http://127.0.0.1:4400");
    let mut faults = Vec::new();
    let mut compared = 0;

    for exchange in &exchanges {
        if OURS.iter().any(|(name, _)| *name == exchange.name) {
            continue;
        }
        if exchange.name == "request-password-reset" {
            desk.set(&[&SETTINGS[..], &[("MAIL", "terminal")]].concat());
        }
        pass(1);
        meanwhile(&desk, &exchange.name, &exchange.path).await;
        let ours = desk.send(request(exchange, &names)).await;
        learn(&mut names, &exchange.answer, &ours);
        if let Err(difference) = compare(&exchange.answer, &ours) {
            faults.push(format!("{}: {difference}", exchange.name));
        }
        compared += 1;
    }

    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
    assert!(compared > 100, "{compared}");
}

fn cookies(recorded: &Recorded) -> Vec<&str> {
    let lines = recorded.headers.get("set-cookie").and_then(Value::as_array);
    lines.map_or_else(Vec::new, |lines| {
        lines.iter().filter_map(Value::as_str).collect()
    })
}

fn value(line: &str) -> &str {
    let pair = line.split(';').next().unwrap_or_default();
    pair.split_once('=').map_or("", |(_, value)| value)
}

fn learn(names: &mut Names, recorded: &Recorded, ours: &Answer) {
    for (recorded, ours) in cookies(recorded).into_iter().zip(ours.cookies()) {
        names.learn(value(recorded), value(ours));
    }
    if let Some(Value::String(signed)) = recorded.headers.get("set-auth-token") {
        names.learn(signed, ours.header("set-auth-token"));
    }
    if let Ok(body) = serde_json::from_str(&ours.body) {
        names.learn_from(&recorded.body, &body);
    }
}

fn compare(recorded: &Recorded, ours: &Answer) -> Result<(), String> {
    let status = ours.status.as_u16();
    if recorded.status != status {
        return Err(format!(
            "{} and ours {status}: {}",
            recorded.status, ours.body
        ));
    }
    if !matches!(recorded.body.as_str(), Some("<page>" | "")) {
        same(&recorded.body, &ours.json(), "")?;
    }
    let masked = |line: &str| match value(line) {
        "" => line.to_owned(),
        value => line.replace(value, "…"),
    };
    let theirs: Vec<String> = cookies(recorded).into_iter().map(masked).collect();
    let own: Vec<String> = ours.cookies().into_iter().map(masked).collect();
    if theirs != own {
        return Err(format!("cookies {theirs:?} and ours {own:?}"));
    }
    for (name, value) in &recorded.headers {
        let own: Vec<&str> = ours
            .headers
            .get_all(name)
            .iter()
            .filter_map(|v| v.to_str().ok())
            .collect();
        let own = own.join(", ");
        let fits = match name.as_str() {
            "set-cookie" => true,
            "set-auth-jwt" => own.split('.').count() == 3,
            "set-auth-token" => own.len() == value.as_str().unwrap_or_default().len(),
            "access-control-expose-headers" => {
                let mut theirs: Vec<&str> =
                    value.as_str().unwrap_or_default().split(", ").collect();
                let mut own: Vec<&str> = own.split(", ").collect();
                theirs.sort_unstable();
                own.sort_unstable();
                theirs == own
            }
            _ => Some(own.as_str()) == value.as_str(),
        };
        if !fits {
            return Err(format!("header {name}: {value} and ours {own}"));
        }
    }
    Ok(())
}

/// Everything that was recorded must be in ours; ours may say more.
fn same(recorded: &Value, ours: &Value, name: &str) -> Result<(), String> {
    let differ = || Err(format!("`{name}` was {recorded} and ours is {ours}"));
    match (recorded, ours) {
        (Value::Object(recorded), Value::Object(own)) => {
            for (name, value) in recorded {
                same(value, own.get(name).unwrap_or(&Value::Null), name)?;
            }
            Ok(())
        }
        (Value::Array(recorded), Value::Array(own)) if recorded.len() == own.len() => {
            let mut pairs = recorded.iter().zip(own);
            pairs.try_for_each(|(recorded, own)| same(recorded, own, name))
        }
        // Who sent neither is unknown.
        (Value::String(text), Value::Null) if text.is_empty() => Ok(()),
        (Value::String(_), Value::String(_)) if CHANGING.contains(&name) => Ok(()),
        _ if recorded == ours => Ok(()),
        _ => differ(),
    }
}
