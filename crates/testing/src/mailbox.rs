//! Where the letters of a test arrive: a webhook.

use serde_json::Value;
use tokio::io::AsyncWriteExt;
use tokio::net::TcpListener;
use tokio::sync::{Mutex, mpsc};

use crate::model;

/// A webhook on a free port of this machine that takes every letter.
pub struct Mailbox {
    pub url: String,
    letters: Mutex<mpsc::UnboundedReceiver<Value>>,
}

impl Mailbox {
    /// # Panics
    /// If there is no free port.
    pub async fn open() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0")
            .await
            .expect("there is a free port");
        let address = listener.local_addr().expect("it is bound");
        let (put, letters) = mpsc::unbounded_channel();
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                let put = put.clone();
                tokio::spawn(async move {
                    let letter = model::read(&mut stream).await?;
                    let head = "HTTP/1.1 204 No Content\r\nconnection: close\r\n\r\n";
                    stream.write_all(head.as_bytes()).await.ok()?;
                    put.send(letter).ok()
                });
            }
        });
        Self {
            url: format!("http://{address}/letters"),
            letters: Mutex::new(letters),
        }
    }

    /// The next letter, as soon as it is there.
    ///
    /// # Panics
    /// If the webhook is gone.
    pub async fn next(&self) -> Value {
        let mut letters = self.letters.lock().await;
        letters.recv().await.expect("the webhook runs")
    }

    /// Whether nothing lies there unread.
    pub async fn is_empty(&self) -> bool {
        self.letters.lock().await.is_empty()
    }
}
