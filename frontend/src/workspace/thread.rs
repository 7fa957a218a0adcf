//! One conversation in the list: opened, renamed, deleted.

use wasm_split_helpers::wasm_split;
use web_sys::HtmlInputElement;
use yew::{
    AttrValue, Callback, Event, FocusEvent, Html, KeyboardEvent, MouseEvent, Properties,
    TargetCast, UseStateHandle, component, html, use_callback, use_effect_with, use_node_ref,
    use_state_eq,
};

use crate::api::Failure;
use crate::chat::{ChatLink, ThreadName};
use crate::components::{Button, IconButton, Voice, use_voice};
use crate::icon::Glyph;
use crate::parts::{Draw, Part, Room, later};
use crate::route::Route;
use crate::text::Text;

/// Characters that a title may have.
const LONGEST: &str = "200";

#[derive(Properties, PartialEq)]
pub(super) struct ThreadRowProps {
    pub name: ThreadName,
    pub is_current: bool,
    pub open: Callback<Route>,
    pub link: ChatLink,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Doing {
    Nothing,
    Renaming,
    /// Asking whether it is really to be deleted, since that cannot be undone.
    Deleting,
}

#[component]
pub(super) fn ThreadRow(props: &ThreadRowProps) -> Html {
    let doing = use_state_eq(|| Doing::Nothing);
    let voice = use_voice();
    let to = |next: Doing| {
        let doing = doing.clone();
        Callback::from(move |_: MouseEvent| doing.set(next))
    };
    let (id, say) = (props.name.id.clone(), voice.clone());
    let export = props.link.on(move |link, _: MouseEvent| {
        link.export_thread(id.clone(), say.clone());
    });
    let view = match *doing {
        Doing::Renaming => {
            let (name, link) = (props.name.clone(), props.link.clone());
            let props = RenameProps { name, link, doing };
            later("rename", || Box::pin(field()), Room::Part, props)
        }
        Doing::Deleting => sure(props, voice, to(Doing::Nothing)),
        Doing::Nothing => html! {
            <>
                {address(props)}
                <span class="rail-tools">
                    {tool(props, Glyph::Pencil, Text::RenameThread).onclick(to(Doing::Renaming)).view()}
                    {tool(props, Glyph::ArrowDown, Text::ExportThread).onclick(export).view()}
                    {tool(props, Glyph::Trash, Text::DeleteThread).onclick(to(Doing::Deleting)).view()}
                </span>
            </>
        },
    };
    html! { <li class="rail-row">{view}</li> }
}

fn title(props: &ThreadRowProps) -> AttrValue {
    let title = props.name.title.clone();
    title.unwrap_or_else(|| Text::Untitled.into())
}

fn address(props: &ThreadRowProps) -> Html {
    let route = Route::Chat(props.name.id.clone());
    let href = route.path();
    let open = props.open.clone();
    let onclick = Callback::from(move |event: MouseEvent| {
        // A press with a modifier is the browser's: it opens another tab or window.
        if !(event.ctrl_key() || event.meta_key() || event.shift_key()) {
            event.prevent_default();
            open.emit(route.clone());
        }
    });
    let current = props.is_current.then_some("page");
    html! { <a {href} {onclick} aria-current={current} dir="auto">{title(props)}</a> }
}

fn tool(props: &ThreadRowProps, glyph: Glyph, text: Text) -> IconButton {
    IconButton::new(glyph, text.with(&[("title", &title(props))])).class("small")
}

fn sure(props: &ThreadRowProps, voice: Voice, cancel: Callback<MouseEvent>) -> Html {
    let id = props.name.id.clone();
    let open = props.is_current.then(|| props.open.clone());
    let delete = props.link.on(move |link, _: MouseEvent| {
        link.delete_thread(id.clone(), voice.clone());
        if let Some(open) = &open {
            open.emit(Route::Home);
        }
    });
    html! {
        <div class="rail-sure" role="group">
            <p>{Text::DeleteThread.with(&[("title", &title(props))])}</p>
            {Button::new(Text::Delete).danger().onclick(delete).view()}
            {Button::new(Text::Cancel).quiet().onclick(cancel).view()}
        </div>
    }
}

#[derive(Clone, Properties, PartialEq)]
struct RenameProps {
    name: ThreadName,
    link: ChatLink,
    doing: UseStateHandle<Doing>,
}

#[wasm_split(list, fallible)]
fn field() -> Result<Part, Failure> {
    static DRAW: Draw<RenameProps> = |props| html! { <Rename ..props /> };
    Ok(&DRAW)
}

/// Enter and leaving the field keep what is typed, Escape does not.
#[component]
fn Rename(props: &RenameProps) -> Html {
    let node = use_node_ref();
    let voice = use_voice();
    use_effect_with(node.clone(), |node| {
        if let Some(input) = node.cast::<HtmlInputElement>() {
            let _ = input.focus();
            input.select();
        }
    });
    let deps = (
        props.name.clone(),
        props.link.clone(),
        props.doing.clone(),
        voice,
    );
    let save = use_callback(deps, |title: String, (name, link, doing, voice)| {
        let title = title.trim().to_owned();
        if !title.is_empty() && name.title.as_deref() != Some(title.as_str()) {
            link.rename_thread(name.id.clone(), title, voice.clone());
        }
        doing.set(Doing::Nothing);
    });
    let value = |event: &Event| {
        let input = event.target_dyn_into::<HtmlInputElement>();
        input.map(|input| input.value()).unwrap_or_default()
    };
    let onblur = save.reform(move |event: FocusEvent| value(&event));
    let doing = props.doing.clone();
    let onkeydown = Callback::from(move |event: KeyboardEvent| match event.key().as_str() {
        "Enter" if !event.is_composing() => save.emit(value(&event)),
        "Escape" => {
            event.stop_propagation();
            doing.set(Doing::Nothing);
        }
        _ => {}
    });
    let title = props.name.title.clone().unwrap_or_default();
    html! {
        <input
            ref={node}
            class="rail-rename"
            aria-label={Text::Title}
            value={title}
            maxlength={LONGEST}
            dir="auto"
            {onblur}
            {onkeydown}
        />
    }
}
