//! A function's body on its way to the client.

use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;
use hyper::body::{Body, Frame, Incoming, SizeHint};
use tokio::sync::oneshot;
use tokio::time::Sleep;

use crate::answer::BoxError;
use crate::log::{Level, Voice};

/// How long a body may pause once its function has said that the request is over. The platform
/// may freeze the function from that moment; ours only ends what is plainly still being made.
const PAUSE_AFTER_END: Duration = Duration::from_secs(2);

pub(crate) struct Relay {
    body: Incoming,
    /// Resolves when the function announced the end of the request, or died.
    ended: Option<oneshot::Receiver<()>>,
    pause: Option<Pin<Box<Sleep>>>,
    /// Dropped with the relay, which tells that the client needs the function no more.
    _done: oneshot::Sender<()>,
    voice: Voice,
}

impl Relay {
    pub(crate) fn new(
        body: Incoming,
        ended: oneshot::Receiver<()>,
        done: oneshot::Sender<()>,
        voice: Voice,
    ) -> Self {
        Self {
            body,
            ended: Some(ended),
            pause: None,
            _done: done,
            voice,
        }
    }

    /// Whether the function ended the request long ago and still owes us its body.
    fn is_overdue(&mut self, context: &mut Context<'_>) -> Poll<()> {
        if let Some(ended) = &mut self.ended {
            let _ = ready!(Pin::new(ended).poll(context));
            self.ended = None;
        }
        self.pause
            .get_or_insert_with(|| Box::pin(tokio::time::sleep(PAUSE_AFTER_END)))
            .as_mut()
            .poll(context)
    }
}

impl Body for Relay {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        if let Poll::Ready(frame) = Pin::new(&mut self.body).poll_frame(context) {
            self.pause = None;
            return Poll::Ready(frame.map(|frame| frame.map_err(BoxError::from)));
        }
        ready!(self.is_overdue(context));
        let reason = "was still writing after its end: make streams within wait_until";
        self.voice.say(Level::Gateway, reason);
        Poll::Ready(Some(Err(reason.into())))
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
