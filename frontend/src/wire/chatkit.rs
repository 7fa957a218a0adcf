//! The ChatKit protocol's answers and events.

use std::collections::BTreeMap;

use protocol::chatkit::{
    Annotation, Answer, AssistantContent, Attachment, AttachmentKind, ErrorKind, Event,
    GeneratedImage, InferenceOptions, Input, InputAnswers, InputKind, InputStatus, Item, ItemKind,
    NoticeLevel, Page, StreamOptions, StructuredInputOption, TaskKind, TaskStatus, Thread,
    ThreadStatus, ToolCallStatus, ToolChoice, Update, UploadDescriptor, UserContent, Workflow,
    WorkflowKind, WorkflowSummary, WorkflowTask,
};
use serde_json::Value;

use super::{Fields, Read, fields, read_names, read_struct, take};

read_struct! {
    Thread { title, id, created_at, status, allowed_image_domains, metadata, items }
    StreamOptions { allow_cancel }
    GeneratedImage { id, url }
    StructuredInputOption { value }
    Answer { values, skipped }
    ToolChoice { id }
    UploadDescriptor { url, method, headers }
    AssistantContent { annotations, text }
    Annotation { source, index }
}

read_names! {
    ErrorKind { "custom" => Custom } else Some(Self::Stream);
    NoticeLevel { "warning" => Warning, "danger" => Danger } else Some(Self::Info);
    InputStatus { "pending" => Pending, "answered" => Answered, "skipped" => Skipped } else None;
    ToolCallStatus { "pending" => Pending, "completed" => Completed } else None;
    TaskStatus { "loading" => Loading, "complete" => Complete } else Some(Self::None);
    WorkflowKind { "reasoning" => Reasoning } else Some(Self::Custom);
}

/// The word that says which of an enum's cases the fields are.
fn kind(fields: &mut Fields) -> Option<String> {
    take(fields, "type")
}

impl<T: Read> Read for Page<T> {
    fn read(value: Value) -> Option<Self> {
        let mut fields = fields(value)?;
        Some(Self {
            data: take(&mut fields, "data")?,
            has_more: take(&mut fields, "has_more")?,
            after: take(&mut fields, "after")?,
        })
    }

    fn absent() -> Option<Self> {
        Some(Self::default())
    }
}

impl Read for InferenceOptions {
    fn read(value: Value) -> Option<Self> {
        let mut fields = fields(value)?;
        Some(Self {
            tool_choice: take(&mut fields, "tool_choice")?,
            model: take(&mut fields, "model")?,
        })
    }

    fn absent() -> Option<Self> {
        Some(Self::default())
    }
}

impl<T: Read> Read for BTreeMap<String, T> {
    fn read(value: Value) -> Option<Self> {
        // One by one: collecting would bring in a sort for what is sorted already.
        let mut read = Self::new();
        for (name, value) in fields(value)? {
            read.insert(name, T::read(value)?);
        }
        Some(read)
    }

    fn absent() -> Option<Self> {
        Some(Self::new())
    }
}

impl Read for ThreadStatus {
    fn read(value: Value) -> Option<Self> {
        let mut fields = fields(value)?;
        let kind = kind(&mut fields)?;
        let reason = take(&mut fields, "reason")?;
        match kind.as_str() {
            "active" => Some(Self::Active),
            "locked" => Some(Self::Locked { reason }),
            "closed" => Some(Self::Closed { reason }),
            _ => None,
        }
    }

    fn absent() -> Option<Self> {
        Some(Self::Active)
    }
}

