//! Input that may not be longer than so many bytes.

use std::io::{self, Read};

use crate::failure::Failure;

/// Fails at the first byte that is one too many.
pub(crate) struct Limited<R> {
    inner: R,
    left: u64,
    limit: u64,
}

impl<R> Limited<R> {
    /// Allows `limit` bytes.
    pub(crate) fn new(inner: R, limit: u64) -> Self {
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
