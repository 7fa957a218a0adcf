//! From speech to text.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use store::spending::{self, Budget};

use crate::attachments::essence;
use crate::{Chat, Error, Visit};

const AUDIO: [&str; 6] = [
    "audio/webm",
    "audio/ogg",
    "audio/mp4",
    "audio/mpeg",
    "audio/wav",
    "audio/x-m4a",
];

impl Chat {
    pub(crate) async fn transcribe(
        &self,
        audio: &str,
        mime_type: &str,
        visit: &Visit,
    ) -> Result<String, Error> {
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
        // What a recording costs no server says, so it is refused only where nothing is left.
        let budget = Budget {
            expected: 1,
            most: self.costs.daily,
            most_of_person: self.costs.daily_per_user,
            own_models: false,
        };
        let tx = self.db.begin(visit.scope());
        if spending::ask(tx, &budget, (self.clock)()).await? {
            return Err(Error::ModelsOff);
        }
        let text = transcriber.transcribe(bytes, &kind).await;
        text.map_err(|_| Error::ModelUnavailable)
    }
}
