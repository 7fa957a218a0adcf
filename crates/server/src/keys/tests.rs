//! Keys of another system, from an address that may answer or not.

use std::sync::atomic::{AtomicI64, Ordering};

use auth::{AccessClaims, Sessions, Signer};
use protocol::{SessionId, UserId};
use serde_json::{Value, json};
use store::Settings;
use testing::{Answer, Issuer, NOW};
use tokio::sync::Notify;

use super::*;
use crate::config::Further;

const ISSUER: &str = "https://issuer.example/";

fn signer(kid: &str) -> Signer {
    Signer::from_seed(kid, &[kid.len() as u8; 32])
}

fn set(kids: &[&str]) -> String {
    let keys: Vec<Value> = kids
        .iter()
        .map(|kid| {
            let mut key: Value = serde_json::from_str(&signer(kid).public_jwk()).unwrap();
            key["kid"] = json!(kid);
            key
        })
        .collect();
    json!({ "keys": keys }).to_string()
}

fn token(kid: &str, at: Timestamp) -> String {
    signer(kid).access_token(&AccessClaims {
        user: json!({}),
        subject: &UserId::new("ann"),
        session: &SessionId::new("s1"),
        origin: ISSUER,
        issued_at: at,
        lifetime: 60,
    })
}

/// What a process does, and what time it is there.
struct Process {
    keys: Keys,
    seconds: AtomicI64,
}

impl Process {
    fn new(pinned: &str, further: Further) -> Self {
        let settings: Settings = "postgres://nobody@127.0.0.1:1/nowhere".parse().unwrap();
        let tokens = Tokens {
            policy: Policy {
                sessions: Sessions::Foreign,
                ..Policy::of_origin(ISSUER)
            },
            keys: KeySource::Public {
                pinned: Arc::new(KeySet::parse(pinned).unwrap()),
                further,
            },
        };
        Self {
            keys: Keys::new(&tokens, &Db::new(&settings).unwrap()),
            seconds: AtomicI64::new(0),
        }
    }

