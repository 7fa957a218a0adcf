//! From speech to text.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::attachments::essence;
use crate::{Chat, Error};

const AUDIO: [&str; 6] = [
    "audio/webm",
    "audio/ogg",
    "audio/mp4",
    "audio/mpeg",
    "audio/wav",
    "audio/x-m4a",
];

impl Chat {
    pub(crate) async fn transcribe(&self, audio: &str, mime_type: &str) -> Result<String, Error> {
        let transcriber = self.transcriber.as_ref().ok_or(Error::TranscriptionOff)?;
        let kind = essence(mime_type);
        if !AUDIO.contains(&kind.as_str()) {
            return Err(Error::AudioType);
        }
        let bytes = STANDARD
            .decode(audio)
            .map_err(|_| Error::Invalid("The audio is no base64."))?;
        if bytes.is_empty() {
            return Err(Error::Invalid("The recording is empty."));
        }
        let text = transcriber.transcribe(bytes, &kind).await;
        text.map_err(|_| Error::ModelUnavailable)
    }
}
