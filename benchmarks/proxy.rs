//! A way to the database that counts round trips.
//!
//! A connection is idle when everything asked on it was answered. What is asked of an idle
//! connection begins a round trip; what is asked before the answer has come travels along in it.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio_postgres::Config;

#[derive(Default)]
pub(crate) struct Counts {
    trips: AtomicU64,
    statements: AtomicU64,
}

impl Counts {
    /// Round trips and statements so far.
    pub(crate) fn now(&self) -> (u64, u64) {
        let read = |count: &AtomicU64| count.load(Ordering::SeqCst);
        (read(&self.trips), read(&self.statements))
    }
}

/// One direction of the protocol, cut into its messages: a letter and a length, but for the first
/// that a client sends, which has no letter.
struct Messages {
    buffer: Vec<u8>,
    skip: usize,
    has_letter: bool,
}

impl Messages {
    /// Tells the letter of each message that begins in these bytes.
    fn read(&mut self, bytes: &[u8], mut letter: impl FnMut(u8)) {
        self.buffer.extend_from_slice(bytes);
        loop {
            let skipped = self.skip.min(self.buffer.len());
            self.buffer.drain(..skipped);
            self.skip -= skipped;
            let head = usize::from(self.has_letter);
            let Some(length) = self.buffer.get(head..head + 4) else {
                return;
            };
            let length = length
                .iter()
                .fold(0, |sum, byte| sum << 8 | usize::from(*byte));
            letter(if self.has_letter { self.buffer[0] } else { 0 });
            self.skip = head + length;
            self.has_letter = true;
        }
    }
}

/// Opens the way and gives its port.
pub(crate) async fn open(server: Config, counts: Arc<Counts>) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").await;
    let listener = listener.expect("there is a free port");
    let port = listener.local_addr().expect("it is bound").port();
    tokio::spawn(async move {
        while let Ok((client, _)) = listener.accept().await {
            let _ = client.set_nodelay(true);
            let server = testing::dial(&server).await.expect("the server answers");
            let (from_client, to_client) = client.into_split();
            let (from_server, to_server) = tokio::io::split(server);
            let asked = Arc::new(AtomicI64::new(0));
            let (counts, answered) = (Arc::clone(&counts), Arc::clone(&asked));
            // A query, or the end of a group of messages that make one.
            let on_question = move |letter| {
                if matches!(letter, b'Q' | b'S') {
                    counts.statements.fetch_add(1, Ordering::SeqCst);
                    if asked.fetch_add(1, Ordering::SeqCst) <= 0 {
                        counts.trips.fetch_add(1, Ordering::SeqCst);
                    }
                }
                if letter == 0 {
                    asked.fetch_add(1, Ordering::SeqCst);
                }
            };
            // Ready for the next query.
            let on_answer = move |letter| {
                if letter == b'Z' {
                    answered.fetch_sub(1, Ordering::SeqCst);
                }
            };
            tokio::spawn(relay(from_client, to_server, false, on_question));
            tokio::spawn(relay(from_server, to_client, true, on_answer));
        }
    });
    port
}

async fn relay(
    mut from: impl AsyncRead + Unpin,
    mut to: impl AsyncWrite + Unpin,
    has_letter: bool,
    mut on: impl FnMut(u8),
) {
    let mut messages = Messages {
        buffer: Vec::new(),
        skip: 0,
        has_letter,
    };
    let mut bytes = [0; 64 * 1024];
    while let Ok(length @ 1..) = from.read(&mut bytes).await {
        messages.read(&bytes[..length], &mut on);
        if to.write_all(&bytes[..length]).await.is_err() {
            return;
        }
    }
}
