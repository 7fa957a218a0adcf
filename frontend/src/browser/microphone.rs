//! The microphone: one recording at a time, kept in memory and given to nobody but the caller.

use js_sys::{Array, Promise, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Blob, BlobEvent, MediaRecorder, MediaStream, MediaStreamConstraints, MediaStreamTrack,
};

use super::window;

/// Whether a page may ask for the microphone at all. One that is not served securely may not.
pub fn has_microphone() -> bool {
    window().is_some_and(|window| {
        let has = |target: &JsValue, name: &str| Reflect::has(target, &name.into()) == Ok(true);
        has(&window, "MediaRecorder") && has(&window.navigator(), "mediaDevices")
    })
}

/// What is being said. The microphone is free again when it goes.
pub struct Recording {
    recorder: MediaRecorder,
    stream: MediaStream,
    /// Kept with everything that was recorded, once that has ended.
    whole: Promise,
}

impl Recording {
    /// Begins to listen, if the person and the browser let it.
    pub async fn begin() -> Option<Self> {
        let devices = window()?.navigator().media_devices().ok()?;
        let wanted = MediaStreamConstraints::new();
        wanted.set_audio(&JsValue::TRUE);
        let stream = devices.get_user_media_with_constraints(&wanted).ok()?;
        let stream: MediaStream = JsFuture::from(stream).await.ok()?.dyn_into().ok()?;
        let Ok(recorder) = MediaRecorder::new_with_media_stream(&stream) else {
            release(&stream);
            return None;
        };
        let whole = Promise::new(&mut |resolve, _| recorder.set_ondataavailable(Some(&resolve)));
        let recording = Self {
            recorder,
            stream,
            whole,
        };
        recording.recorder.start().ok()?;
        Some(recording)
    }

    /// Ends it, and gives what was recorded.
    pub async fn end(self) -> Option<Blob> {
        // One that has ended by itself, its device being gone, has said its last as well.
        let _ = self.recorder.stop();
        let last = JsFuture::from(self.whole.clone()).await.ok()?;
        last.dyn_into::<BlobEvent>().ok()?.data()
    }
}

impl Drop for Recording {
    fn drop(&mut self) {
        release(&self.stream);
    }
}

fn release(stream: &MediaStream) {
    let tracks: Array = stream.get_tracks();
    for track in tracks.iter() {
        track.unchecked_into::<MediaStreamTrack>().stop();
    }
}

/// The bytes of a blob as text.
pub async fn base64(blob: &Blob) -> Option<String> {
    let bytes = JsFuture::from(blob.array_buffer()).await.ok()?;
    let bytes = Uint8Array::new(&bytes).to_vec();
    let letters: String = bytes.into_iter().map(char::from).collect();
    window()?.btoa(&letters).ok()
}
