//! The five names of the public contract: one task at a time. `list_tasks` is the same in both;
//! the others are the tools for many, called with one.

use std::sync::LazyLock;

use rmcp::model::{CallToolRequestParams, CallToolResponse, ContentBlock, JsonObject, Tool};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::catalog::{Effect, described};

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[expect(
    dead_code,
    reason = "describes the arguments, which are handed on as they are"
)]
struct Add {
    title: String,
    #[schemars(default)]
    description: Option<String>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[expect(
    dead_code,
    reason = "describes the arguments, which are handed on as they are"
)]
struct One {
    /// The task's number.
    task_id: i32,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[expect(
    dead_code,
    reason = "describes the arguments, which are handed on as they are"
)]
struct Update {
    /// The task's number.
    task_id: i32,
    #[schemars(default)]
    title: Option<String>,
    #[schemars(default)]
    description: Option<String>,
}

#[derive(Serialize, JsonSchema)]
struct Done {
    task_id: i64,
    status: &'static str,
    title: String,
    /// Nothing is done yet: ask the person, then call again with this as `confirm`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<String>")]
    confirm: Option<String>,
}

pub(super) static TOOLS: LazyLock<[Tool; 4]> = LazyLock::new(|| {
    let say = |many: &str| format!("One task; for several use {many}.");
    [
        described::<Add, Done>("add_task", "Add a task", &say("add_tasks"), Effect::Adds),
        described::<One, Done>(
            "complete_task",
            "Complete a task",
            &say("complete_tasks"),
            Effect::Sets,
        ),
        described::<One, Done>(
            "delete_task",
            "Delete a task",
            &say("delete_tasks"),
            Effect::Destroys,
        ),
        described::<Update, Done>(
            "update_task",
            "Update a task",
            &say("update_tasks"),
            Effect::Sets,
        ),
    ]
});

/// A name of the contract, the tool behind it, and the word for what it has done.
#[derive(Clone, Copy)]
pub(super) struct Alias {
    name: &'static str,
    plural: &'static str,
    status: &'static str,
}

const ALIASES: [Alias; 4] = [
    Alias {
        name: "add_task",
        plural: "add_tasks",
        status: "created",
    },
    Alias {
        name: "complete_task",
        plural: "complete_tasks",
        status: "completed",
    },
    Alias {
        name: "delete_task",
        plural: "delete_tasks",
        status: "deleted",
    },
    Alias {
        name: "update_task",
        plural: "update_tasks",
        status: "updated",
    },
];

impl Alias {
    pub(super) fn of(name: &str) -> Option<Self> {
        ALIASES.into_iter().find(|alias| alias.name == name)
    }

    /// The same call in the words of the tool for many, or what the caller is told. Whether the
    /// other arguments fit, that tool says itself.
    pub(super) fn plural(
        self,
        mut params: CallToolRequestParams,
    ) -> Result<CallToolRequestParams, &'static str> {
        let mut one = params.arguments.take().unwrap_or_default();
        let confirm = one.remove("confirm");
        let id = one.remove("task_id");
        let arguments = match (self.plural, id) {
            ("add_tasks", None) => json!({"tasks": [one]}),
            ("update_tasks", Some(id)) => {
                one.insert("id".to_owned(), id);
                json!({"tasks": [one]})
            }
            ("complete_tasks" | "delete_tasks", Some(id)) if one.is_empty() => json!({"ids": [id]}),
            ("add_tasks", Some(_)) => return Err("add_task takes no task_id."),
            (_, None) => return Err("task_id is missing: the task's number."),
            _ => return Err("Only task_id is taken."),
        };
        let mut arguments = object(arguments);
        arguments.extend(confirm.map(|confirm| ("confirm".to_owned(), confirm)));
        params.name = self.plural.into();
        params.arguments = Some(arguments);
        Ok(params)
    }

    /// The answer for many as one for one.
    pub(super) fn singular(self, answer: CallToolResponse) -> CallToolResponse {
        let CallToolResponse::Complete(mut result) = answer else {
            return answer;
        };
        let Some(many) = result.structured_content.take() else {
            return CallToolResponse::Complete(result);
        };
        let task = &many["tasks"][0];
        let (Some(id), Some(title)) = (task["id"].as_i64(), task["title"].as_str()) else {
            let message = many["failed"][0]["message"].as_str();
            result.content = match message {
                Some(message) => vec![ContentBlock::text(message)],
                None => result.content.clone(),
            };
            result.is_error = Some(true);
            return CallToolResponse::Complete(result);
        };
        let confirm = many["confirm"].as_str().map(str::to_owned);
        let done = Done {
            task_id: id,
            status: if confirm.is_some() {
                "asked"
            } else {
                self.status
            },
            title: title.to_owned(),
            confirm,
        };
        result.structured_content = Some(json!(done));
        CallToolResponse::Complete(result)
    }
}

fn object(value: Value) -> JsonObject {
    match value {
        Value::Object(object) => object,
        _ => JsonObject::new(),
    }
}
