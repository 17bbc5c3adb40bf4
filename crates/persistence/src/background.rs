//! Work that takes a while: on threads that step back for those that answer quickly.

use std::thread;

use tokio::sync::oneshot;

use crate::error::StoreError;

/// How far a thread steps back, on a scale on which 0 is everybody and 19 is nobody.
#[cfg(target_os = "linux")]
const STEPS_BACK: i32 = 10;

/// Where a thread stands among those that want to run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    /// Among all others.
    InFront,
    /// Behind them, with the threads that it starts. Where a thread has no niceness of its own, this is in front as well.
    Behind,
}

impl Place {
    /// Puts this thread there. It cannot come back from behind.
    pub(crate) fn take(self) {
        #[cfg(target_os = "linux")]
        if self == Self::Behind
            && let Err(error) = rustix::process::nice(STEPS_BACK)
        {
            log::warn!("a thread cannot step back: {error}");
        }
    }
}

/// Does something on a thread of its own that steps back. It has begun when this returns; the future is its answer.
pub fn run<T, F>(name: &'static str, work: F) -> impl Future<Output = Result<T, StoreError>>
where
    T: Send + 'static,
    F: FnOnce() -> T + Send + 'static,
{
    let (answer, answered) = oneshot::channel();
    let work = move || {
        Place::Behind.take();
        // The asker may have gone away; then nobody wants the answer.
        let _ = answer.send(work());
    };
    let begun = thread::Builder::new().name(name.to_owned()).spawn(work).map_err(StoreError::Spool);
    async move {
        begun?;
        answered.await.map_err(|_| StoreError::Panicked(name))
    }
}
