//! The digest of input that is read elsewhere.

use std::cell::RefCell;
use std::io::{self, Read};
use std::rc::Rc;

use sha2::{Digest, Sha256};

/// SHA-256 of what somebody else reads.
#[derive(Clone, Default)]
pub struct Digested(Rc<RefCell<Sha256>>);

impl Digested {
    /// The same input, digested while it is read.
    pub(crate) fn reading<R: Read>(&self, inner: R) -> impl Read + use<R> {
        DigestingReader { inner, digest: self.clone() }
    }

    /// SHA-256 of what was read.
    pub fn finish(self) -> [u8; 32] {
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
