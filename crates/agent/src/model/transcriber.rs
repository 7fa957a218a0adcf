//! From speech to text, by a server that speaks OpenAI's transcription API.

use std::time::Duration;

use reqwest::multipart::{Form, Part};
use serde_json::Value;

use super::{Endpoint, ModelError, http};

/// Longest wait for a transcript.
const PATIENCE: Duration = Duration::from_secs(30);

/// A model that listens.
pub struct Transcriber(Endpoint);

impl Transcriber {
    pub const fn at(endpoint: Endpoint) -> Self {
        Self(endpoint)
    }

    /// The words of a recording. `kind` is its media type without parameters.
    ///
    /// # Errors
    /// If the server cannot be reached, or refuses.
    pub async fn transcribe(&self, audio: Vec<u8>, kind: &str) -> Result<String, ModelError> {
        tokio::time::timeout(PATIENCE, self.send(audio, kind))
            .await
            .map_err(|_| ModelError::Stalled)?
    }

    async fn send(&self, audio: Vec<u8>, kind: &str) -> Result<String, ModelError> {
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
        let text = body["text"].as_str().ok_or(ModelError::NotAStream)?;
        Ok(text.to_owned())
    }
}