impl Read for Event {
    fn read(value: Value) -> Option<Self> {
        let f = &mut fields(value)?;
        let event = match kind(f)?.as_str() {
            "thread.created" => Self::ThreadCreated {
                thread: take(f, "thread")?,
            },
            "thread.updated" => Self::ThreadUpdated {
                thread: take(f, "thread")?,
            },
            "thread.item.added" => Self::ItemAdded {
                item: take(f, "item")?,
            },
            "thread.item.updated" => Self::ItemUpdated {
                item_id: take(f, "item_id")?,
                update: take(f, "update")?,
            },
            "thread.item.done" => Self::ItemDone {
                item: take(f, "item")?,
            },
            "thread.item.removed" => Self::ItemRemoved {
                item_id: take(f, "item_id")?,
            },
            "thread.item.replaced" => Self::ItemReplaced {
                item: take(f, "item")?,
            },
            "stream_options" => Self::StreamOptions {
                stream_options: take(f, "stream_options")?,
            },
            "progress_update" => Self::ProgressUpdate {
                icon: take(f, "icon")?,
                text: take(f, "text")?,
            },
            "client_effect" => Self::ClientEffect {
                name: take(f, "name")?,
                data: take(f, "data")?,
            },
            "error" => Self::Error {
                code: take(f, "code")?,
                message: take(f, "message")?,
                allow_retry: take(f, "allow_retry")?,
            },
            "notice" => Self::Notice {
                level: take(f, "level")?,
                message: take(f, "message")?,
                title: take(f, "title")?,
            },
            _ => return None,
        };
        Some(event)
    }
}

impl Read for Update {
    fn read(value: Value) -> Option<Self> {
        let f = &mut fields(value)?;
        let update = match kind(f)?.as_str() {
            "assistant_message.content_part.added" => Self::ContentPartAdded {
                content_index: take(f, "content_index")?,
                content: take(f, "content")?,
            },
            "assistant_message.content_part.text_delta" => Self::TextDelta {
                content_index: take(f, "content_index")?,
                delta: take(f, "delta")?,
            },
            "assistant_message.content_part.annotation_added" => Self::AnnotationAdded {
                content_index: take(f, "content_index")?,
                annotation_index: take(f, "annotation_index")?,
                annotation: take(f, "annotation")?,
            },
            "assistant_message.content_part.done" => Self::ContentPartDone {
                content_index: take(f, "content_index")?,
                content: take(f, "content")?,
            },
            "workflow.task.added" => Self::WorkflowTaskAdded {
                task_index: take(f, "task_index")?,
                task: take(f, "task")?,
            },
            "workflow.task.updated" => Self::WorkflowTaskUpdated {
                task_index: take(f, "task_index")?,
                task: take(f, "task")?,
            },
            "widget.root.updated" => Self::WidgetRoot {
                widget: take(f, "widget")?,
            },
            "widget.component.updated" => Self::WidgetComponent {
                component_id: take(f, "component_id")?,
                component: take(f, "component")?,
            },
            "widget.streaming_text.value_delta" => Self::WidgetText {
                component_id: take(f, "component_id")?,
                delta: take(f, "delta")?,
                done: take(f, "done")?,
            },
            "generated_image.updated" => Self::GeneratedImage {
                image: take(f, "image")?,
                progress: take(f, "progress")?,
            },
            _ => return None,
        };
        Some(update)
    }
}

impl Read for Item {
    fn read(value: Value) -> Option<Self> {
        let f = &mut fields(value)?;
        Some(Self {
            id: take(f, "id")?,
            thread_id: take(f, "thread_id")?,
            created_at: take(f, "created_at")?,
            kind: item_kind(f)?,
        })
    }
}

fn item_kind(f: &mut Fields) -> Option<ItemKind> {
    let item = match kind(f)?.as_str() {
        "user_message" => ItemKind::UserMessage {
            content: take(f, "content")?,
            attachments: take(f, "attachments")?,
            quoted_text: take(f, "quoted_text")?,
            inference_options: take(f, "inference_options")?,
        },
        "assistant_message" => ItemKind::AssistantMessage {
            content: take(f, "content")?,
        },
        "client_tool_call" => ItemKind::ClientToolCall {
            status: take(f, "status")?,
            call_id: take(f, "call_id")?,
            name: take(f, "name")?,
            arguments: take(f, "arguments")?,
            output: take(f, "output")?,
        },
        "widget" => ItemKind::Widget {
            widget: take(f, "widget")?,
            copy_text: take(f, "copy_text")?,
        },
        "generated_image" => ItemKind::GeneratedImage {
            image: take(f, "image")?,
        },
        "structured_input" => ItemKind::StructuredInput {
            status: take(f, "status")?,
            inputs: take(f, "inputs")?,
        },
        "workflow" => ItemKind::Workflow {
            workflow: take(f, "workflow")?,
        },
        "task" => ItemKind::Task {
            task: take(f, "task")?,
        },
        "end_of_turn" => ItemKind::EndOfTurn {},
        _ => return None,
    };
    Some(item)
}

