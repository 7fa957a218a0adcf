//! Models: anything that speaks the Chat Completions or the Responses API, and the built-in
//! assistant behind the same client.

mod accumulate;
mod builtin;
mod error;
mod http;
mod request;
mod responses;
mod transcriber;
mod wire;

use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use async_openai::Client;
use async_openai::config::OpenAIConfig;
use async_openai::error::OpenAIError;
use async_openai::traits::RequestOptionsBuilder as _;
use futures_util::{Stream, StreamExt, stream};
use rmcp::model::Tool;
use serde_json::Value;

pub use self::error::ModelError;
use self::http::Guard;
pub use self::http::Patience;
pub use self::transcriber::{Transcriber, Transcript};
use self::wire::{Chat, Reading, Responses, Wire};
use crate::{Catalogue, Message, Native, Reach};

/// Where a model is to be found.
#[derive(Clone)]
pub struct Endpoint {
    pub model: String,
    pub base_url: String,
    pub api_key: String,
}

/// What a model server speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Api {
    ChatCompletions,
    Responses,
}

impl Api {
    /// OpenAI has both and is at its best with its own; elsewhere the older one is spoken.
    pub fn of(base_url: &str) -> Self {
        let host = base_url.split("://").nth(1).unwrap_or_default();
        let host = host.split(['/', ':']).next().unwrap_or_default();
        match host {
            "api.openai.com" => Self::Responses,
            _ => Self::ChatCompletions,
        }
    }
}

/// A model that can be asked.
#[derive(Clone)]
pub struct Model {
    name: String,
    client: Client<OpenAIConfig>,
    wire: Arc<dyn Wire>,
    silence: Duration,
    builtin: bool,
    /// The `traceparent` of what is asked.
    trace: Option<String>,
}

/// A piece of an answer.
#[derive(Clone, Debug, PartialEq)]
pub enum ModelEvent {
    Text(String),
    /// What an answer took that is not whole; an error follows.
    Used(Usage),
    /// The last event of a stream that came to its end.
    Finished(Finished),
}

/// A whole answer.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Finished {
    pub text: String,
    /// Names and arguments of the tools to call.
    pub calls: Vec<(String, Value)>,
    /// The same in the words of the server, if it wants them back.
    pub native: Option<Native>,
    pub usage: Usage,
}

impl Finished {
    /// Characters that the model has written.
    pub fn weight(&self) -> usize {
        let calls = self.calls.iter();
        let calls = calls.map(|(name, arguments)| name.len() + arguments.to_string().len());
        self.text.len() + calls.sum::<usize>()
    }
}

/// Tokens, as far as the server counted them: none are none that it told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Usage {
    pub input: u64,
    pub output: u64,
}

