//! The platform's limit on what a request may carry.

use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use http_body_util::BodyExt;
use hyper::Request;
use hyper::body::{Body as _, Frame, SizeHint};

use crate::answer::{Body, BoxError};

/// 4.5 MB.
const LIMIT: u64 = 4_718_592;

/// A body that fails once it is over the limit, and tells so.
pub(crate) struct Limited {
    body: Body,
    left: u64,
    over: Arc<AtomicBool>,
}

impl Limited {
    pub(crate) fn wrap(request: Request<Body>) -> (Request<Body>, Arc<AtomicBool>) {
        let over = Arc::new(AtomicBool::new(false));
        let flag = Arc::clone(&over);
        let request = request.map(|body| {
            Self {
                body,
                left: LIMIT,
                over,
            }
            .boxed()
        });
        (request, flag)
    }

    /// Whether a request says itself that it carries too much.
    pub(crate) fn is_announced(request: &Request<Body>) -> bool {
        request.body().size_hint().lower() > LIMIT
    }

    /// Reads a body that nobody wants: a client that is still writing when its connection is
    /// closed may never see the answer.
    pub(crate) async fn discard(request: Request<Body>) {
        let mut body = request.into_body();
        while let Some(Ok(_)) = body.frame().await {}
    }
}

impl hyper::body::Body for Limited {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        let frame = ready!(Pin::new(&mut self.body).poll_frame(context));
        if let Some(Ok(frame)) = &frame
            && let Some(data) = frame.data_ref()
        {
            match self.left.checked_sub(data.len() as u64) {
                Some(left) => self.left = left,
                None => {
                    self.over.store(true, Ordering::Relaxed);
                    return Poll::Ready(Some(Err("the body is over the limit".into())));
                }
            }
        }
        Poll::Ready(frame)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
