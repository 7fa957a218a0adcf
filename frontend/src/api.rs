//! Every network call of the page.
//!
//! **Invariant:** nothing outside this module fetches. A call ends with what it asked for or
//! with a [`Failure`]; a token that has become old is renewed and the call made again, once.

mod account;
mod auth;
mod chatkit;
mod failure;
mod http;
mod import;
mod quota;
mod runs;
mod status;
mod stream;
mod tasks;
mod token;

use std::cell::RefCell;
use std::future::poll_fn;
use std::pin::pin;
use std::rc::Rc;
use std::task::Poll;

use js_sys::Promise;
use protocol::status::READ_ONLY_HEADER;
use protocol::{ErrorCode, UserId};
use serde::Serialize;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::{JsFuture, future_to_promise};
use web_sys::{AbortController, Response};
use yew::html::ImplicitClone;
use yew::{AttrValue, Callback};

pub use account::{Device, NewPassword};
pub use auth::{ask_for_reset, reset_password, session, sign_in, sign_out, sign_up, texts};
pub use failure::{Failure, Refusal};
pub use import::Import;
pub use quota::Quota;
pub use stream::{Batch, EventStream};
pub use tasks::{Between, Undo};

use crate::browser;
use crate::wire::Read;
use http::Call;
use token::Token;

/// The calls of one signed-in person. It dies with the person's part of the page.
#[derive(Clone)]
pub struct Api(Rc<Inner>);

struct Inner {
    user: UserId,
    time_zone: Option<String>,
    token: RefCell<Option<Token>>,
    /// The renewal under way, so that calls made at once share it.
    renewal: RefCell<Option<Promise>>,
    renewal_failure: RefCell<Option<Failure>>,
    abort: Option<AbortController>,
    /// What may still be asked, as the newest answer said it.
    quotas: RefCell<Vec<Quota>>,
    lost: Callback<()>,
    /// Hears with each answer whether nothing may be changed at the moment.
    held: Callback<bool>,
}

impl ImplicitClone for Api {}

impl PartialEq for Api {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl Api {
    /// `lost` hears when the server no longer takes this person's session, `held` with each answer
    /// whether nothing may be changed at the moment.
    pub fn new(user: UserId, lost: Callback<()>, held: Callback<bool>) -> Self {
        Self(Rc::new(Inner {
            token: RefCell::new(token::take_along(&user)),
            user,
            time_zone: browser::time_zone(),
            renewal: RefCell::default(),
            renewal_failure: RefCell::default(),
            abort: AbortController::new().ok(),
            quotas: RefCell::default(),
            lost,
            held,
        }))
    }

    /// Whose calls they are.
    pub fn user(&self) -> &UserId {
        &self.0.user
    }

    /// Ends all calls under way; they fail with [`Failure::Closed`].
    pub fn close(&self) {
        if let Some(abort) = &self.0.abort {
            abort.abort();
        }
    }

    /// A call that reads.
    async fn get<T: Read>(&self, path: &str) -> Result<T, Failure> {
        self.json(Call::new("GET", path)).await
    }

    /// A call that writes; the key makes a repetition harmless.
    async fn write<T: Read>(
        &self,
        method: &'static str,
        path: &str,
        key: &str,
        body: Option<&impl Serialize>,
    ) -> Result<T, Failure> {
        let mut call = Call::new(method, path).key(key);
        if let Some(body) = body {
            call = call.json(body);
        }
        self.json(call).await
    }

    async fn json<T: Read>(&self, call: Call) -> Result<T, Failure> {
        let response = self.send(call).await?;
        http::read_json(&response).await
    }

    /// Sends with the token, and once more with a new one where the first was refused.
    async fn send(&self, mut call: Call) -> Result<Response, Failure> {
        if let Some(zone) = &self.0.time_zone {
            call = call.header("x-time-zone", zone);
        }
        call.signal = self.0.abort.as_ref().map(AbortController::signal);
        let answer = http::send(&call, Some(&self.token().await?)).await;
        self.note_quotas(&answer);
        self.note_held(&answer);
        let refused = matches!(&answer, Err(Failure::Refused(why)) if why.status == 401);
        if !refused {
            return answer;
        }
        self.0.token.replace(None);
        match http::send(&call, Some(&self.token().await?)).await {
            Err(Failure::Refused(why)) if why.status == 401 => Err(self.lose(why.code)),
            answer => answer,
        }
    }

    fn note_held(&self, answer: &Result<Response, Failure>) {
        match answer {
            Ok(response) => {
                let is_held = response.headers().has(READ_ONLY_HEADER);
                self.0.held.emit(is_held.unwrap_or(false));
            }
            Err(failure) if failure.is(ErrorCode::ReadOnly) => self.0.held.emit(true),
            Err(_) => {}
        }
    }

    /// The value of the `Authorization` header.
    async fn token(&self) -> Result<String, Failure> {
        if let Some(header) = self.fresh_header() {
            return Ok(header);
        }
        let shared = self.0.renewal.borrow().clone();
        let renewal = shared.unwrap_or_else(|| {
            let api = self.clone();
            let renewal = future_to_promise(async move {
                let failure = api.renew().await.err();
                api.0.renewal_failure.replace(failure);
                api.0.renewal.replace(None);
                Ok(JsValue::UNDEFINED)
            });
            self.0.renewal.replace(Some(renewal.clone()));
            renewal
        });
        let _ = JsFuture::from(renewal).await;
        let failure = || self.0.renewal_failure.borrow().clone();
        self.fresh_header()
            .ok_or_else(|| failure().unwrap_or(Failure::Unreachable))
    }

    fn fresh_header(&self) -> Option<String> {
        let token = self.0.token.borrow();
        let token = token.as_ref()?;
        token.is_fresh(browser::now()).then(|| token.header())
    }

    async fn renew(&self) -> Result<(), Failure> {
        let signal = self.0.abort.as_ref().map(AbortController::signal);
        let text = match auth::new_token(signal).await {
            Ok(text) => text,
            Err(Failure::Refused(why)) if why.status == 401 => return Err(self.lose(why.code)),
            Err(failure) => return Err(failure),
        };
        let token = Token::read(text, browser::now()).ok_or_else(|| Failure::unreadable(200))?;
        // Another tab may have changed the account behind the shared cookie.
        if token.subject() != self.0.user.as_str() {
            return Err(self.lose("session.changed".to_owned()));
        }
        self.0.token.replace(Some(token));
        Ok(())
    }

    fn lose(&self, code: String) -> Failure {
        self.0.lost.emit(());
        Failure::SignedOut(AttrValue::from(code))
    }
}

/// Both results, the two calls being under way at the same time.
pub async fn both<A, B>(one: impl Future<Output = A>, other: impl Future<Output = B>) -> (A, B) {
    let (mut one, mut other) = (pin!(one), pin!(other));
    let (mut first, mut second) = (None, None);
    poll_fn(move |context| {
        if first.is_none()
            && let Poll::Ready(result) = one.as_mut().poll(context)
        {
            first = Some(result);
        }
        if second.is_none()
            && let Poll::Ready(result) = other.as_mut().poll(context)
        {
            second = Some(result);
        }
        match (first.take(), second.take()) {
            (Some(first), Some(second)) => Poll::Ready((first, second)),
            (half, other_half) => {
                (first, second) = (half, other_half);
                Poll::Pending
            }
        }
    })
    .await
}
