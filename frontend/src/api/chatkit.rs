//! `POST /api/chatkit`: the ChatKit protocol.

use protocol::chatkit::{Attachment, FeedbackKind, Item, Order, Page, Request, Thread};
use protocol::{ItemId, ThreadId};

use serde_json::Value;
use web_sys::File;

use super::Api;
use super::failure::Failure;
use super::http::Call;
use super::stream::EventStream;
use crate::wire::{Read, read_struct};

const PATH: &str = "/api/chatkit";
const PAGE: i64 = 50;

/// What was spoken.
struct Transcript {
    text: String,
}

read_struct! {
    Transcript { text }
}

impl Api {
    /// A request that is answered by a stream; the key makes a repetition the same turn.
    pub async fn ask(&self, key: &str, request: &Request) -> Result<EventStream, Failure> {
        let call = Call::new("POST", PATH)
            .key(key)
            .header("accept", "text/event-stream")
            .json(request);
        EventStream::open(&self.send(call).await?, 0)
    }

    /// All conversations, newest first.
    pub async fn threads(&self) -> Result<Vec<Thread>, Failure> {
        let request = Request::ThreadsList {
            limit: Some(9_999),
            order: Order::Desc,
            after: None,
        };
        let page: Page<Thread> = self.chatkit(&request).await?;
        Ok(page.data)
    }

    /// The newest items before the cursor, newest first.
    pub async fn items(
        &self,
        thread_id: ThreadId,
        after: Option<String>,
    ) -> Result<Page<Item>, Failure> {
        let request = Request::ItemsList {
            thread_id,
            limit: Some(PAGE),
            order: Order::Desc,
            after,
        };
        self.chatkit(&request).await
    }

    pub async fn rename_thread(&self, thread_id: ThreadId, title: String) -> Result<(), Failure> {
        let request = Request::ThreadsUpdate { thread_id, title };
        self.chatkit::<Value>(&request).await.map(drop)
    }

    /// For good: there is no bin for conversations.
    pub async fn delete_thread(&self, thread_id: ThreadId) -> Result<(), Failure> {
        let request = Request::ThreadsDelete { thread_id };
        self.chatkit::<Value>(&request).await.map(drop)
    }

    /// What the person thinks of an answer.
    pub async fn feedback(
        &self,
        thread_id: ThreadId,
        item: ItemId,
        kind: FeedbackKind,
    ) -> Result<(), Failure> {
        let request = Request::ItemsFeedback {
            thread_id,
            item_ids: vec![item],
            kind,
        };
        self.chatkit::<Value>(&request).await.map(drop)
    }

    /// Announces a file, and sends its bytes.
    pub async fn attach(&self, file: &File) -> Result<Attachment, Failure> {
        #[expect(
            clippy::cast_possible_truncation,
            reason = "bytes of a file, a whole number"
        )]
        let size = file.size() as i64;
        let request = Request::AttachmentsCreate {
            name: file.name(),
            size,
            mime_type: file.type_(),
        };
        let announced: Attachment = self.chatkit(&request).await?;
        let path = format!("/api/attachments/{}", announced.id);
        self.send(Call::new("PUT", &path).bytes(file)).await?;
        Ok(announced)
    }

    /// Takes a file back that was not sent with a message.
    pub async fn detach(&self, id: &str) -> Result<(), Failure> {
        let request = Request::AttachmentsDelete {
            attachment_id: id.to_owned(),
        };
        self.chatkit::<Value>(&request).await.map(drop)
    }

    /// The words of a recording.
    pub async fn transcribe(
        &self,
        audio_base64: String,
        mime_type: String,
    ) -> Result<String, Failure> {
        let request = Request::InputTranscribe {
            audio_base64,
            mime_type,
        };
        let transcript: Transcript = self.chatkit(&request).await?;
        Ok(transcript.text)
    }

    async fn chatkit<T: Read>(&self, request: &Request) -> Result<T, Failure> {
        self.json(Call::new("POST", PATH).json(request)).await
    }
}
