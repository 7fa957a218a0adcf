//! From speech to text.

use agent::{Transcript, Usage};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use store::spending::{self, Budget};

use crate::attachments::essence;
use crate::costs::{Taken, is_paid, tokens_in};
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
        let guess = guess(bytes.len(), &kind);
        let expected = Taken {
            usage: heard(guess, 0),
            is_estimate: true,
        };
        let now = (self.clock)();
        let spent = |taken| self.costs.spent_by(transcriber.name(), taken, now);
        let budget = Budget {
            // Where nothing is left it is refused, whatever it costs.
            expected: spent(expected).cost.max(1),
            most: self.costs.daily,
            most_of_person: self.costs.daily_per_user,
            own_models: false,
        };
        let tx = self.db.begin(visit.scope());
        if spending::ask(tx, &budget, now).await? {
            return Err(Error::ModelsOff);
        }
        let transcript = transcriber.transcribe(bytes, &kind).await;
        let taken = match &transcript {
            Ok(transcript) => Some(taken(transcript, guess)),
            Err(fault) => is_paid(fault).then_some(expected),
        };
        if let Some(taken) = taken {
            // Who has spoken gets their words, even if the database is away by now.
            let _ = spending::add(self.db.begin(visit.scope()), &spent(taken)).await;
        }
        let transcript = transcript.map_err(|_| Error::ModelUnavailable)?;
        Ok(transcript.text)
    }
}

/// Milliseconds of a recording, by what browsers make: 32 kbit/s, or 16,000 samples of 16 bits.
fn guess(bytes: usize, kind: &str) -> u64 {
    let bytes = u64::try_from(bytes).unwrap_or(u64::MAX);
    match kind {
        "audio/wav" => bytes / 32,
        _ => bytes / 4,
    }
}

fn taken(transcript: &Transcript, guess: u64) -> Taken {
    let told = transcript.usage.unwrap_or_default();
    let mut taken = Taken::told_or(told, || {
        let millis = transcript.millis.unwrap_or(guess);
        heard(millis, transcript.text.len())
    });
    taken.is_estimate &= transcript.millis.is_none();
    taken
}

/// OpenAI counts ten tokens for a second of speech. A server that counts seconds is priced so, too.
fn heard(millis: u64, written: usize) -> Usage {
    Usage {
        input: millis.div_ceil(100),
        output: tokens_in(written),
    }
}
