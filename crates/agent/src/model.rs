//! Models: anything that speaks the Chat Completions API, and the built-in assistant behind the
//! same client.

mod accumulate;
mod builtin;
mod error;
mod http;
mod request;
mod transcriber;

use std::pin::Pin;
use std::time::Duration;

use async_openai::Client;
use async_openai::config::OpenAIConfig;
use futures_util::{Stream, StreamExt, stream};
use serde_json::Value;

use self::accumulate::Accumulator;
pub use self::error::ModelError;
pub use self::transcriber::Transcriber;
use crate::{Message, Toolbox};

/// Longest silence in a stream.
const SILENCE: Duration = Duration::from_secs(30);

/// Where a model is to be found.
#[derive(Clone)]
pub struct Endpoint {
    pub model: String,
    pub base_url: String,
    pub api_key: String,
}

/// A model that can be asked.
#[derive(Clone)]
pub struct Model {
    name: String,
    client: Client<OpenAIConfig>,
    builtin: bool,
}

/// A piece of an answer.
#[derive(Clone, Debug, PartialEq)]
pub enum ModelEvent {
    Text(String),
    /// The last event of a stream that came to its end.
    Finished(Finished),
}

/// A whole answer.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Finished {
    pub text: String,
    /// Names and arguments of the tools to call.
    pub calls: Vec<(String, Value)>,
}

pub type ModelStream = Pin<Box<dyn Stream<Item = Result<ModelEvent, ModelError>> + Send>>;

impl Model {
    /// The built-in assistant: no network, no key, English task commands.
    pub fn builtin() -> Self {
        let config = OpenAIConfig::new()
            .with_api_base("http://builtin.invalid")
            .with_api_key("none");
        Self {
            name: rules::MODEL.to_owned(),
            client: Client::build(http::no_network(), config).with_http_service(builtin::Builtin),
            builtin: true,
        }
    }

    /// A server that speaks Chat Completions.
    pub fn at(endpoint: Endpoint) -> Self {
        let config = OpenAIConfig::new()
            .with_api_base(endpoint.base_url.trim_end_matches('/'))
            .with_api_key(endpoint.api_key);
        let network = http::network();
        Self {
            name: endpoint.model,
            client: Client::build(network.clone(), config).with_http_service(http::Guard(network)),
            builtin: false,
        }
    }

    pub fn name(&self) -> &str {
        &self.name
    }

    /// Whether this is the built-in assistant, which has to be labelled wherever it speaks.
    pub const fn is_builtin(&self) -> bool {
        self.builtin
    }

    /// Asks for the next message of a conversation. The stream ends with
    /// [`ModelEvent::Finished`] or an error, never silently.
    pub fn ask(
        &self,
        instructions: &str,
        messages: &[Message],
        toolbox: Option<&Toolbox>,
    ) -> ModelStream {
        let tools = toolbox.map_or(&[][..], Toolbox::tools);
        let body = request::body(&self.name, instructions, messages, tools);
        let client = self.client.clone();
        let opened = async move {
            let opened = client.chat().create_stream_byot::<Value, Value>(body).await;
            match opened {
                Ok(chunks) => chunks.map(|chunk| chunk.map_err(ModelError::from)).boxed(),
                Err(error) => stream::once(async { Err(ModelError::from(error)) }).boxed(),
            }
        };
        fold(stream::once(opened).flatten().boxed())
    }
}

type Chunks = Pin<Box<dyn Stream<Item = Result<Value, ModelError>> + Send>>;

fn fold(chunks: Chunks) -> ModelStream {
    let state = Some((chunks, Accumulator::default()));
    Box::pin(stream::unfold(state, |state| async {
        let (mut chunks, mut answer) = state?;
        loop {
            let chunk = tokio::time::timeout(SILENCE, chunks.next()).await;
            let step = match chunk {
                Err(_) => Err(ModelError::Stalled),
                Ok(None) => return Some((answer.finish().map(ModelEvent::Finished), None)),
                Ok(Some(chunk)) => chunk.and_then(|chunk| answer.add(&chunk)),
            };
            match step {
                Ok(text) if text.is_empty() => {}
                Ok(text) => return Some((Ok(ModelEvent::Text(text)), Some((chunks, answer)))),
                Err(error) => return Some((Err(error), None)),
            }
        }
    }))
}
