//! Lanes: dedicated threads that each own a connection. A job goes in by a bounded channel and its answer comes
//! back by a oneshot, so that no request ever waits for a thread pool and a burst ends in "busy", not in memory.
//!
//! SQLite also answers on the spot (`OnTheSpot`): a look-up by key takes it less time than handing the job over.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Mutex, PoisonError};
use std::thread;

use crossbeam_channel::{Receiver, Sender, TrySendError, bounded};
use tokio::sync::oneshot;

use crate::backend::{self, AnyConnection};
use crate::background::Place;
use crate::error::StoreError;
use crate::store::Tx;

type Job = Box<dyn FnOnce(Result<&mut Tx, StoreError>) + Send>;
type Connect = dyn Fn() -> Result<AnyConnection, StoreError> + Send + Sync;

/// Several lanes behind one queue.
pub(crate) struct Lanes {
    queue: Sender<Job>,
}

impl Lanes {
    /// Starts `count` threads. Each connects when its first job comes, and anew after its connection broke.
    pub(crate) fn start(
        (name, place): (&'static str, Place),
        count: usize,
        waiting: usize,
        connect: impl Fn() -> Result<AnyConnection, StoreError> + Send + Sync + Clone + 'static,
    ) -> Self {
        let (queue, jobs) = bounded::<Job>(waiting);
        for n in 0..count {
            let (jobs, connect) = (jobs.clone(), connect.clone());
            thread::Builder::new()
                .name(format!("{name}-{n}"))
                .spawn(move || {
                    place.take();
                    run_lane(&jobs, &connect);
                })
                .expect("the system can start a thread");
        }
        Self { queue }
    }

    /// How many jobs wait.
    pub(crate) fn depth(&self) -> usize {
        self.queue.len()
    }

    /// Runs a job on the next free lane; nobody waits for it, and where many wait already it is left out.
    pub(crate) fn post(&self, work: impl FnOnce(&mut Tx) -> Result<(), StoreError> + Send + 'static) {
        let job: Job = Box::new(move |connected| {
            if let Err(error) = connected.and_then(work) {
                log::warn!("what nobody waits for has failed: {error}");
            }
        });
        let _ = self.queue.try_send(job);
    }

    /// Runs a job on the next free lane and brings back its answer.
    pub(crate) async fn run<T, E, F>(&self, name: &'static str, work: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
        F: FnOnce(&mut Tx) -> Result<T, E> + Send + 'static,
    {
        let (answer, answered) = oneshot::channel();
        let job: Job = Box::new(move |connected| {
            // The asker may have gone away; then nobody wants the answer.
            let _ = answer.send(connected.map_err(E::from).and_then(work));
        });
        match self.queue.try_send(job) {
            Ok(()) => answered.await.unwrap_or_else(|_| Err(StoreError::Panicked(name).into())),
            Err(TrySendError::Full(_) | TrySendError::Disconnected(_)) => Err(StoreError::Busy(name).into()),
        }
    }
}

fn run_lane(jobs: &Receiver<Job>, connect: &Connect) {
    let mut connected: Option<Tx> = None;
    while let Ok(job) = jobs.recv() {
        if connected.is_none() {
            match connect() {
                Ok(connection) => connected = Some(Tx::owning(connection)),
                Err(error) => {
                    log::warn!("a lane cannot connect: {error}");
                    job(Err(error));
                    continue;
                }
            }
        }
        let Some(tx) = connected.as_mut() else { continue };
        let finished = catch_unwind(AssertUnwindSafe(|| job(Ok(tx)))).is_ok();
        if !(finished && is_sound(tx)) {
            connected = None;
        }
    }
}

/// Whether a connection can be used again. After a panic or a broken connection diesel would take the next write for a
/// savepoint in a transaction that never commits; so such a connection ends.
fn is_sound(tx: &mut Tx) -> bool {
    backend::is_at_rest(tx.connection()) && !tx.is_lost()
}

/// Connections that do a short read in the thread that asks for it. There are never more than threads that ask.
pub(crate) struct OnTheSpot {
    idle: Mutex<Vec<Tx>>,
    connect: Box<Connect>,
}

impl OnTheSpot {
    /// Connects when it is first asked.
    pub(crate) fn new(connect: impl Fn() -> Result<AnyConnection, StoreError> + Send + Sync + 'static) -> Self {
        Self { idle: Mutex::default(), connect: Box::new(connect) }
    }

    /// Runs a job here and now.
    pub(crate) fn run<T, E, F>(&self, name: &'static str, work: F) -> Result<T, E>
    where
        E: From<StoreError>,
        F: FnOnce(&mut Tx) -> Result<T, E>,
    {
        let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let mut tx = match idle {
            Some(tx) => tx,
            None => Tx::owning((self.connect)()?),
        };
        let outcome = catch_unwind(AssertUnwindSafe(|| work(&mut tx)));
        if outcome.is_ok() && is_sound(&mut tx) {
            self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(tx);
        }
        outcome.unwrap_or_else(|_| Err(StoreError::Panicked(name).into()))
    }
}
