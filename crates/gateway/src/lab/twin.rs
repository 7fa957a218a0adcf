//! A change that reaches its function twice, as when a client does not hear the answer and asks
//! again while the first is still at work.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use http_body_util::BodyExt;
use hyper::{Method, Request, StatusCode};
use serde_json::{Value, json};
use tokio::sync::oneshot;

use crate::answer::{Body, full};
use crate::instances::Instances;
use crate::invoke::{Names, invoke};

/// By this a client says that a repetition of its request is the same request.
const KEY: &str = "idempotency-key";

/// Who waits for the next change, if somebody does.
#[derive(Default)]
pub(crate) struct Twins(Mutex<Option<oneshot::Sender<Value>>>);

impl Twins {
    /// Resolves when the next change was sent twice, with what became of both.
    pub(crate) async fn next(&self) -> Option<Value> {
        let (sender, seen) = oneshot::channel();
        *self.lock() = Some(sender);
        seen.await.ok()
    }

    /// Gives the request back, and if it is one that somebody waits for, a second one like it.
    pub(crate) async fn split(&self, request: Request<Body>) -> (Request<Body>, Option<Twin>) {
        let is_change = request.method() != Method::GET && request.headers().contains_key(KEY);
        let waiting = is_change.then(|| self.lock().take()).flatten();
        let Some(waiting) = waiting.filter(|waiting| !waiting.is_closed()) else {
            return (request, None);
        };
        let (head, body) = request.into_parts();
        let path = head.uri.path().to_owned();
        let Ok(body) = body.collect().await else {
            return (Request::from_parts(head, full(Bytes::new())), None);
        };
        let body = body.to_bytes();
        let copy = Request::from_parts(head.clone(), full(body.clone()));
        let twin = Twin {
            request: copy,
            path,
            waiting,
        };
        (Request::from_parts(head, full(body)), Some(twin))
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Option<oneshot::Sender<Value>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The second of two requests.
pub(crate) struct Twin {
    request: Request<Body>,
    path: String,
    waiting: oneshot::Sender<Value>,
}

/// How the second one was answered.
pub(crate) struct Answered {
    path: String,
    waiting: oneshot::Sender<Value>,
    status: oneshot::Receiver<StatusCode>,
}

impl Twin {
    /// Sends it, and hears the answer to its end, since a client that hangs up would be another
    /// failure.
    pub(crate) fn send(
        self,
        instances: &Arc<Instances>,
        place: usize,
        limit: Duration,
        number: u64,
        id: String,
    ) -> Answered {
        let (tell, status) = oneshot::channel();
        let (instances, request) = (Arc::clone(instances), self.request);
        tokio::spawn(async move {
            let names = Names { number, id: &id };
            let response = invoke(&instances, place, limit, request, names).await;
            let _ = tell.send(response.status());
            let mut body = response.into_body();
            while let Some(Ok(_)) = body.frame().await {}
        });
        Answered {
            path: self.path,
            waiting: self.waiting,
            status,
        }
    }
}

impl Answered {
    /// Tells who waits, once both are answered.
    pub(crate) fn beside(self, first: StatusCode) {
        tokio::spawn(async move {
            let Ok(second) = self.status.await else {
                return;
            };
            let statuses = [first.as_u16(), second.as_u16()];
            let seen = json!({"path": self.path, "statuses": statuses});
            let _ = self.waiting.send(seen);
        });
    }
}
