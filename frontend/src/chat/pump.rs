//! Events on their way from the network to the screen.
//!
//! A fast answer brings hundreds of events a second, and each drawing costs as much as the
//! answer is long; so events are gathered for a moment and taken in together.

use std::cell::{Cell, RefCell};
use std::mem;
use std::rc::Rc;

use protocol::ThreadId;
use protocol::chatkit::Event;
use protocol::task::{Changes, TASKS_CHANGED};
use wasm_bindgen_futures::spawn_local;
use yew::{Callback, UseReducerDispatcher};

use super::conversation::Place;
use super::store::{Action, Change, Chats};
use super::turn::TurnKey;
use crate::api::{Batch, EventStream, Failure};
use crate::browser;
use crate::wire::Read;

/// Faster than the eye, slower than the network.
const GATHER_MILLIS: f64 = 40.0;
/// Drawing may take a quarter of the time, so that three quarters are left to the person.
const SHARE: f64 = 3.0;
/// Even a slow machine shows something new this often.
const LONGEST_MILLIS: f64 = 400.0;

/// The screen's end of one turn's streams.
#[derive(Clone)]
pub(super) struct Pump(Rc<Inner>);

struct Inner {
    dispatch: UseReducerDispatcher<Chats>,
    changes: Callback<Changes>,
    place: Place,
    key: TurnKey,
    gathered: RefCell<Batch>,
    is_gathering: Cell<bool>,
}

/// Where a stream got to.
#[derive(Default)]
pub(super) struct Progress {
    /// Number of the newest event.
    pub(super) seen: i64,
    /// The thread, once the stream has named it.
    pub(super) thread: Option<ThreadId>,
}

impl Pump {
    pub(super) fn new(
        dispatch: UseReducerDispatcher<Chats>,
        changes: Callback<Changes>,
        place: Place,
        key: TurnKey,
    ) -> Self {
        Self(Rc::new(Inner {
            dispatch,
            changes,
            place,
            key,
            gathered: RefCell::default(),
            is_gathering: Cell::new(false),
        }))
    }

    /// Takes in a stream to its end, which says nothing about the end of the run.
    pub(super) async fn run(
        &self,
        stream: &mut EventStream,
        progress: &mut Progress,
    ) -> Result<(), Failure> {
        loop {
            match stream.next().await {
                Ok(Some(batch)) => self.take(batch, progress),
                end => {
                    self.flush();
                    return end.map(drop);
                }
            }
        }
    }

    fn take(&self, batch: Batch, progress: &mut Progress) {
        for (seq, event) in &batch {
            progress.seen = progress.seen.max(*seq);
            match event {
                Event::ThreadCreated { thread } => progress.thread = Some(thread.id.clone()),
                // The list has its own numbers and knows what it has taken in already.
                Event::ClientEffect { name, data } if name == TASKS_CHANGED => {
                    if let Some(changes) = Changes::read(data.clone()) {
                        self.0.changes.emit(changes);
                    }
                }
                _ => {}
            }
        }
        self.0.gathered.borrow_mut().extend(batch);
        if !self.0.is_gathering.replace(true) {
            // What comes first is shown at once; what follows close behind is gathered.
            let begin = browser::now();
            self.flush();
            let pump = self.clone();
            spawn_local(async move {
                // The next task comes after the page has been drawn.
                browser::wait(0).await;
                let pause = (browser::now() - begin) * SHARE;
                let pause = pause.clamp(GATHER_MILLIS, LONGEST_MILLIS);
                browser::wait(whole_millis(pause)).await;
                pump.0.is_gathering.set(false);
                pump.flush();
            });
        }
    }

    fn flush(&self) {
        let events = mem::take(&mut *self.0.gathered.borrow_mut());
        if !events.is_empty() {
            self.tell(Change::Events(self.0.key.clone(), events));
        }
    }

    pub(super) fn place(&self) -> Place {
        self.0.place
    }

    pub(super) fn tell(&self, change: Change) {
        self.0.dispatch.dispatch(Action::In(self.0.place, change));
    }
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "clamped far below the limit"
)]
const fn whole_millis(millis: f64) -> i32 {
    millis as i32
}
