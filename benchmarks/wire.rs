//! HTTP with as little of our own as can be, for requests that are counted by the thousand.

use std::io;
use std::net::SocketAddr;

use testing::ORIGIN;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// A connection that is kept open.
pub(crate) struct Wire {
    stream: TcpStream,
    bytes: Vec<u8>,
    number: u64,
}

pub(crate) struct Answer {
    pub(crate) status: u16,
    head: String,
    pub(crate) body: String,
}

impl Answer {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().find_map(|line| {
            let (known, value) = line.split_once(':')?;
            known.eq_ignore_ascii_case(name).then_some(value.trim())
        })
    }

    /// Milliseconds of one entry of `Server-Timing`.
    pub(crate) fn timing(&self, name: &str) -> Option<f64> {
        let prefix = format!("server-timing: {name};dur=");
        let mut lines = self.head.lines();
        lines.find_map(|line| line.strip_prefix(&*prefix)?.parse().ok())
    }
}

impl Wire {
    pub(crate) async fn open(address: SocketAddr) -> io::Result<Self> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        Ok(Self {
            stream,
            bytes: Vec::with_capacity(64 * 1024),
            number: 0,
        })
    }

    /// Sends a request and takes in the whole answer.
    pub(crate) async fn ask(
        &mut self,
        method: &str,
        path: &str,
        token: &str,
        body: &str,
    ) -> io::Result<Answer> {
        let headers = format!("authorization: Bearer {token}\r\n");
        self.ask_with(method, path, &headers, body).await
    }

    /// The same with other headers, each with the end of its line.
    pub(crate) async fn ask_with(
        &mut self,
        method: &str,
        path: &str,
        headers: &str,
        body: &str,
    ) -> io::Result<Answer> {
        self.number += 1;
        let length = body.len();
        let (_, host) = ORIGIN.split_once("://").unwrap_or_default();
        // The runtime tells the end of each request by these names of the platform's.
        let request = format!(
            "{method} {path} HTTP/1.1\r\nhost: {host}\r\n{headers}\
             x-vercel-internal-invocation-id: bench\r\n\
             x-vercel-internal-request-id: {}\r\n\
             content-type: application/json\r\ncontent-length: {length}\r\n\r\n{body}",
            self.number
        );
        self.stream.write_all(request.as_bytes()).await?;
        let end = self.until(b"\r\n\r\n", 0).await?;
        let head = String::from_utf8_lossy(&self.bytes[..end]).into_owned();
        let status = head
            .split(' ')
            .nth(1)
            .and_then(|status| status.parse().ok());
        let mut answer = Answer {
            status: status.unwrap_or_default(),
            head,
            body: String::new(),
        };
        let body = answer.header("content-length");
        let body: Option<usize> = body.and_then(|length| length.parse().ok());
        let whole = match body {
            Some(length) => end + length,
            None => self.until(b"0\r\n\r\n", end).await?,
        };
        while self.bytes.len() < whole {
            self.more().await?;
        }
        answer.body = String::from_utf8_lossy(&self.bytes[end..whole]).into_owned();
        self.bytes.drain(..whole);
        Ok(answer)
    }

    /// Where the first of these bytes after `from` end.
    async fn until(&mut self, sign: &[u8], from: usize) -> io::Result<usize> {
        loop {
            let mut windows = self.bytes[from..].windows(sign.len());
            if let Some(at) = windows.position(|window| window == sign) {
                return Ok(from + at + sign.len());
            }
            self.more().await?;
        }
    }

    async fn more(&mut self) -> io::Result<()> {
        match self.stream.read_buf(&mut self.bytes).await? {
            0 => Err(io::ErrorKind::UnexpectedEof.into()),
            _ => Ok(()),
        }
    }
}
