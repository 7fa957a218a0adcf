//! From speech to text, by a server that speaks OpenAI's transcription API.

use std::time::Duration;

use reqwest::multipart::{Form, Part};
use serde_json::Value;

use super::{Endpoint, ModelError, Usage, http};

/// Longest wait for a transcript.
const PATIENCE: Duration = Duration::from_secs(30);

fn millis(seconds: f64) -> u64 {
    let time = Duration::try_from_secs_f64(seconds).unwrap_or_default();
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
}

/// A model that listens.
pub struct Transcriber(Endpoint);

/// What was said, and what hearing it took.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Transcript {
    pub text: String,
    /// Where the server counts in tokens.
    pub usage: Option<Usage>,
    /// Milliseconds, where it counts in time.
    pub millis: Option<u64>,
}

impl Transcript {
    /// OpenAI's `usage`, whose `type` is `tokens` or `duration`.
    fn read(body: &Value) -> Option<Self> {
        let usage = &body["usage"];
        let count = |name: &str| usage[name].as_u64();
        let counted = count("input_tokens").map(|input| Usage {
            input,
            output: count("output_tokens").unwrap_or_default(),
        });
        Some(Self {
            text: body["text"].as_str()?.to_owned(),
            usage: counted,
            millis: usage["seconds"].as_f64().map(millis),
        })
    }
}

impl Transcriber {
    pub fn name(&self) -> &str {
        &self.0.model
    }

    pub const fn at(endpoint: Endpoint) -> Self {
        Self(endpoint)
    }

    /// The words of a recording. `kind` is its media type without parameters.
    ///
    /// # Errors
    /// If the server cannot be reached, or refuses.
    pub async fn transcribe(&self, audio: Vec<u8>, kind: &str) -> Result<Transcript, ModelError> {
        tokio::time::timeout(PATIENCE, self.send(audio, kind))
            .await
            .map_err(|_| ModelError::Stalled)?
    }

    async fn send(&self, audio: Vec<u8>, kind: &str) -> Result<Transcript, ModelError> {
        // Servers go by the ending of the name.
        let (_, ending) = kind.split_once('/').unwrap_or_default();
        let file = Part::bytes(audio)
            .file_name(format!("speech.{ending}"))
            .mime_str(kind)
            .map_err(|_| ModelError::NotAStream)?;
        let form = Form::new()
            .text("model", self.0.model.clone())
            .text("response_format", "json")
            .part("file", file);
        let base = self.0.base_url.trim_end_matches('/');
        let response = http::network()
            .post(format!("{base}/audio/transcriptions"))
            .bearer_auth(&self.0.api_key)
            .multipart(form)
            .send()
            .await
            .map_err(|_| ModelError::Unreachable)?;
        if !response.status().is_success() {
            return Err(ModelError::Refused(response.status().as_u16()));
        }
        let body = response.bytes().await.map_err(|_| ModelError::Truncated)?;
        let body: Value = serde_json::from_slice(&body).map_err(|_| ModelError::NotAStream)?;
        Transcript::read(&body).ok_or(ModelError::NotAStream)
    }
}
