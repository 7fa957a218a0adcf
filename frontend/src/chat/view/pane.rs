//! One conversation: its head, what was said, and where to say more.

use std::rc::Rc;

use protocol::ErrorCode;
use yew::{
    AttrValue, Callback, Html, MouseEvent, Properties, component, hook, html, use_effect_with,
    use_mut_ref,
};

use super::commands::Mention;
use super::composer::Composer;
use super::start::start;
use super::transcript::{TranscriptProps, transcript};
use crate::api::Failure;
use crate::chat::conversation::{Conversation, History};
use crate::chat::link::ChatLink;
use crate::components::{Button, Fetched, IconButton, bars, offline_mark, use_voice};
use crate::gate::VerifiedUser;
use crate::icon::{Glyph, icon};
use crate::parts::{Draw, use_part};
use crate::route::{Navigator, Route, use_navigator};
use crate::tasks::Receipt;
use crate::text::Text;

#[derive(Properties, PartialEq)]
pub struct ChatPaneProps {
    /// Nobody can mount the chat without one (FR-002).
    pub user: VerifiedUser,
    pub chat: Rc<Conversation>,
    pub link: ChatLink,
    pub is_online: bool,
    /// What was done, in all conversations.
    pub receipts: Rc<Vec<Receipt>>,
    /// The tasks that a message can name.
    pub mentions: Rc<Vec<Mention>>,
    /// Takes back what a run did.
    pub undo: Callback<AttrValue>,
    /// Shows the list of conversations, where it is not on the screen.
    pub on_threads: Callback<MouseEvent>,
}

#[component]
pub fn ChatPane(props: &ChatPaneProps) -> Html {
    let ChatPaneProps {
        user,
        chat,
        link,
        is_online,
        on_threads,
        receipts,
        mentions,
        undo,
    } = props;
    let navigator = use_navigator();
    use_announcements(chat);
    let is_bare = chat.entries.is_empty();
    let is_blank = chat.is_blank();
    let (drawn, again) = use_part(|| Box::pin(transcript()), !is_blank);
    let view = match &chat.history {
        History::Loading if is_bare => loading(),
        History::Failed(failure) => {
            let place = chat.place;
            let reload = link.on(move |link, _: MouseEvent| link.reload(place));
            lost(failure, reload, &navigator)
        }
        _ if is_bare && chat.turns.is_empty() => start(user, chat, link),
        _ => match (&drawn, drawn.part::<Draw<TranscriptProps>>()) {
            (_, Some(draw)) => draw(TranscriptProps {
                chat: Rc::clone(chat),
                link: link.clone(),
                is_online: *is_online,
                receipts: Rc::clone(receipts),
                undo: undo.clone(),
            }),
            (Fetched::Failed(failure), None) => {
                lost(failure, again.reform(|_: MouseEvent| ()), &navigator)
            }
            (_, None) => loading(),
        },
    };
    html! {
        <section class="chat" aria-labelledby="chat-title">
            {head(chat.title.clone(), *is_online, on_threads.clone(), &navigator)}
            {view}
            <Composer {chat} {link} is_online={*is_online} {mentions} />
        </section>
    }
}

/// Says when an answer begins and when it is there, and nothing in between.
#[hook]
fn use_announcements(chat: &Conversation) {
    let voice = use_voice();
    let was_live = use_mut_ref(|| false);
    let now = (chat.live().is_some(), chat.breakdown.is_some());
    use_effect_with((now, voice), move |((is_live, is_broken), voice)| {
        let was_live = was_live.replace(*is_live);
        match (was_live, is_live, is_broken) {
            (false, true, _) => voice.say(Text::AnswerBegins),
            (true, false, true) => voice.say(Text::AnswerBroke),
            (true, false, false) => voice.say(Text::AnswerDone),
            _ => {}
        }
    });
}

fn head(
    title: Option<AttrValue>,
    is_online: bool,
    on_threads: Callback<MouseEvent>,
    navigator: &Navigator,
) -> Html {
    let threads = IconButton::new(Glyph::Clock, Text::Conversations).class("threads-button");
    let new = IconButton::new(Glyph::Plus, Text::NewChat).class("new-button");
    let title = title.unwrap_or_else(|| Text::NewChat.into());
    html! {
        <header class="chat-head">
            {threads.onclick(on_threads).view()}
            <h2 id="chat-title" dir="auto">{title}</h2>
            <>{offline_mark(is_online)}</>
            {new.onclick(home(navigator)).view()}
        </header>
    }
}

fn home(navigator: &Navigator) -> Callback<MouseEvent> {
    let navigator = navigator.clone();
    Callback::from(move |_| navigator.go(Route::Home))
}

fn loading() -> Html {
    html! {
        <div class="transcript" aria-busy="true">
            <div class="thread-skeleton">{bars(3)}{bars(4)}</div>
        </div>
    }
}

/// The past of the conversation could not be had, or there is no such conversation.
fn lost(failure: &Failure, reload: Callback<MouseEvent>, navigator: &Navigator) -> Html {
    let button = match failure.is(ErrorCode::ThreadNotFound) {
        true => Button::new(Text::NewChat)
            .glyph(Glyph::Plus)
            .onclick(home(navigator)),
        false => Button::new(Text::TryAgain)
            .glyph(Glyph::Repeat)
            .onclick(reload),
    };
    html! {
        <div class="transcript">
            <div class="card card-inner" role="alert">
                <span class="card-icon">{icon(Glyph::Warning)}</span>
                <h3>{Text::HistoryFailed}</h3>
                <p>{failure.sentence()}</p>
                {button.primary().view()}
            </div>
        </div>
    }
}
