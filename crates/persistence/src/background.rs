//! Work that takes a while: on threads that step back for those that answer quickly.

use std::thread;

use tokio::sync::oneshot;

use crate::error::StoreError;

/// How far a thread steps back, on a scale on which 0 is everybody and 19 is nobody.
#[cfg(target_os = "linux")]
const STEPS_BACK: i32 = 10;

/// Lets this thread, and those that it starts, run after all others that want to run. Where a thread has no niceness of
/// its own, nothing changes.
pub(crate) fn step_back() {
    #[cfg(target_os = "linux")]
    if let Err(error) = rustix::process::nice(STEPS_BACK) {
        log::warn!("a thread cannot step back: {error}");
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
        step_back();
        // The asker may have gone away; then nobody wants the answer.
        let _ = answer.send(work());
    };
    let begun = thread::Builder::new().name(name.to_owned()).spawn(work).map_err(StoreError::Spool);
    async move {
        begun?;
        answered.await.map_err(|_| StoreError::Panicked(name))
    }
}