impl Read for UserContent {
    fn read(value: Value) -> Option<Self> {
        let f = &mut fields(value)?;
        match kind(f)?.as_str() {
            "input_text" => Some(Self::InputText {
                text: take(f, "text")?,
            }),
            "input_tag" => Some(Self::InputTag {
                id: take(f, "id")?,
                text: take(f, "text")?,
                data: take(f, "data")?,
                group: take(f, "group")?,
                interactive: take(f, "interactive")?,
            }),
            _ => None,
        }
    }
}

impl Read for Input {
    fn read(value: Value) -> Option<Self> {
        let f = &mut fields(value)?;
        let kind = match kind(f)?.as_str() {
            "multiple_choice" => InputKind::MultipleChoice {
                options: take(f, "options")?,
                multiple: take(f, "multiple")?,
            },
            "freeform" => InputKind::Freeform {
                description: take(f, "description")?,
            },
            _ => return None,
        };
        Some(Self {
            id: take(f, "id")?,
            question: take(f, "question")?,
            answer: take(f, "answer")?,
            kind,
        })
    }
}

impl Read for InputAnswers {
    fn read(value: Value) -> Option<Self> {
        let f = &mut fields(value)?;
        let status: String = take(f, "status")?;
        let answers = take(f, "answers")?;
        match status.as_str() {
            "answered" => Some(Self::Answered { answers }),
            "skipped" => Some(Self::Skipped { answers }),
            _ => None,
        }
    }
}

impl Read for Workflow {
    fn read(value: Value) -> Option<Self> {
        let f = &mut fields(value)?;
        Some(Self {
            kind: take(f, "type")?,
            tasks: take(f, "tasks")?,
            summary: take(f, "summary")?,
            expanded: take(f, "expanded")?,
        })
    }
}

impl Read for WorkflowSummary {
    fn read(value: Value) -> Option<Self> {
        let f = &mut fields(value)?;
        match take::<Option<i64>>(f, "duration")? {
            Some(duration) => Some(Self::Timed { duration }),
            None => Some(Self::Titled {
                title: take(f, "title")?,
                icon: take(f, "icon")?,
            }),
        }
    }
}

impl Read for WorkflowTask {
    fn read(value: Value) -> Option<Self> {
        let f = &mut fields(value)?;
        let title = take(f, "title")?;
        let kind = match kind(f)?.as_str() {
            "custom" => TaskKind::Custom {
                title,
                icon: take(f, "icon")?,
                content: take(f, "content")?,
            },
            "web_search" => TaskKind::WebSearch {
                title,
                title_query: take(f, "title_query")?,
                queries: take(f, "queries")?,
                sources: take(f, "sources")?,
            },
            "thought" => TaskKind::Thought {
                title,
                content: take(f, "content")?,
            },
            "file" => TaskKind::File {
                title,
                sources: take(f, "sources")?,
            },
            "image" => TaskKind::Image { title },
            _ => return None,
        };
        Some(Self {
            status_indicator: take(f, "status_indicator")?,
            kind,
        })
    }
}

impl Read for Attachment {
    fn read(value: Value) -> Option<Self> {
        let f = &mut fields(value)?;
        let kind = match kind(f)?.as_str() {
            "image" => AttachmentKind::Image {
                preview_url: take(f, "preview_url")?,
            },
            _ => AttachmentKind::File {},
        };
        Some(Self {
            id: take(f, "id")?,
            name: take(f, "name")?,
            mime_type: take(f, "mime_type")?,
            upload_descriptor: take(f, "upload_descriptor")?,
            thread_id: take(f, "thread_id")?,
            kind,
        })
    }
}