/// All that a model is asked with.
struct Asking<'a> {
    model: &'a str,
    instructions: &'a str,
    messages: &'a [Message],
    tools: &'a [Tool],
    /// Without it the model can do nothing but answer.
    may_call: bool,
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
            wire: Arc::new(Chat),
            silence: Patience::default().silence,
            builtin: true,
            trace: None,
        }
    }

    /// A server, in the language that it speaks by its address.
    pub fn at(endpoint: Endpoint) -> Self {
        let api = Api::of(&endpoint.base_url);
        Self::speaking(api, endpoint, Patience::default())
    }

    /// A server that a person has named.
    ///
    /// # Errors
    /// If it is where it may not be.
    pub fn of_person(endpoint: Endpoint, reach: Reach) -> Result<Self, &'static str> {
        crate::checked_address(&endpoint.base_url, reach)?;
        let api = Api::of(&endpoint.base_url);
        Ok(match reach {
            Reach::Anywhere => Self::speaking(api, endpoint, Patience::default()),
            Reach::Public => {
                Self::through(http::public_network(), api, endpoint, Patience::default())
            }
        })
    }

    pub fn speaking(api: Api, endpoint: Endpoint, patience: Patience) -> Self {
        Self::through(http::network(), api, endpoint, patience)
    }

    fn through(client: reqwest::Client, api: Api, endpoint: Endpoint, patience: Patience) -> Self {
        // The client makes headers of the key, and panics over what cannot stand in one.
        let visible = |letter: &char| letter.is_ascii_graphic();
        let config = OpenAIConfig::new()
            .with_api_base(endpoint.base_url.trim().trim_end_matches('/'))
            .with_api_key(endpoint.api_key.chars().filter(visible).collect::<String>());
        let guard = Guard {
            client: client.clone(),
            patience,
        };
        Self {
            name: endpoint.model,
            client: Client::build(client, config).with_http_service(guard),
            wire: match api {
                Api::ChatCompletions => Arc::new(Chat),
                Api::Responses => Arc::new(Responses),
            },
            silence: patience.silence,
            builtin: false,
            trace: None,
        }
    }

    /// The same model, that is told of the trace to which its answers belong.
    #[must_use]
    pub fn traced(&self, header: String) -> Self {
        Self {
            trace: Some(header),
            ..self.clone()
        }
    }

    pub fn name(&self) -> &str {
        &self.name
    }

    /// Whether this is the built-in assistant, which has to be labelled wherever it speaks.
    pub const fn is_builtin(&self) -> bool {
        self.builtin
    }

    /// Asks for the next message of a conversation; without `may_call` it has to be an answer.
    /// The stream ends with [`ModelEvent::Finished`] or an error, never silently.
    pub fn ask(
        &self,
        instructions: &str,
        messages: &[Message],
        tools: Option<&Catalogue>,
        may_call: bool,
    ) -> ModelStream {
        let body = self.wire.body(&Asking {
            model: &self.name,
            instructions,
            messages,
            tools: tools.map_or(&[], Catalogue::tools),
            may_call,
        });
        let (client, path) = (self.client.clone(), self.wire.path());
        let (reader, silence) = (self.wire.reader(&self.name), self.silence);
        let trace = self.trace.clone();
        let opened = async move {
            let mut chat = client.chat().path(path)?;
            if let Some(trace) = trace {
                chat = chat.header("traceparent", trace)?;
            }
            chat.create_stream_byot::<Value, Value>(body).await
        };
        // Opening has a patience of its own, for each attempt.
        let answer = async move {
            match opened.await {
                Ok(chunks) => fold(chunks.filter_map(chunk_of).boxed(), reader, silence),
                Err(error) => stream::once(async { Err(ModelError::from(error)) }).boxed(),
            }
        };
        stream::once(answer).flatten().boxed()
    }
}

/// `[DONE]` with a space behind it is no JSON to the client; the end it is all the same.
async fn chunk_of(chunk: Result<Value, OpenAIError>) -> Option<Result<Value, ModelError>> {
    match chunk {
        Err(OpenAIError::JSONDeserialize(_, text)) if text.trim() == "[DONE]" => None,
        chunk => Some(chunk.map_err(ModelError::from)),
    }
}

type Chunks = Pin<Box<dyn Stream<Item = Result<Value, ModelError>> + Send>>;

fn fold(chunks: Chunks, answer: Box<dyn Reading>, silence: Duration) -> ModelStream {
    let state = Fold::Reading(chunks, answer);
    Box::pin(stream::unfold(state, move |state| async move {
        let (mut chunks, mut answer) = match state {
            Fold::Reading(chunks, answer) => (chunks, answer),
            Fold::Failed(error) => return Some((Err(error), Fold::Over)),
            Fold::Over => return None,
        };
        loop {
            let chunk = tokio::time::timeout(silence, chunks.next()).await;
            let step = match chunk {
                Err(_) => Err(ModelError::Stalled),
                Ok(None) => {
                    let used = answer.used();
                    return Some(match answer.finish() {
                        Ok(finished) => (Ok(ModelEvent::Finished(finished)), Fold::Over),
                        Err(error) => failed(used, error),
                    });
                }
                Ok(Some(chunk)) => chunk.and_then(|chunk| answer.add(&chunk)),
            };
            match step {
                Ok(text) if text.is_empty() => {}
                Ok(text) => {
                    return Some((Ok(ModelEvent::Text(text)), Fold::Reading(chunks, answer)));
                }
                Err(error) => return Some(failed(answer.used(), error)),
            }
        }
    }))
}

/// How far an answer is read.
enum Fold {
    Reading(Chunks, Box<dyn Reading>),
    /// What is still to be told.
    Failed(ModelError),
    Over,
}

fn failed(used: Usage, error: ModelError) -> (Result<ModelEvent, ModelError>, Fold) {
    match used == Usage::default() {
        true => (Err(error), Fold::Over),
        false => (Ok(ModelEvent::Used(used)), Fold::Failed(error)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_openai_is_asked_by_its_own_api() {
        assert_eq!(Api::of("https://api.openai.com/v1"), Api::Responses);
        for other in [
            "https://openrouter.ai/api/v1",
            "http://127.0.0.1:11434/v1",
            "https://api.openai.com.example.org/v1",
            "",
        ] {
            assert_eq!(Api::of(other), Api::ChatCompletions, "{other}");
        }
    }
}
