//! Speaking in the place of typing.
//!
//! What is said goes to this server's own model for speech and to nobody else. The recognition
//! that browsers bring along is not used: most of them send the voice to their maker, which no
//! page of ours does.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use wasm_bindgen_futures::spawn_local;
use wasm_split_helpers::wasm_split;
use yew::{
    Callback, Html, MouseEvent, UseStateHandle, hook, html, use_callback, use_effect_with,
    use_memo, use_mut_ref, use_state_eq,
};

use crate::api::Failure;
use crate::browser::{self, Recording};
use crate::chat::link::ChatLink;
use crate::components::{IconButton, Voice, use_voice};
use crate::icon::Glyph;
use crate::parts::Doing;
use crate::text::Text;

/// Nobody dictates longer; a microphone that was forgotten is shut.
const LONGEST_MILLIS: i32 = 120_000;

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Stage {
    /// There is no microphone, or nobody who listens.
    Absent,
    Idle,
    Listening,
    WritingDown,
}

impl Stage {
    /// What is going on, where something is.
    pub(super) const fn sentence(self) -> Option<Text> {
        match self {
            Self::Absent | Self::Idle => None,
            Self::Listening => Some(Text::Listening),
            Self::WritingDown => Some(Text::WritingDown),
        }
    }
}

/// Listens, and has what was said written down.
#[derive(Clone)]
struct Dictation {
    link: ChatLink,
    voice: Voice,
    stage: UseStateHandle<Stage>,
    recording: Rc<RefCell<Option<Recording>>>,
    /// How many recordings were begun, which tells one from the next.
    count: Rc<Cell<u32>>,
    /// Takes the words.
    heard: Callback<String>,
}

impl PartialEq for Dictation {
    fn eq(&self, other: &Self) -> bool {
        self.link == other.link && self.stage == other.stage && self.heard == other.heard
    }
}

/// The button to speak, where that is possible, and how far it is.
#[hook]
pub(super) fn use_dictation(link: &ChatLink, heard: &Callback<String>) -> (Html, Stage) {
    let stage = use_state_eq(|| Stage::Absent);
    let (api, offer) = (link.api().clone(), stage.setter());
    use_effect_with((), move |()| {
        if browser::has_microphone() {
            spawn_local(async move {
                if matches!(api.model().await, Ok(settings) if settings.dictation) {
                    offer.set(Stage::Idle);
                }
            });
        }
    });
    let recording = use_mut_ref(|| None);
    let open = Rc::clone(&recording);
    use_effect_with((), move |()| move || drop(open.take()));
    let dictation = Dictation {
        link: link.clone(),
        voice: use_voice(),
        stage: stage.clone(),
        recording,
        count: use_memo((), |()| Cell::new(0)),
        heard: heard.clone(),
    };
    let onclick = use_callback(dictation, |_: MouseEvent, dictation| dictation.press());
    let label = match *stage {
        Stage::Absent => return (html! {}, *stage),
        Stage::Idle | Stage::WritingDown => Text::Dictate,
        Stage::Listening => Text::EndDictation,
    };
    let button = IconButton::new(Glyph::Microphone, label).class("microphone");
    let button = button.pressed(*stage == Stage::Listening);
    let button = button.disabled(*stage == Stage::WritingDown);
    (button.onclick(onclick).view(), *stage)
}

#[wasm_split(talk, fallible)]
fn dictate() -> Result<fn(Dictation) -> Doing, Failure> {
    Ok(|dictation| Box::pin(dictation.go_on()))
}

impl Dictation {
    fn press(&self) {
        let dictation = self.clone();
        spawn_local(async move {
            match dictate().await {
                Ok(act) => act(dictation).await,
                Err(failure) => dictation.voice.show(failure.sentence()),
            }
        });
    }

    async fn go_on(self) {
        match *self.stage {
            Stage::Idle => self.begin().await,
            Stage::Listening => self.end().await,
            Stage::Absent | Stage::WritingDown => {}
        }
    }

    async fn begin(self) {
        let Some(recording) = Recording::begin().await else {
            return self.voice.show(Text::NoMicrophone.into());
        };
        let number = self.count.get() + 1;
        self.count.set(number);
        self.recording.replace(Some(recording));
        self.stage.set(Stage::Listening);
        self.voice.say(Text::Listening);
        browser::wait(LONGEST_MILLIS).await;
        if self.count.get() == number {
            self.end().await;
        }
    }

    async fn end(&self) {
        let Some(recording) = self.recording.take() else {
            return;
        };
        self.stage.set(Stage::WritingDown);
        let words = self.write_down(recording).await;
        self.stage.set(Stage::Idle);
        match words {
            Some(words) if words.is_empty() => self.voice.show(Text::NothingHeard.into()),
            Some(words) => {
                self.heard.emit(words);
                self.voice.say(Text::WrittenDown);
            }
            None => {}
        }
    }

    /// The words, without spaces around them; a failure is said.
    async fn write_down(&self, recording: Recording) -> Option<String> {
        let Some(audio) = recording.end().await.filter(|audio| audio.size() > 0.0) else {
            return Some(String::new());
        };
        let text = browser::base64(&audio).await?;
        match self.link.api().transcribe(text, audio.type_()).await {
            Ok(words) => Some(words.trim().to_owned()),
            Err(failure) => {
                self.voice.show(failure.sentence());
                None
            }
        }
    }
}
