//! The sixteen requests, and pages.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::item::{Answer, InferenceOptions, UserContent};
use crate::{ItemId, ThreadId};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", content = "params")]
pub enum Request {
    #[serde(rename = "threads.create")]
    ThreadsCreate { input: UserMessageInput },
    #[serde(rename = "threads.add_user_message")]
    ThreadsAddUserMessage {
        thread_id: ThreadId,
        input: UserMessageInput,
    },
    #[serde(rename = "threads.retry_after_item")]
    ThreadsRetryAfterItem {
        thread_id: ThreadId,
        item_id: ItemId,
    },
    #[serde(rename = "threads.add_client_tool_output")]
    ThreadsAddClientToolOutput { thread_id: ThreadId, result: Value },
    #[serde(rename = "threads.add_structured_input")]
    ThreadsAddStructuredInput {
        thread_id: ThreadId,
        item_id: ItemId,
        input: InputAnswers,
    },
    #[serde(rename = "threads.custom_action")]
    ThreadsCustomAction(ItemAction),
    #[serde(rename = "threads.sync_custom_action")]
    ThreadsSyncCustomAction(ItemAction),
    #[serde(rename = "threads.get_by_id")]
    ThreadsGetById { thread_id: ThreadId },
    #[serde(rename = "threads.list")]
    ThreadsList {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        limit: Option<i64>,
        #[serde(default)]
        order: Order,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        after: Option<String>,
    },
    #[serde(rename = "threads.update")]
    ThreadsUpdate { thread_id: ThreadId, title: String },
    #[serde(rename = "threads.delete")]
    ThreadsDelete { thread_id: ThreadId },
    #[serde(rename = "items.list")]
    ItemsList {
        thread_id: ThreadId,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        limit: Option<i64>,
        #[serde(default)]
        order: Order,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        after: Option<String>,
    },
    #[serde(rename = "items.feedback")]
    ItemsFeedback {
        thread_id: ThreadId,
        item_ids: Vec<ItemId>,
        kind: FeedbackKind,
    },
    #[serde(rename = "attachments.create")]
    AttachmentsCreate {
        name: String,
        size: i64,
        mime_type: String,
    },
    #[serde(rename = "attachments.delete")]
    AttachmentsDelete { attachment_id: String },
    #[serde(rename = "input.transcribe")]
    InputTranscribe {
        audio_base64: String,
        mime_type: String,
    },
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct UserMessageInput {
    pub content: Vec<UserContent>,
    #[serde(default)]
    pub attachments: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quoted_text: Option<String>,
    #[serde(default)]
    pub inference_options: InferenceOptions,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ItemAction {
    pub thread_id: ThreadId,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub item_id: Option<ItemId>,
    pub action: Action,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Action {
    #[serde(rename = "type")]
    pub kind: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub payload: Option<Value>,
}

/// The person's answers to a structured input, by the id of each question.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "status", rename_all = "snake_case")]
pub enum InputAnswers {
    Answered {
        #[serde(default)]
        answers: BTreeMap<String, Answer>,
    },
    Skipped {
        #[serde(default)]
        answers: BTreeMap<String, Answer>,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum FeedbackKind {
    Positive,
    Negative,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Order {
    Asc,
    #[default]
    Desc,
}

/// One page of a list; `after` names its last entry and is there only when more follow.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Page<T> {
    pub data: Vec<T>,
    pub has_more: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<String>,
}

impl<T> Default for Page<T> {
    fn default() -> Self {
        Self {
            data: Vec::new(),
            has_more: false,
            after: None,
        }
    }
}
