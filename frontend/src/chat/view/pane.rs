//! One conversation: its head, what was said, and where to say more.

use std::rc::Rc;

use protocol::ErrorCode;
use yew::{
    AttrValue, Callback, Html, MouseEvent, Properties, component, html, use_callback,
    use_effect_with, use_mut_ref,
};

use super::composer::Composer;
use super::start::Start;
use super::transcript::Transcript;
use crate::api::Failure;
use crate::browser;
use crate::chat::conversation::{Conversation, History, Place};
use crate::chat::link::use_chat_link;
use crate::chat::turn::Ask;
use crate::components::{Bars, Button, IconButton, Look, use_voice};
use crate::gate::VerifiedUser;
use crate::icon::{Glyph, Icon};
use crate::route::{Route, use_go};
use crate::text::Text;

#[derive(Properties, PartialEq)]
pub struct ChatPaneProps {
    /// Nobody can mount the chat without one (FR-002).
    pub user: VerifiedUser,
    pub chat: Rc<Conversation>,
    /// Shows the list of conversations, where it is not on the screen.
    pub on_threads: Callback<()>,
}

#[component]
pub fn ChatPane(props: &ChatPaneProps) -> Html {
    let link = use_chat_link();
    use_announcements(&props.chat);
    let deps = (link, Rc::clone(&props.chat));
    let ask: Callback<Ask> = use_callback(deps, |ask, (link, chat)| link.ask(chat, ask));
    let say = ask.reform(Ask::Message);
    let begin = say.reform(|words| {
        // The button that was pressed goes away with the start screen.
        browser::focus("message");
        words
    });
    let view = match &props.chat.history {
        History::Loading if props.chat.entries.is_empty() => html! { <Loading /> },
        History::Failed(failure) => html! {
            <Lost failure={failure.clone()} place={props.chat.place} />
        },
        _ if props.chat.entries.is_empty() && props.chat.turns.is_empty() => html! {
            <Start user={&props.user} say={begin} />
        },
        _ => html! { <Transcript chat={Rc::clone(&props.chat)} {ask} /> },
    };
    html! {
        <section class="chat" aria-labelledby="chat-title">
            <Head title={props.chat.title.clone()} on_threads={props.on_threads.clone()} />
            {view}
            <Composer chat={Rc::clone(&props.chat)} {say} />
        </section>
    }
}

/// Says when an answer begins and when it is there, and nothing in between.
#[yew::hook]
fn use_announcements(chat: &Conversation) {
    let voice = use_voice();
    let was_live = use_mut_ref(|| false);
    let now = (chat.live().is_some(), chat.breakdown.is_some());
    use_effect_with((now, voice), move |((is_live, is_broken), voice)| {
        let was_live = was_live.replace(*is_live);
        match (was_live, is_live, is_broken) {
            (false, true, _) => voice.say(Text::AnswerBegins.into()),
            (true, false, true) => voice.say(Text::AnswerBroke.into()),
            (true, false, false) => voice.say(Text::AnswerDone.into()),
            _ => {}
        }
    });
}

#[derive(Properties, PartialEq)]
struct HeadProps {
    title: Option<AttrValue>,
    on_threads: Callback<()>,
}

#[component]
fn Head(props: &HeadProps) -> Html {
    let go = use_go();
    let threads = props.on_threads.reform(|_: MouseEvent| ());
    let new = go.reform(|_: MouseEvent| Route::Home);
    let title = props.title.clone();
    html! {
        <header class="chat-head">
            <IconButton glyph={Glyph::Clock} label={AttrValue::from(Text::Conversations)} class="threads-button" onclick={threads} />
            <h2 id="chat-title" dir="auto">{title.unwrap_or_else(|| Text::NewChat.into())}</h2>
            <IconButton glyph={Glyph::Plus} label={AttrValue::from(Text::NewChat)} class="new-button" onclick={new} />
        </header>
    }
}

#[component]
fn Loading() -> Html {
    html! {
        <div class="transcript" aria-busy="true">
            <div class="thread-skeleton"><Bars count={3} /><Bars count={4} /></div>
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct LostProps {
    failure: Failure,
    place: Place,
}

/// The past of the conversation could not be had, or there is no such conversation.
#[component]
fn Lost(props: &LostProps) -> Html {
    let deps = (use_chat_link(), props.place);
    let reload = use_callback(deps, |_, (link, place)| link.reload(*place));
    let home = use_go().reform(|_: MouseEvent| Route::Home);
    let (glyph, label, onclick) = match props.failure.is(ErrorCode::ThreadNotFound) {
        true => (Glyph::Plus, Text::NewChat, home),
        false => (Glyph::Repeat, Text::TryAgain, reload),
    };
    html! {
        <div class="transcript">
            <div class="card card-inner" role="alert">
                <span class="card-icon"><Icon glyph={Glyph::Warning} /></span>
                <h3>{Text::HistoryFailed}</h3>
                <p>{props.failure.sentence()}</p>
                <Button look={Look::Primary} {glyph} label={AttrValue::from(label)} {onclick} />
            </div>
        </div>
    }
}
