//! The ChatKit server protocol (`openai-chatkit` 1.6.5): one `POST` endpoint whose `type` field
//! names the operation; six operations answer with a stream of events, ten with JSON.
//!
//! **Invariant:** what is absent is left out, never `null`; defaults are always sent; unknown
//! extra fields of requests are ignored.

mod event;
mod item;
mod request;
mod thread;

pub use event::{ErrorKind, Event, NoticeLevel, StreamOptions, Update};
pub use item::{
    Annotation, Answer, AssistantContent, Attachment, AttachmentKind, GeneratedImage,
    InferenceOptions, Input, InputKind, InputStatus, Item, ItemKind, StructuredInputOption,
    TaskKind, TaskStatus, ToolCallStatus, ToolChoice, UploadDescriptor, UserContent, Workflow,
    WorkflowKind, WorkflowSummary, WorkflowTask,
};
pub use request::{
    Action, FeedbackKind, InputAnswers, ItemAction, Order, Page, Request, UserMessageInput,
};
pub use thread::{Thread, ThreadStatus};