    fn with(issuer: &Issuer) -> Self {
        Self::new(r#"{"keys":[]}"#, Further::Remote(issuer.url.clone()))
    }

    fn now(&self) -> Timestamp {
        NOW.plus_seconds(self.seconds.load(Ordering::SeqCst))
    }

    fn after(&self, seconds: i64) -> &Self {
        self.seconds.fetch_add(seconds, Ordering::SeqCst);
        self
    }

    /// `Ok` with a token by that key made now, or the code of its refusal.
    async fn verify(&self, kid: &str) -> Result<(), ErrorCode> {
        let background = Background::spawning();
        let token = token(kid, self.now());
        let verified = self.keys.verify(&token, self.now(), &background).await;
        verified.map(|_| ()).map_err(|error| error.code())
    }
}

#[tokio::test]
async fn keys_are_fetched_once_and_kept() {
    let issuer = Issuer::start(Answer::Body(set(&["a"]))).await;
    let process = Process::with(&issuer);

    for _ in 0..3 {
        assert_eq!(process.verify("a").await, Ok(()));
    }

    assert_eq!(issuer.requests(), 1);
}

#[tokio::test]
async fn many_requests_at_once_make_one_fetch() {
    let open = Arc::new(Notify::new());
    let issuer = Issuer::start(Answer::Held(set(&["a"]), open.clone())).await;
    let process = Process::with(&issuer);

    open.notify_one();
    let all = futures_util::future::join_all((0..50).map(|_| process.verify("a"))).await;

    assert!(all.iter().all(Result::is_ok), "{all:?}");
    assert_eq!(issuer.requests(), 1);
}

#[tokio::test]
async fn whoever_has_a_key_does_not_wait_for_those_who_look_for_one() {
    let issuer = Issuer::start(Answer::Body(set(&["a"]))).await;
    let process = Process::with(&issuer);
    assert_eq!(process.verify("a").await, Ok(()));
    let open = Arc::new(Notify::new());
    issuer.now_answers(Answer::Held(set(&["a", "bb"]), open.clone()));

    let stranger = process.verify("bb");
    let known = async {
        let verified = process.verify("a").await;
        // Only now may the other go on.
        open.notify_one();
        verified
    };

    let (stranger, known) = futures_util::join!(stranger, known);
    assert_eq!((stranger, known), (Ok(()), Ok(())));
}

#[tokio::test]
async fn a_new_key_is_fetched_when_it_is_first_met() {
    let issuer = Issuer::start(Answer::Body(set(&["a"]))).await;
    let process = Process::with(&issuer);
    assert_eq!(process.verify("a").await, Ok(()));

    issuer.now_answers(Answer::Body(set(&["a", "bb"])));

    assert_eq!(process.verify("bb").await, Ok(()));
    assert_eq!(process.verify("a").await, Ok(()));
    assert_eq!(issuer.requests(), 2);
}

#[tokio::test]
async fn keys_that_nobody_has_make_at_most_one_fetch_in_half_a_minute() {
    let issuer = Issuer::start(Answer::Body(set(&["a"]))).await;
    let process = Process::with(&issuer);
    assert_eq!(process.verify("a").await, Ok(()));

    for _ in 0..10 {
        let unknown = Err(ErrorCode::TokenUnknownKey);
        assert_eq!(process.after(2).verify("forged").await, unknown);
    }
    assert_eq!(issuer.requests(), 2);
    issuer.now_answers(Answer::Body(set(&["a", "forged"])));
    assert_eq!(process.after(12).verify("forged").await, Ok(()));
    assert_eq!(issuer.requests(), 3);
}

#[tokio::test]
async fn an_issuer_that_is_away_is_not_the_tokens_fault() {
    let issuer = Issuer::start(Answer::Status(500)).await;
    let process = Process::with(&issuer);
    let away = Err(ErrorCode::KeysUnavailable);

    assert_eq!(process.verify("a").await, away);
    assert_eq!(process.verify("a").await, away);
    assert_eq!(issuer.requests(), 1);
    issuer.now_answers(Answer::Body(set(&["a"])));
    assert_eq!(process.after(2).verify("a").await, Ok(()));
}

#[tokio::test]
async fn answers_that_are_no_key_set_are_failures() {
    let elsewhere = Issuer::start(Answer::Body(set(&["a"]))).await;
    let large = format!("{}{}", set(&["a"]), " ".repeat(KeySet::LARGEST));
    for answer in [
        Answer::Body("<html>".to_owned()),
        Answer::Body(set(&["a", "a"])),
        Answer::Body(large),
        Answer::Status(404),
        Answer::Status(204),
        Answer::Redirect(elsewhere.url.clone()),
    ] {
        let issuer = Issuer::start(answer).await;

        let refused = Process::with(&issuer).verify("a").await;

        assert_eq!(refused, Err(ErrorCode::KeysUnavailable));
    }
    assert_eq!(elsewhere.requests(), 0);
}

#[tokio::test]
async fn an_issuer_that_says_nothing_is_given_up() {
    let issuer = Issuer::start(Answer::Silence).await;

    let refused = Process::with(&issuer).verify("a").await;

    assert_eq!(refused, Err(ErrorCode::KeysUnavailable));
}

#[tokio::test]
async fn old_keys_are_kept_while_new_ones_cannot_be_fetched() {
    let issuer = Issuer::start(Answer::Body(set(&["a"]))).await;
    let process = Process::with(&issuer);
    assert_eq!(process.verify("a").await, Ok(()));
    issuer.now_answers(Answer::Status(503));

    assert_eq!(process.after(899).verify("a").await, Ok(()));
    assert_eq!(process.after(3600).verify("a").await, Ok(()));
    assert_eq!(process.after(60).verify("a").await, Ok(()));
    // What is not among them may be good, and cannot be told.
    assert_eq!(process.verify("bb").await, Err(ErrorCode::KeysUnavailable));
    // For ever would be too long: a key may have been withdrawn.
    let late = process.after(24 * 3600).verify("a").await;
    assert_eq!(late, Err(ErrorCode::KeysUnavailable));
}

#[tokio::test]
async fn a_key_that_was_withdrawn_is_refused_after_a_quarter_of_an_hour() {
    let issuer = Issuer::start(Answer::Body(set(&["a", "bb"]))).await;
    let process = Process::with(&issuer);
    assert_eq!(process.verify("bb").await, Ok(()));
    issuer.now_answers(Answer::Body(set(&["a"])));

    let refused = process.after(900).verify("bb").await;

    assert_eq!(refused, Err(ErrorCode::TokenUnknownKey));
    assert_eq!(process.verify("a").await, Ok(()));
}

#[tokio::test]
async fn keys_are_renewed_behind_the_back_of_a_request() {
    let issuer = Issuer::start(Answer::Body(set(&["a"]))).await;
    let process = Process::with(&issuer);
    assert_eq!(process.verify("a").await, Ok(()));
    let (begun, mut work) = tokio::sync::mpsc::unbounded_channel();
    let background = Background::new(move |task| {
        let _ = begun.send(task);
    });

    let now = process.after(300).now();
    let verified = process
        .keys
        .verify(&token("a", now), now, &background)
        .await;

    // The request is done and nothing was fetched for it.
    assert!(verified.is_ok());
    assert_eq!(issuer.requests(), 1);
    work.recv().await.unwrap().await;
    assert_eq!(issuer.requests(), 2);
    assert_eq!(process.verify("a").await, Ok(()));
    assert!(work.try_recv().is_err());
}

#[tokio::test]
async fn pinned_keys_need_no_network_and_are_asked_first() {
    let issuer = Issuer::start(Answer::Body(set(&["bb"]))).await;
    let process = Process::new(&set(&["a"]), Further::Remote(issuer.url.clone()));

    assert_eq!(process.verify("a").await, Ok(()));
    assert_eq!(issuer.requests(), 0);
    assert_eq!(process.verify("bb").await, Ok(()));
    let alone = Process::new(&set(&["a"]), Further::Nowhere);
    assert_eq!(alone.verify("a").await, Ok(()));
    assert_eq!(alone.verify("bb").await, Err(ErrorCode::TokenUnknownKey));
}

#[tokio::test]
async fn nonsense_is_refused_before_any_key_is_looked_for() {
    let issuer = Issuer::start(Answer::Body(set(&["a"]))).await;
    let process = Process::with(&issuer);
    let background = Background::spawning();
    let refused = async |token: &str| {
        let verified = process.keys.verify(token, NOW, &background).await;
        verified.unwrap_err().code()
    };

    assert_eq!(refused("opaque").await, ErrorCode::TokenNotAJwt);
    assert_eq!(refused("a.b.c").await, ErrorCode::TokenMalformed);
    let secret = "eyJhbGciOiJIUzI1NiIsImtpZCI6ImEifQ.e30.AA";
    assert_eq!(refused(secret).await, ErrorCode::TokenAlgorithm);
    let nameless = "eyJhbGciOiJFZERTQSJ9.e30.AA";
    assert_eq!(refused(nameless).await, ErrorCode::TokenUnknownKey);
    assert_eq!(issuer.requests(), 0);
}
