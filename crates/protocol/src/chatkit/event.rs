//! What a stream says.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::item::{Annotation, AssistantContent, GeneratedImage, WorkflowTask};
use super::{Item, Thread};
use crate::ItemId;

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type")]
pub enum Event {
    #[serde(rename = "thread.created")]
    ThreadCreated { thread: Thread },
    /// Title or status changed; the page of items is empty and says nothing.
    #[serde(rename = "thread.updated")]
    ThreadUpdated { thread: Thread },
    /// An item begins to stream.
    #[serde(rename = "thread.item.added")]
    ItemAdded { item: Item },
    #[serde(rename = "thread.item.updated")]
    ItemUpdated { item_id: ItemId, update: Update },
    /// The item is final; it may come without having been added.
    #[serde(rename = "thread.item.done")]
    ItemDone { item: Item },
    #[serde(rename = "thread.item.removed")]
    ItemRemoved { item_id: ItemId },
    #[serde(rename = "thread.item.replaced")]
    ItemReplaced { item: Item },
    #[serde(rename = "stream_options")]
    StreamOptions { stream_options: StreamOptions },
    /// Replaced by the next item or progress.
    #[serde(rename = "progress_update")]
    ProgressUpdate {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        icon: Option<String>,
        text: String,
    },
    #[serde(rename = "client_effect")]
    ClientEffect { name: String, data: Value },
    /// The last event of its stream.
    #[serde(rename = "error")]
    Error {
        code: ErrorKind,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        message: Option<String>,
        allow_retry: bool,
    },
    #[serde(rename = "notice")]
    Notice {
        level: NoticeLevel,
        /// Markdown.
        message: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        title: Option<String>,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StreamOptions {
    pub allow_cancel: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ErrorKind {
    #[serde(rename = "stream.error")]
    Stream,
    #[serde(rename = "custom")]
    Custom,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum NoticeLevel {
    Info,
    Warning,
    Danger,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type")]
pub enum Update {
    #[serde(rename = "assistant_message.content_part.added")]
    ContentPartAdded {
        content_index: usize,
        content: AssistantContent,
    },
    #[serde(rename = "assistant_message.content_part.text_delta")]
    TextDelta { content_index: usize, delta: String },
    #[serde(rename = "assistant_message.content_part.annotation_added")]
    AnnotationAdded {
        content_index: usize,
        annotation_index: usize,
        annotation: Annotation,
    },
    #[serde(rename = "assistant_message.content_part.done")]
    ContentPartDone {
        content_index: usize,
        content: AssistantContent,
    },
    #[serde(rename = "workflow.task.added")]
    WorkflowTaskAdded {
        task_index: usize,
        task: WorkflowTask,
    },
    /// The whole task each time.
    #[serde(rename = "workflow.task.updated")]
    WorkflowTaskUpdated {
        task_index: usize,
        task: WorkflowTask,
    },
    #[serde(rename = "widget.root.updated")]
    WidgetRoot { widget: Value },
    #[serde(rename = "widget.component.updated")]
    WidgetComponent {
        component_id: String,
        component: Value,
    },
    #[serde(rename = "widget.streaming_text.value_delta")]
    WidgetText {
        component_id: String,
        delta: String,
        done: bool,
    },
    #[serde(rename = "generated_image.updated")]
    GeneratedImage {
        image: GeneratedImage,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        progress: Option<f64>,
    },
}
