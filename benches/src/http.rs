//! A small HTTP/1.1 client on a connection that is kept: so cheap that what is measured is the server.

use std::fmt::Write as _;
use std::io;
use std::net::SocketAddr;

use serde_json::Value;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// A request, to be sent as often as wanted.
#[derive(Debug, Clone)]
pub struct Request {
    head: String,
    body: Vec<u8>,
}

impl Request {
    fn new(method: &str, path: &str) -> Self {
        Self { head: format!("{method} {path} HTTP/1.1\r\nhost: localhost\r\n"), body: Vec::new() }
    }

    /// `GET`.
    pub fn get(path: &str) -> Self {
        Self::new("GET", path)
    }

    /// `POST` of a body.
    pub fn post(path: &str, content_type: &str, body: Vec<u8>) -> Self {
        Self { body, ..Self::new("POST", path) }.header("content-type", content_type)
    }

    /// `PUT` of a body.
    pub fn put(path: &str, content_type: &str, body: Vec<u8>) -> Self {
        Self { body, ..Self::new("PUT", path) }.header("content-type", content_type)
    }

    /// `POST` of JSON.
    pub fn post_json(path: &str, body: &Value) -> Self {
        Self::post(path, "application/json", body.to_string().into_bytes())
    }

    /// `PATCH` with a merge patch.
    pub fn patch(path: &str, body: &Value) -> Self {
        let body = body.to_string().into_bytes();
        Self { body, ..Self::new("PATCH", path) }.header("content-type", "application/merge-patch+json")
    }

    /// The same with a header.
    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        let _ = write!(self.head, "{name}: {value}\r\n");
        self
    }

    /// The same with a token.
    #[must_use]
    pub fn bearer(self, token: &str) -> Self {
        self.header("authorization", &format!("Bearer {token}"))
    }

    /// As it goes over the wire.
    pub fn to_bytes(&self) -> Vec<u8> {
        let length = format!("content-length: {}\r\n\r\n", self.body.len());
        [self.head.as_bytes(), length.as_bytes(), &self.body].concat()
    }
}

/// An answer, read whole.
pub struct Answer<'a> {
    /// HTTP status.
    pub status: u16,
    /// The body.
    pub body: &'a [u8],
    head: &'a str,
}

impl Answer<'_> {
    /// A header.
    pub fn header(&self, name: &str) -> Option<&str> {
        header(self.head, name)
    }

    /// The body as JSON, null where it is none.
    pub fn json(&self) -> Value {
        serde_json::from_slice(self.body).unwrap_or_default()
    }

    /// Fails unless the status is this one.
    pub fn expect(self, status: u16) -> anyhow::Result<Self> {
        let text = String::from_utf8_lossy(self.body);
        anyhow::ensure!(self.status == status, "{status} was expected, not {}: {text}", self.status);
        Ok(self)
    }
}

fn header<'a>(head: &'a str, name: &str) -> Option<&'a str> {
    let lines = head.split("\r\n").filter_map(|line| line.split_once(':'));
    lines.into_iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value.trim())
}

/// A connection that is kept.
pub struct Connection {
    stream: TcpStream,
    buffer: Vec<u8>,
}

impl Connection {
    /// Opens one.
    pub async fn open(address: SocketAddr) -> io::Result<Self> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        Ok(Self { stream, buffer: Vec::with_capacity(16 * 1_024) })
    }

    /// Sends a request and reads its answer whole.
    pub async fn exchange(&mut self, request: &[u8]) -> io::Result<Answer<'_>> {
        self.stream.write_all(request).await?;
        self.buffer.clear();
        let head_end = loop {
            self.read_more().await?;
            if let Some(end) = self.buffer.windows(4).position(|four| four == b"\r\n\r\n") {
                break end;
            }
        };
        let body_from = head_end + 4;
        let length = length_of(text(&self.buffer[..head_end])?)?;
        while self.buffer.len() < body_from + length {
            self.read_more().await?;
        }
        let head = text(&self.buffer[..head_end])?;
        let status = head.get(9..12).and_then(|status| status.parse().ok()).ok_or_else(|| unreadable("no status"))?;
        Ok(Answer { status, head, body: &self.buffer[body_from..] })
    }

    async fn read_more(&mut self) -> io::Result<()> {
        match self.stream.read_buf(&mut self.buffer).await? {
            0 => Err(io::ErrorKind::UnexpectedEof.into()),
            _ => Ok(()),
        }
    }
}

fn unreadable(why: &'static str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, why)
}

fn text(bytes: &[u8]) -> io::Result<&str> {
    std::str::from_utf8(bytes).map_err(|_| unreadable("a head that is no text"))
}

/// The server always says how long its answers are; what it streams is not for this client.
fn length_of(head: &str) -> io::Result<usize> {
    match header(head, "content-length") {
        Some(length) => length.parse().map_err(|_| unreadable("no length")),
        None if header(head, "transfer-encoding").is_some() => Err(unreadable("an answer in chunks")),
        None => Ok(0),
    }
}
