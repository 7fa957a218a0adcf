//! Files that go with a message.

use protocol::chatkit::Attachment;
use wasm_bindgen_futures::spawn_local;
use wasm_split_helpers::wasm_split;
use web_sys::HtmlInputElement;
use yew::{
    Callback, Event, Html, MouseEvent, TargetCast, UseStateHandle, hook, html, use_callback,
    use_mut_ref, use_state,
};

use crate::api::{Api, Failure};
use crate::browser;
use crate::chat::link::ChatLink;
use crate::components::{IconButton, Voice, use_voice};
use crate::icon::{Glyph, icon};
use crate::parts::Doing;
use crate::text::Text;

/// What the server takes.
const KINDS: &str = "image/png,image/jpeg,image/gif,image/webp,text/plain,text/csv,text/markdown";

/// The files that were chosen and not sent yet.
#[derive(Clone)]
pub(super) struct Files {
    shown: UseStateHandle<Vec<Attachment>>,
    /// As they are at this moment, which is ahead of what is drawn.
    newest: std::rc::Rc<std::cell::RefCell<Vec<Attachment>>>,
}

#[hook]
pub(super) fn use_files() -> Files {
    Files {
        shown: use_state(Vec::new),
        newest: use_mut_ref(Vec::new),
    }
}

impl Files {
    /// Their ids, which are then the message's.
    pub(super) fn take(&self) -> Vec<String> {
        let files = self.newest.take();
        self.shown.set(Vec::new());
        files.into_iter().map(|file| file.id).collect()
    }

    fn change(&self, change: impl FnOnce(&mut Vec<Attachment>)) {
        change(&mut self.newest.borrow_mut());
        self.shown.set(self.newest.borrow().clone());
    }

    /// The files, each with the way to take it back.
    pub(super) fn view(&self, link: &ChatLink) -> Html {
        if self.shown.is_empty() {
            return html! {};
        }
        let file = |file: &Attachment| {
            let (files, id) = (self.clone(), file.id.clone());
            let remove = link.on(move |link, _: MouseEvent| {
                files.change(|all| all.retain(|known| known.id != id));
                let (api, id) = (link.api().clone(), id.clone());
                // What is left behind goes with the next sweep.
                spawn_local(async move { drop(api.detach(&id).await) });
            });
            let label = Text::RemoveFile.with(&[("name", &file.name)]);
            let button = IconButton::new(Glyph::Close, label).class("small");
            html! {
                <li key={file.id.clone()}>
                    {icon(Glyph::Clip)}<span dir="auto">{file.name.clone()}</span>
                    {button.onclick(remove).view()}
                </li>
            }
        };
        html! { <ul class="files" aria-label={Text::Files}>{ for self.shown.iter().map(file) }</ul> }
    }
}

/// The way to choose files.
#[hook]
pub(super) fn use_choose_files(files: &Files, link: &ChatLink) -> Html {
    let voice = use_voice();
    let files = files.clone();
    let onchange = use_callback((link.clone(), voice), move |event: Event, (link, voice)| {
        let input = event.target_dyn_into::<HtmlInputElement>();
        let Some(list) = input.as_ref().and_then(HtmlInputElement::files) else {
            return;
        };
        for file in (0..list.length()).filter_map(|place| list.get(place)) {
            upload(file, &files, link, voice);
        }
    });
    html! {
        <label class="icon-button clip" title={Text::AttachFile}>
            <input type="file" class="unseen" multiple=true accept={KINDS} aria-label={Text::AttachFile} {onchange} />
            {icon(Glyph::Clip)}
        </label>
    }
}

fn upload(file: web_sys::File, files: &Files, link: &ChatLink, voice: &Voice) {
    let (files, api, voice) = (files.clone(), link.api().clone(), voice.clone());
    spawn_local(async move {
        match uploader().await {
            Ok(upload) => upload(file, files, api, voice).await,
            Err(failure) => voice.show(failure.sentence()),
        }
    });
}

type Upload = fn(web_sys::File, Files, Api, Voice) -> Doing;

#[wasm_split(talk, fallible)]
fn uploader() -> Result<Upload, Failure> {
    Ok(|file, files, api, voice| {
        Box::pin(async move {
            match api.attach(&file).await {
                Ok(attached) => files.change(|all| all.push(attached)),
                Err(failure) => voice.show(failure.sentence()),
            }
        })
    })
}

/// The files of a message that was sent, to be looked at again.
pub(super) fn sent_files(files: &[Attachment], link: &ChatLink) -> Html {
    if files.is_empty() {
        return html! {};
    }
    let file = |file: &Attachment| {
        let (path, name) = (format!("/api/attachments/{}", file.id), file.name.clone());
        let open: Callback<MouseEvent> = link.on(move |link, _| {
            let (api, path, name) = (link.api().clone(), path.clone(), name.clone());
            spawn_local(async move {
                if let Ok(content) = api.file(&path).await {
                    browser::save(&content, &name);
                }
            });
        });
        html! {
            <li key={file.id.clone()}>
                <button type="button" class="offer" dir="auto" onclick={open}>
                    {icon(Glyph::Clip)}{file.name.clone()}
                </button>
            </li>
        }
    };
    html! { <ul class="files" aria-label={Text::Files}>{ for files.iter().map(file) }</ul> }
}
