//! Asking a person before much or something irretrievable is done.
//!
//! The server keeps nothing while it waits: what was asked about travels with the client, sealed.
//! A seal holds for one person, one tool, one set of arguments and a quarter of an hour, and its
//! number is the key of the write, so that using it again changes nothing again.

use auth::random::Fill;
use auth::seal;
use protocol::{TaskId, Timestamp, UserId};
use rmcp::model::JsonObject;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// Seconds that a person has to answer.
const PATIENCE: i64 = 15 * 60;

/// What was asked about.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Asked {
    user: UserId,
    tool: String,
    /// Of the arguments.
    hash: String,
    /// Different for every question.
    number: String,
    until: i64,
}

/// Something to be agreed to.
pub(crate) struct Question<'a> {
    pub(crate) user: &'a UserId,
    pub(crate) tool: &'a str,
    pub(crate) arguments: &'a JsonObject,
}

impl Question<'_> {
    fn hash(&self) -> String {
        let arguments = serde_json::Value::Object(self.arguments.clone());
        seal::hex(&Sha256::digest(arguments.to_string()))
    }

    pub(crate) fn sealed(&self, secret: &str, now: Timestamp, chance: Fill<'_>) -> String {
        let asked = Asked {
            user: self.user.clone(),
            tool: self.tool.to_owned(),
            hash: self.hash(),
            number: seal::hex(&auth::random::bytes::<16>(chance)),
            until: now.seconds() + PATIENCE,
        };
        let text = serde_json::to_string(&asked).unwrap_or_default();
        seal::seal(&text, secret, auth::random::bytes(chance))
    }

    /// The key of the write that was agreed to; `None` if the seal is of another question.
    pub(crate) fn opened(&self, sealed: &str, secret: &str, now: Timestamp) -> Option<String> {
        let asked: Asked = serde_json::from_str(&seal::open(sealed, secret)?).ok()?;
        let fits = asked.user == *self.user
            && asked.tool == self.tool
            && asked.hash == self.hash()
            && now.seconds() < asked.until;
        fits.then(|| format!("consent/{}", asked.number))
    }
}

/// What a person answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Answer {
    /// To these of the tasks, or to all of them.
    Yes(Option<Vec<TaskId>>),
    No,
}

/// Name of the question, and of its field, in MCP's `inputRequests`.
pub(crate) const CONFIRM: &str = "confirm";
pub(crate) const TASKS: &str = "tasks";

/// Reads an `ElicitResult`. Whatever is not a clear yes is a no.
pub(crate) fn answer(response: Option<&serde_json::Value>) -> Answer {
    let Some(response) = response.filter(|response| response["action"] == "accept") else {
        return Answer::No;
    };
    let Some(chosen) = response["content"].get(TASKS) else {
        return Answer::Yes(None);
    };
    let ids = chosen.as_array().into_iter().flatten();
    let ids = ids.filter_map(|id| id.as_str()?.parse().ok().map(TaskId));
    Answer::Yes(Some(ids.collect()))
}
