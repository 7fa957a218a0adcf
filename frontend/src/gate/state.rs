//! What is known about who is signed in, as a pure reducer.
//!
//! The rules, one by one:
//! - Nothing but the answer of the session endpoint makes a [`Session::SignedIn`].
//! - Only "nobody" or a refusal for lack of a session ends one; a network that fails does not.
//! - An answer counts only if no newer question was asked since, so a slow answer from before
//!   a sign-out cannot sign anybody in again.

use std::rc::Rc;

use yew::{AttrValue, Reducible};

use super::user::{Answer, VerifiedUser};
use crate::api::Failure;

#[derive(Clone, Debug, Default, PartialEq)]
pub enum Session {
    /// Nobody has asked yet.
    #[default]
    Unknown,
    /// The first question is on its way.
    Resolving,
    /// Nobody is signed in. The code is there when that is not the person's doing.
    SignedOut(Option<AttrValue>),
    SignedIn(VerifiedUser),
    /// This person's session ended while the page was open.
    Expired(VerifiedUser),
    /// The session endpoint does not answer, and nothing is known from before.
    Unavailable(Failure),
}

impl Session {
    /// The person who is signed in now.
    pub const fn user(&self) -> Option<&VerifiedUser> {
        match self {
            Self::SignedIn(user) => Some(user),
            _ => None,
        }
    }
}

/// The session and the number of the newest question about it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Gate {
    pub session: Session,
    asked: u32,
    /// Answers to questions up to this one no longer count.
    void: u32,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    /// Question number so-and-so went to the session endpoint.
    Asked(u32),
    Answered(u32, Answer),
    Failed(u32, Failure),
    /// A call was refused because the session is over, or belongs to somebody else now.
    Lost,
    /// The person signed out, here or in another tab.
    SignedOut,
}

impl Reducible for Gate {
    type Action = Event;

    fn reduce(self: Rc<Self>, event: Event) -> Rc<Self> {
        let mut next = Rc::unwrap_or_clone(self);
        next.apply(event);
        Rc::new(next)
    }
}

impl Gate {
    pub(super) fn apply(&mut self, event: Event) {
        match event {
            Event::Asked(number) => {
                self.asked = self.asked.max(number);
                if self.session == Session::Unknown {
                    self.session = Session::Resolving;
                }
            }
            Event::Answered(number, answer) if self.counts(number) => self.answered(answer),
            Event::Failed(number, failure) if self.counts(number) => self.failed(failure),
            Event::Answered(..) | Event::Failed(..) => {}
            Event::Lost => self.lose(),
            Event::SignedOut => {
                self.void = self.asked;
                self.session = Session::SignedOut(None);
            }
        }
    }

    const fn counts(&self, number: u32) -> bool {
        number >= self.asked && number > self.void
    }

    fn answered(&mut self, answer: Answer) {
        match answer {
            Answer::User(user) => self.session = Session::SignedIn(user),
            Answer::NoUserId => {
                let code = protocol::ErrorCode::SessionNoUserId.as_str();
                self.session = Session::SignedOut(Some(AttrValue::Static(code)));
            }
            Answer::Nobody => match &self.session {
                Session::SignedIn(_) => self.lose(),
                Session::Expired(_) | Session::SignedOut(_) => {}
                _ => self.session = Session::SignedOut(None),
            },
        }
    }

    fn failed(&mut self, failure: Failure) {
        match (&self.session, failure) {
            (_, Failure::Closed) => {}
            (_, Failure::SignedOut(_)) => self.answered(Answer::Nobody),
            (Session::Unknown | Session::Resolving | Session::Unavailable(_), failure) => {
                self.session = Session::Unavailable(failure);
            }
            _ => {}
        }
    }

