//! Working on a run: model, tools, model, …, end.

use std::sync::Arc;
use std::time::Duration;

use agent::{Clock, Ending, Model, Next, Toolbox};
use protocol::chatkit::{ErrorKind, Event, ItemKind, NoticeLevel};
use protocol::run::RunStatus;
use protocol::task::Actor;
use protocol::{ThreadId, Timestamp};
use store::runs::{Held, Past};
use tokio::time::{Instant, timeout_at};
use tools::{ToolServer, Zone};

use crate::choice;
use crate::costs::Taken;
use crate::history::{self, History};
use crate::ids::Ids;
use crate::prepare::options;
use crate::question::Reply;
use crate::report::{Tally, reason};
use crate::scribe::{Halt, Pending, Scribe};
use crate::secretary::{Overflow, Titling};
use crate::state::State;
use crate::stream::Frames;
use crate::{Chat, Visit, attachments};

/// How long others wait for a sign of life before they take a run over.
pub(crate) const LEASE_SECONDS: f64 = 6.0;

/// How often a process that has nothing to say says that it is there.
pub(crate) const HEARTBEAT: Duration = Duration::from_secs(2);

const UNUSABLE: &str = "The key of your own model can no longer be used. Set it again, or remove \
    it to go on with the usual assistant.";

const SWITCHED_OFF: &str = "The assistant’s model was switched off, so this answer ended early.";

/// Everything needed to go on with one run.
pub(crate) struct Driver<'a> {
    pub(crate) chat: &'a Chat,
    pub(crate) scribe: Scribe,
    pub(crate) state: State,
    pub(crate) thread: ThreadId,
    pub(crate) zone: Zone,
    /// The pictures of this turn's message, by id.
    pub(crate) pictures: Vec<(String, String)>,
    /// A better title, on its way.
    pub(crate) titling: Option<Titling>,
    /// Turns that have become too many to be told.
    pub(crate) overflow: Option<Overflow>,
    pub(crate) model: Arc<Model>,
    /// For titles and notes.
    pub(crate) secretary: Option<Arc<Model>>,
    pub(crate) deadline: Instant,
    pub(crate) tally: Tally,
    newest: Timestamp,
}

/// Works on a run until it ends or has to be let go; the number of the last event it wrote.
pub(crate) async fn drive(
    chat: &Chat,
    visit: &Visit,
    mut held: Held,
    reply: Option<Reply>,
    readers: Option<Frames>,
) -> i64 {
    let past = held.past.take();
    let Ok(state) = serde_json::from_value::<State>(held.state.clone()) else {
        // Written by a build that this one does not understand; a newer one may.
        return held.last_event;
    };
    let mut driver = Driver {
        chat,
        scribe: Scribe {
            db: chat.db.clone(),
            caller: visit.caller.clone(),
            run: held.id.clone(),
            fence: held.fence,
            last: held.last_event,
            readers,
            written_at: Instant::now(),
            pending: Pending::default(),
            asks_a_model: false,
        },
        state,
        thread: held.thread.clone(),
        zone: Zone::of_kept(&held.time_zone),
        pictures: Vec::new(),
        model: Arc::clone(&chat.model),
        secretary: chat.secretary.clone(),
        titling: None,
        overflow: None,
        deadline: visit.deadline,
        tally: Tally::begin((chat.clock)()),
        newest: held.user_item.created_at,
    };
    // Cut off in the middle it is as if the process had died: whoever reads next goes on.
    let in_time = timeout_at(visit.end, driver.work(&held, past, reply)).await;
    if in_time.is_err() && !driver.tally.is_over() {
        driver.tally.ending = reason(&Halt::Deadline);
    }
    driver.tally.over();
    let last = driver.scribe.last;
    driver.report();
    last
}

