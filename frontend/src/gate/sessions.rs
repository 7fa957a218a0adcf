//! Asking who is signed in, and signing in, up and out.

use std::cell::Cell;
use std::rc::Rc;

use protocol::session::{SignIn, SignUp};
use wasm_bindgen_futures::spawn_local;
use yew::html::ImplicitClone;
use yew::{
    Callback, UseReducerDispatcher, hook, use_callback, use_effect_with, use_memo, use_reducer_eq,
};

use super::state::{Event, Gate, Session};
use super::user::VerifiedUser;
use crate::api::{self, Failure};
use crate::browser::{self, Channel, use_channel, use_document_event, use_heard, use_window_event};

/// Coming back to a tab asks again, but not more often than this.
const PAUSE_MILLIS: f64 = 5_000.0;

/// What one tab tells the others.
mod word {
    pub(super) const CHANGED: &str = "changed";
    pub(super) const SIGNED_OUT: &str = "signed-out";
}

/// The way to the session endpoint, for the whole page.
#[derive(Clone)]
pub struct Sessions(Rc<Inner>);

struct Inner {
    dispatch: UseReducerDispatcher<Gate>,
    channel: Channel,
    questions: Cell<u32>,
    asked_at: Cell<f64>,
}

impl ImplicitClone for Sessions {}

impl PartialEq for Sessions {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl Sessions {
    /// Asks the server who is signed in.
    pub fn refresh(&self) {
        let sessions = self.clone();
        spawn_local(async move { sessions.ask().await });
    }

    /// Asks again if the last time was a while ago.
    fn refresh_sometimes(&self) {
        if browser::is_visible() && browser::now() - self.0.asked_at.get() > PAUSE_MILLIS {
            self.refresh();
        }
    }

    pub(crate) async fn ask(&self) {
        let number = self.0.questions.get() + 1;
        self.0.questions.set(number);
        self.0.asked_at.set(browser::now());
        self.0.dispatch.dispatch(Event::Asked(number));
        let event = match api::session().await {
            Ok(answer) => Event::Answered(number, answer),
            Err(failure) => Event::Failed(number, failure),
        };
        self.0.dispatch.dispatch(event);
    }

    /// Signs in; the gate opens when the session endpoint confirms who that is.
    pub async fn sign_in(&self, form: &SignIn) -> Result<(), Failure> {
        api::sign_in(form).await?;
        self.changed().await;
        Ok(())
    }

    /// Makes an account and signs in.
    pub async fn sign_up(&self, form: &SignUp) -> Result<(), Failure> {
        api::sign_up(form).await?;
        self.changed().await;
        Ok(())
    }

    /// Signs out here and in every tab. A failure leaves the person signed in and says so.
    pub async fn sign_out(&self, user: &VerifiedUser) -> Result<(), Failure> {
        api::sign_out().await?;
        self.leave(user);
        Ok(())
    }

    /// The session is over by the person's own doing: nothing of theirs stays, in any tab.
    pub fn leave(&self, user: &VerifiedUser) {
        browser::forget(user.id());
        self.0.channel.say(word::SIGNED_OUT);
        self.0.dispatch.dispatch(Event::SignedOut);
    }

    async fn changed(&self) {
        self.0.channel.say(word::CHANGED);
        self.ask().await;
    }

    /// A call was refused for lack of a session, or the session is somebody else's now.
    fn lost(&self) {
        self.0.dispatch.dispatch(Event::Lost);
        self.refresh();
    }

    fn heard(&self, word: &str) {
        match word {
            word::CHANGED => self.refresh(),
            word::SIGNED_OUT => self.0.dispatch.dispatch(Event::SignedOut),
            _ => {}
        }
    }
}

/// Keeps the session: asks at the start, when the tab is looked at again, when the network is
/// back, and when another tab says that something changed.
#[hook]
pub(super) fn use_session() -> (Sessions, Session) {
    let gate = use_reducer_eq(Gate::default);
    let channel = use_channel("latchwork-session");
    let dispatch = gate.dispatcher();
    let sessions = use_memo(channel.clone(), |channel| {
        Sessions(Rc::new(Inner {
            dispatch,
            channel: channel.clone(),
            questions: Cell::new(0),
            asked_at: Cell::new(0.0),
        }))
    });
    let sessions = Sessions::clone(&sessions);
    let hear = use_callback(sessions.clone(), |word: String, sessions| {
        sessions.heard(&word)
    });
    use_heard(&channel, hear);
    use_effect_with(sessions.clone(), |sessions| sessions.refresh());
    let look = use_callback(sessions.clone(), |_, sessions| sessions.refresh_sometimes());
    use_document_event("visibilitychange", look.clone());
    use_window_event("focus", look);
    let online = use_callback(sessions.clone(), |_, sessions| sessions.refresh());
    use_window_event("online", online);
    (sessions, gate.session.clone())
}

/// What a signed-in part of the page calls when the server no longer knows its session.
#[hook]
pub fn use_lost() -> Callback<()> {
    let sessions = super::use_sessions();
    use_callback(sessions, |(), sessions| sessions.lost())
}
