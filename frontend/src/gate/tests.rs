//! SC-003: in whatever order questions, answers, failures and sign-outs come, the part of the
//! page that belongs to a person is shown only while the newest answer that counts names them.

use std::cell::RefCell;
use std::rc::Rc;

use yew::{Callback, Html};

use super::{Answer, Event, Gate, GateProps, VerifiedUser, view};
use crate::api::Failure;

/// Chance that is the same in every run (`SplitMix64`).
struct Chance(u64);

impl Chance {
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % end
    }
}

fn person(name: &str) -> Answer {
    let body = format!(r#"{{"session":{{"userId":"{name}"}},"user":{{"id":"{name}"}}}}"#);
    Answer::read(&body).unwrap()
}

fn answer(number: u32, chance: &mut Chance) -> Event {
    match chance.below(6) {
        0 => Event::Failed(number, Failure::Unreachable),
        1 => Event::Answered(number, Answer::Nobody),
        2 => Event::Answered(number, Answer::NoUserId),
        3 => Event::Answered(number, person("bob")),
        _ => Event::Answered(number, person("ann")),
    }
}

/// What may be shown, worked out in the plainest way from all that has happened.
#[derive(Default)]
struct Model {
    asked: u32,
    void: u32,
    shown: Option<String>,
}

impl Model {
    fn see(&mut self, event: &Event) {
        match event {
            Event::Asked(number) => self.asked = self.asked.max(*number),
            Event::Answered(number, answer) if *number >= self.asked && *number > self.void => {
                self.shown = match answer {
                    Answer::User(user) => Some(user.id().to_string()),
                    Answer::Nobody | Answer::NoUserId => None,
                };
            }
            Event::Lost => self.shown = None,
            Event::SignedOut => {
                self.void = self.asked;
                self.shown = None;
            }
            Event::Answered(..) | Event::Failed(..) => {}
        }
    }
}

/// The gate's own view, with a note of whom the personal part was made for.
fn watched() -> (GateProps, Rc<RefCell<Option<VerifiedUser>>>) {
    let mounted = Rc::new(RefCell::new(None));
    let note = Rc::clone(&mounted);
    let props = GateProps {
        checking: Html::default(),
        signed_out: Callback::from(|_| Html::default()),
        unavailable: Callback::from(|_| Html::default()),
        signed_in: Callback::from(move |user| {
            note.replace(Some(user));
            Html::default()
        }),
    };
    (props, mounted)
}

#[test]
fn no_chat_before_its_session_in_a_thousand_load_orders() {
    let (props, mounted) = watched();
    let mut times_shown = 0;
    for seed in 0..1_000 {
        let mut chance = Chance(seed);
        let (mut gate, mut model) = (Gate::default(), Model::default());
        let (mut asked, mut open) = (0, Vec::new());
        for _ in 0..30 {
            let event = match chance.below(8) {
                0..=2 => {
                    asked += 1;
                    open.push(asked);
                    Event::Asked(asked)
                }
                // Answers overtake each other.
                3..=5 if !open.is_empty() => {
                    let place = chance.below(open.len() as u64);
                    let number = open.remove(usize::try_from(place).unwrap());
                    answer(number, &mut chance)
                }
                6 => Event::Lost,
                7 => Event::SignedOut,
                _ => continue,
            };
            model.see(&event);
            gate.apply(event);
            mounted.replace(None);
            let _ = view(&props, gate.session.clone());

            let shown = mounted.borrow().as_ref().map(|user| user.id().to_string());
            assert_eq!(shown, model.shown, "seed {seed}");
            times_shown += usize::from(shown.is_some());
        }
    }
    assert!(times_shown > 1_000, "{times_shown}");
}
