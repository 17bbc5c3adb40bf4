//! The queue between the wire and the reader, and its reading end as ordinary blocking input.

use std::io::{self, Read};

use actix_web::web::Bytes;
use tokio::sync::mpsc;

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
                None => return Err(intake::Failure::BrokeOff.into_io()),
            }
        }
        let taken = self.current.split_to(buffer.len().min(self.current.len()));
        buffer[..taken.len()].copy_from_slice(&taken);
        Ok(taken.len())
    }
}
