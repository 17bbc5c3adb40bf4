//! The queue between the wire and the reader, and its reading end as ordinary blocking input.

use std::cell::RefCell;
use std::io::{self, Read};
use std::rc::Rc;

use actix_web::web::Bytes;
use sha2::{Digest, Sha256};
use tokio::sync::mpsc;

use super::failure::Failure;
use crate::http::arrival::Interrupted;

/// Pieces of the body that may wait for the reader.
const WAITING: usize = 16;

/// A piece of the body, or its true end: a queue that closes without it was cut off.
pub(super) enum Piece {
    /// Some bytes.
    Bytes(Bytes),
    /// There is nothing more.
    End,
}

/// Makes the queue.
pub(super) fn queue() -> (mpsc::Sender<Piece>, Body) {
    let (queue, pieces) = mpsc::channel(WAITING);
    (queue, Body { pieces, current: Bytes::new(), ended: false })
}

/// The body as blocking input. Not to be read on an async thread.
pub(super) struct Body {
    pieces: mpsc::Receiver<Piece>,
    current: Bytes,
    ended: bool,
}

impl Read for Body {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.current.is_empty() && !self.ended {
            match self.pieces.blocking_recv() {
                Some(Piece::Bytes(bytes)) => self.current = bytes,
                Some(Piece::End) => self.ended = true,
                None => return Err(Failure::Interrupted(Interrupted::BrokeOff).into_io()),
            }
        }
        let taken = self.current.split_to(buffer.len().min(self.current.len()));
        buffer[..taken.len()].copy_from_slice(&taken);
        Ok(taken.len())
    }
}

/// The digest of input that is read elsewhere.
#[derive(Clone, Default)]
pub(super) struct Digested(Rc<RefCell<Sha256>>);

impl Digested {
    /// The same input, digested while it is read.
    pub(super) fn reading<R: Read>(&self, inner: R) -> impl Read + use<R> {
        DigestingReader { inner, digest: self.clone() }
    }

    /// SHA-256 of what was read.
    pub(super) fn finish(self) -> [u8; 32] {
        self.0.take().finalize().into()
    }
}

struct DigestingReader<R> {
    inner: R,
    digest: Digested,
}

impl<R: Read> Read for DigestingReader<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.digest.0.borrow_mut().update(&buffer[..read]);
        Ok(read)
    }
}

/// Input that may not be longer than so many bytes.
pub(super) struct Limited<R> {
    inner: R,
    left: u64,
    limit: u64,
}

impl<R> Limited<R> {
    /// Allows `limit` bytes.
    pub(super) fn new(inner: R, limit: u64) -> Self {
        Self { inner, left: limit, limit }
    }
}

impl<R: Read> Read for Limited<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.left = self
            .left
            .checked_sub(read as u64)
            .ok_or_else(|| Failure::UnpackedTooLarge { limit: self.limit }.into_io())?;
        Ok(read)
    }
}
