//! The domain's clock: real, or standing still in test mode. Tokens keep real time.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use chrono::{DateTime, Utc};

/// Where the domain reads the time.
#[derive(Debug, Clone)]
pub enum Clock {
    /// The machine's clock.
    Real,
    /// An instant, in microseconds since 1970; whoever holds the clock can set it.
    Still(Arc<AtomicI64>),
}

impl Clock {
    /// A clock that stands still.
    pub fn still(at: DateTime<Utc>) -> Self {
        Self::Still(Arc::new(AtomicI64::new(at.timestamp_micros())))
    }

    /// The time now, cut to microseconds.
    #[allow(clippy::disallowed_methods, reason = "this is the one place")]
    pub fn now(&self) -> DateTime<Utc> {
        match self {
            Self::Real => domain::time::to_microseconds(Utc::now()),
            Self::Still(micros) => DateTime::from_timestamp_micros(micros.load(Ordering::SeqCst))
                .expect("the clock was set from a valid instant"),
        }
    }

    /// Sets a clock that stands still. The real one cannot be set.
    pub fn set(&self, at: DateTime<Utc>) {
        if let Self::Still(micros) = self {
            micros.store(at.timestamp_micros(), Ordering::SeqCst);
        }
    }
}