impl Driver<'_> {
    async fn work(&mut self, held: &Held, past: Option<Box<Past>>, reply: Option<Reply>) {
        let halted = self.run(held, past, reply).await;
        let ended = halted.is_ok();
        if let Err(halt) = &halted {
            self.tally.ending = reason(halt);
        }
        self.let_go(halted).await;
        self.tally.over();
        // A run that was taken over has readers who wait for us to be done.
        if ended && held.fence == 1 {
            self.scribe.readers = None;
            self.tidy_up(held).await;
        }
    }

    /// Tells whoever watches what this stretch took.
    fn report(self) {
        let report = self.tally.report(self.scribe.run, self.model.name());
        if let Some(observer) = &self.chat.observer {
            observer(&report);
        }
    }

    async fn run(
        &mut self,
        held: &Held,
        past: Option<Box<Past>>,
        reply: Option<Reply>,
    ) -> Result<(), Halt> {
        match held.was {
            RunStatus::Queued => {
                match held.user_item.kind {
                    ItemKind::HiddenContextItem { .. } | ItemKind::ClientToolCall { .. } => {
                        self.scribe.keep(held.user_item.clone());
                    }
                    _ => self.scribe.done(held.user_item.clone()),
                }
                self.scribe.say(&options());
                self.scribe.flush().await?;
            }
            RunStatus::Waiting => self.take_answer(reply).await?,
            _ => {}
        }
        if let Some(item) = self.state.open.take() {
            self.scribe.removed(item);
            self.save().await?;
        }
        // A model may think for long, and many of them at once: no connection waits for it.
        let tools = self.connect(held).await?.catalogue().clone();
        let history = match past {
            Some(past) => History::of(*past),
            None => self.history(held).await?,
        };
        if history.models_off && !self.model.is_builtin() {
            self.scribe.say(&switched_off());
        }
        if !self.choose(held, &history) {
            self.say_unusable().await?;
        }
        self.titling = self.begin_titling(&history);
        self.overflow = history.overflow;
        let history = history.messages;
        self.look_at_pictures(held).await?;
        loop {
            if Instant::now() >= self.deadline {
                return Err(Halt::Deadline);
            }
            match self.state.turn.next() {
                Next::CallModel { with_tools } => {
                    self.ask(&history, &tools, with_tools).await?;
                }
                Next::CallTools(calls) => {
                    let toolbox = self.connect(held).await?;
                    self.call_tools(&toolbox, calls).await?;
                }
                Next::Wait => {
                    self.tally.ending = "waiting";
                    return self.scribe.finish(RunStatus::Waiting).await;
                }
                Next::Done(ending) => {
                    self.title_if_there().await;
                    self.tally.ending = told(ending);
                    return self.scribe.finish(status(ending)).await;
                }
            }
        }
    }

    async fn connect(&self, held: &Held) -> Result<Toolbox, Halt> {
        let actor = if self.state.turn.is_pressed() {
            Actor::User
        } else {
            Actor::Assistant {
                run_id: held.id.to_string(),
            }
        };
        let server = ToolServer {
            db: self.scribe.db.clone(),
            caller: self.scribe.caller.clone(),
            actor,
            zone: self.zone.clone(),
            clock: self.chat.clock,
            chance: self.chat.chance,
            secret: self.chat.secret.clone(),
        };
        Toolbox::open(server.connect())
            .await
            .map_err(|_| Halt::Unavailable)
    }

    async fn history(&self, held: &Held) -> Result<History, Halt> {
        let tx = self.chat.db.begin(self.scribe.scope());
        match store::runs::history(tx, &held.thread, &held.id, history::MOST).await {
            Ok(past) => Ok(History::of(past)),
            Err(store::Error::SessionEnded) => Err(Halt::SessionEnded),
            Err(_) => Err(Halt::Unavailable),
        }
    }

    /// They are read when they are needed, and by models that can see.
    async fn look_at_pictures(&mut self, held: &Held) -> Result<(), Halt> {
        let ItemKind::UserMessage { attachments, .. } = &held.user_item.kind else {
            return Ok(());
        };
        if attachments.is_empty() || self.model.is_builtin() {
            return Ok(());
        }
        let ids: Vec<String> = attachments.iter().map(|file| file.id.clone()).collect();
        let tx = self.chat.db.begin(self.scribe.scope());
        let files = store::attachments::of_message(tx, &ids).await;
        let files = files.map_err(|error| match error {
            store::Error::SessionEnded => Halt::SessionEnded,
            _ => Halt::Unavailable,
        })?;
        let seen = files.iter().filter_map(|file| {
            let url = attachments::picture(file)?;
            Some((file.id.clone(), url))
        });
        self.pictures = seen.collect();
        Ok(())
    }

    /// Ends the turn of a person whose own model cannot be used.
    async fn say_unusable(&mut self) -> Result<(), Halt> {
        self.cut_off("", Ending::Failed);
        let text = format!("{UNUSABLE} {}", choice::OFFER);
        self.scribe.say(&error(&text, false));
        self.scribe.flush().await
    }

    pub(crate) fn instructions(&self) -> String {
        let clock = Clock::new((self.chat.clock)(), self.zone.name());
        agent::system_prompt(&clock.spoken(self.zone.language()))
    }

    /// Commits everything said so far together with the state it led to.
    pub(crate) async fn save(&mut self) -> Result<(), Halt> {
        self.scribe.remember(self.state.to_value());
        self.scribe.flush().await
    }

    /// Ids and times for a new item; later than every earlier item of the turn.
    pub(crate) fn ids(&mut self) -> Ids {
        let next = Timestamp::from_micros(self.newest.micros() + 1);
        self.newest = (self.chat.clock)().max(next);
        Ids {
            now: self.newest,
            chance: self.chat.chance,
        }
    }

    /// Waits for something with signs of life in between.
    pub(crate) async fn alive<T>(&mut self, future: impl Future<Output = T>) -> Result<T, Halt> {
        let mut future = std::pin::pin!(future);
        loop {
            match tokio::time::timeout(HEARTBEAT, &mut future).await {
                Ok(value) => return Ok(value),
                Err(_) => self.scribe.flush().await?,
            }
        }
    }

    async fn let_go(&mut self, halted: Result<(), Halt>) {
        // What fails here is found by whoever reads next.
        let _ = match halted {
            Ok(()) | Err(Halt::Unavailable) => Ok(()),
            Err(Halt::Fenced) => {
                // The other process does not know what this one has taken.
                self.account().await;
                Ok(())
            }
            Err(Halt::Deadline) => self.scribe.hand_over().await,
            Err(Halt::ModelsOff) => {
                self.switched_off("");
                self.scribe.finish(RunStatus::Failed).await
            }
            Err(Halt::Stop) => {
                self.cut_off("", Ending::Stopped);
                self.scribe.finish(RunStatus::Stopped).await
            }
            Err(Halt::SessionEnded) => {
                let event = error("You were signed out, so this answer ended early.", false);
                self.scribe.finish_signed_out(&event).await;
                Ok(())
            }
        };
    }

    /// Counts an answer of the model that the turn, its title or its notes were asked of.
    pub(crate) fn spent(&mut self, model: &Model, taken: Taken) {
        if model.is_builtin() {
            self.tally.spent(Taken::default());
            return;
        }
        self.tally.spent(taken);
        let now = (self.chat.clock)();
        let spent = self.chat.costs.spent(model, self.tally.is_own, taken, now);
        self.scribe.spend(spent);
    }

    /// Ends a turn whose model may not be asked any more. The next one is the built-in assistant's.
    pub(crate) fn switched_off(&mut self, partial: &str) {
        self.cut_off(partial, Ending::Failed);
        self.scribe.say(&error(SWITCHED_OFF, true));
    }

    /// Ends the turn with what there is; nothing is asked any more.
    pub(crate) fn cut_off(&mut self, partial: &str, ending: Ending) {
        self.scribe.asks_a_model = false;
        if let Some(item) = self.state.open.take() {
            self.scribe.removed(item);
        }
        self.state.turn.cut_off(partial, ending);
        self.scribe.remember(self.state.to_value());
    }
}

/// Told once in a turn, before the built-in assistant answers.
fn switched_off() -> Event {
    Event::Notice {
        level: NoticeLevel::Info,
        message: "The assistant’s model is switched off at the moment. The built-in assistant \
            answers."
            .to_owned(),
        title: None,
    }
}

const fn status(ending: Ending) -> RunStatus {
    match ending {
        Ending::Answered => RunStatus::Done,
        Ending::Stopped => RunStatus::Stopped,
        Ending::Failed => RunStatus::Failed,
    }
}

const fn told(ending: Ending) -> &'static str {
    match ending {
        Ending::Answered => "done",
        Ending::Stopped => "stopped",
        Ending::Failed => "failed",
    }
}

pub(crate) fn error(message: &str, allow_retry: bool) -> Event {
    Event::Error {
        code: ErrorKind::Custom,
        message: Some(message.to_owned()),
        allow_retry,
    }
}
