//! A way to the database that counts commits, and lets a process die at one of them.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio::sync::Notify;
use tokio_postgres::Config;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Moment {
    /// The database never hears of the step.
    Before,
    /// The database has kept the step, and the process never hears of that.
    After,
}

/// What is waited for, and what has happened.
#[derive(Debug)]
pub(crate) struct Trap {
    /// Which of the commits, counted from 1.
    pub(crate) at: usize,
    pub(crate) moment: Moment,
    commits: AtomicUsize,
    /// Told once, when the moment has come. The connection stands still from then on.
    pub(crate) sprung: Notify,
}

impl Trap {
    pub(crate) fn new(at: usize, moment: Moment) -> Arc<Self> {
        Arc::new(Self {
            at,
            moment,
            commits: AtomicUsize::new(0),
            sprung: Notify::new(),
        })
    }

    fn counts(&self, text: &[u8], sign: &[u8]) -> bool {
        let found = text.windows(sign.len()).filter(|part| *part == sign);
        let found = found.count();
        let before = self.commits.fetch_add(found, Ordering::SeqCst);
        before < self.at && before + found >= self.at
    }
}

/// Opens the way and gives its port.
pub(crate) async fn open(server: Config, trap: Arc<Trap>) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move {
        while let Ok((client, _)) = listener.accept().await {
            let server = testing::dial(&server).await.unwrap();
            let (from_client, to_client) = client.into_split();
            let (from_server, to_server) = tokio::io::split(server);
            // As the protocol writes a statement, and the word that it was done.
            let (asked, kept): (&[u8], &[u8]) = (b"Q\0\0\0\x0bcommit\0", b"C\0\0\0\x0bCOMMIT\0");
            tokio::spawn(relay(
                from_client,
                to_server,
                Arc::clone(&trap),
                (Moment::Before, asked),
            ));
            tokio::spawn(relay(
                from_server,
                to_client,
                Arc::clone(&trap),
                (Moment::After, kept),
            ));
        }
    });
    port
}

async fn relay(
    mut from: impl AsyncRead + Unpin,
    mut to: impl AsyncWrite + Unpin,
    trap: Arc<Trap>,
    (moment, sign): (Moment, &'static [u8]),
) {
    let mut bytes = [0; 64 * 1024];
    while let Ok(length @ 1..) = from.read(&mut bytes).await {
        if moment == trap.moment && trap.counts(&bytes[..length], sign) {
            trap.sprung.notify_one();
            // Neither told nor let go: the process dies without knowing.
            std::future::pending::<()>().await;
        }
        if to.write_all(&bytes[..length]).await.is_err() {
            return;
        }
    }
}