    fn lose(&mut self) {
        if let Session::SignedIn(user) = &self.session {
            self.session = Session::Expired(user.clone());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ann() -> Answer {
        Answer::read(
            r#"{"session":{"userId":"ann"},"user":{"id":"ann","name":"Ann","email":"a@x.org"}}"#,
        )
        .unwrap()
    }

    fn bob() -> Answer {
        Answer::read(
            r#"{"session":{"userId":"bob"},"user":{"id":"bob","name":"Bob","email":"b@x.org"}}"#,
        )
        .unwrap()
    }

    fn after(events: impl IntoIterator<Item = Event>) -> Session {
        let mut gate = Gate::default();
        for event in events {
            gate.apply(event);
        }
        gate.session
    }

    fn id(session: &Session) -> Option<&str> {
        session.user().map(|user| user.id().as_str())
    }

    #[test]
    fn the_first_answer_resolves_the_session() {
        assert_eq!(after([]), Session::Unknown);
        assert_eq!(after([Event::Asked(1)]), Session::Resolving);
        let signed_in = after([Event::Asked(1), Event::Answered(1, ann())]);
        assert_eq!(id(&signed_in), Some("ann"));
        let signed_out = after([Event::Asked(1), Event::Answered(1, Answer::Nobody)]);
        assert_eq!(signed_out, Session::SignedOut(None));
    }

    #[test]
    fn a_user_without_an_id_is_nobody() {
        let session = after([Event::Asked(1), Event::Answered(1, Answer::NoUserId)]);

        assert_eq!(
            session,
            Session::SignedOut(Some("session.no_user_id".into()))
        );
    }

    #[test]
    fn a_failing_network_ends_no_session() {
        let kept = after([
            Event::Asked(1),
            Event::Answered(1, ann()),
            Event::Asked(2),
            Event::Failed(2, Failure::Unreachable),
        ]);

        assert_eq!(id(&kept), Some("ann"));
        assert_eq!(
            after([Event::Asked(1), Event::Failed(1, Failure::Unreachable)]),
            Session::Unavailable(Failure::Unreachable)
        );
    }

    #[test]
    fn a_session_that_ends_while_the_page_is_open_has_expired() {
        let session = after([
            Event::Asked(1),
            Event::Answered(1, ann()),
            Event::Asked(2),
            Event::Answered(2, Answer::Nobody),
        ]);

        assert!(matches!(session, Session::Expired(_)));
    }

    #[test]
    fn a_slow_answer_from_before_the_sign_out_signs_nobody_in() {
        let session = after([
            Event::Asked(1),
            Event::Answered(1, ann()),
            Event::Asked(2),
            Event::SignedOut,
            Event::Answered(2, ann()),
        ]);

        assert_eq!(session, Session::SignedOut(None));
    }

    #[test]
    fn another_account_replaces_the_first() {
        let session = after([
            Event::Asked(1),
            Event::Answered(1, ann()),
            Event::Lost,
            Event::Asked(2),
            Event::Answered(2, bob()),
        ]);

        assert_eq!(id(&session), Some("bob"));
    }

    /// SC-003: in a thousand random orders of events nobody is ever signed in but by the
    /// newest answer, and never before the first.
    #[test]
    fn no_order_of_events_opens_the_gate_without_an_answer() {
        let mut chance = 88_172_645_463_325_252_u64;
        let mut roll = |sides: u64| {
            chance ^= chance << 13;
            chance ^= chance >> 7;
            chance ^= chance << 17;
            chance % sides
        };
        for round in 0..1_000 {
            let mut gate = Gate::default();
            let (mut asked, mut void, mut expected) = (0_u32, 0_u32, None);
            for _ in 0..40 {
                let number = u32::try_from(roll(u64::from(asked) + 2)).unwrap();
                let counts = number >= asked && number > void;
                match roll(7) {
                    0 => {
                        asked += 1;
                        gate.apply(Event::Asked(asked));
                    }
                    1 => {
                        gate.apply(Event::Answered(number, ann()));
                        expected = if counts { Some("ann") } else { expected };
                    }
                    2 => {
                        gate.apply(Event::Answered(number, bob()));
                        expected = if counts { Some("bob") } else { expected };
                    }
                    3 => {
                        gate.apply(Event::Answered(number, Answer::Nobody));
                        expected = expected.filter(|_| !counts);
                    }
                    4 => gate.apply(Event::Failed(number, Failure::Unreachable)),
                    5 => {
                        gate.apply(Event::Lost);
                        expected = None;
                    }
                    _ => {
                        gate.apply(Event::SignedOut);
                        void = asked;
                        expected = None;
                    }
                }
                assert_eq!(id(&gate.session), expected, "round {round}");
            }
        }
    }
}
