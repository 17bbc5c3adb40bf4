//! A body as it arrives: no slower than a minimum rate, no longer than a limit, digested on the way.

use std::time::Duration;

use actix_web::web::{self, Bytes};
use futures_util::StreamExt;
use sha2::{Digest, Sha256};
use tokio::time::{Instant, timeout};

use crate::error::ApiError;

/// How fast a body must come.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pace {
    /// Bytes per second that must arrive, measured over `patience`.
    pub bytes_per_second: u64,
    /// How long nothing may arrive before it is too slow.
    pub patience: Duration,
}

impl Default for Pace {
    fn default() -> Self {
        Self { bytes_per_second: 8 * 1024, patience: Duration::from_secs(20) }
    }
}

/// Why a body is not taken to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Interrupted {
    /// It came too slowly.
    TooSlow {
        /// The rate that is asked for.
        bytes_per_second: u64,
    },
    /// It ended before its end.
    BrokeOff,
    /// More bytes than allowed.
    TooLarge {
        /// So many are allowed.
        limit: u64,
    },
}

impl From<Interrupted> for ApiError {
    fn from(interrupted: Interrupted) -> Self {
        match interrupted {
            Interrupted::TooSlow { bytes_per_second } => {
                Self::new("upload_too_slow").with("bytes_per_second", bytes_per_second)
            }
            Interrupted::BrokeOff => Self::new("upload_incomplete"),
            Interrupted::TooLarge { limit } => Self::new("upload_too_large").with("limit_bytes", limit),
        }
    }
}

/// A body on its way in.
pub struct Arrival {
    payload: web::Payload,
    digest: Sha256,
    received: u64,
    limit: u64,
    pace: Pace,
    patience: Patience,
}

impl Arrival {
    /// Begins to take a body in.
    pub fn new(payload: web::Payload, limit: u64, pace: Pace) -> Self {
        let patience = Patience::new(pace);
        Self { payload, digest: Sha256::new(), received: 0, limit, pace, patience }
    }

    /// The next piece; `None` at the true end. Between two calls the caller's patience is not used up.
    pub async fn next(&mut self) -> Result<Option<Bytes>, Interrupted> {
        let waited = Instant::now();
        let Ok(next) = timeout(self.patience.left, self.payload.next()).await else {
            return Err(Interrupted::TooSlow { bytes_per_second: self.pace.bytes_per_second });
        };
        let Some(next) = next else { return Ok(None) };
        let bytes = next.map_err(|_| Interrupted::BrokeOff)?;
        self.received += bytes.len() as u64;
        if self.received > self.limit {
            return Err(Interrupted::TooLarge { limit: self.limit });
        }
        self.patience.spend(waited.elapsed(), bytes.len());
        self.digest.update(&bytes);
        Ok(Some(bytes))
    }

    /// SHA-256 of what has arrived.
    pub fn digest(self) -> [u8; 32] {
        self.digest.finalize().into()
    }
}

/// How long we still wait. Waiting uses it up, bytes win it back at the minimum rate, and it never exceeds what it
/// was at the beginning, so that a quick start does not buy a long standstill.
struct Patience {
    left: Duration,
    most: Duration,
    per_byte: f64,
}

impl Patience {
    #[allow(clippy::cast_precision_loss, reason = "a rate of bytes per second is small")]
    fn new(pace: Pace) -> Self {
        Self { left: pace.patience, most: pace.patience, per_byte: 1.0 / pace.bytes_per_second as f64 }
    }

    #[allow(clippy::cast_precision_loss, reason = "a piece of a body is small")]
    fn spend(&mut self, waited: Duration, bytes: usize) {
        let won = Duration::from_secs_f64(bytes as f64 * self.per_byte);
        self.left = (self.left.saturating_sub(waited) + won).min(self.most);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn patience() -> Patience {
        Patience::new(Pace { bytes_per_second: 1_000, patience: Duration::from_secs(10) })
    }

    #[test]
    fn who_sends_at_the_rate_is_never_too_slow() {
        let mut patience = patience();
        for _ in 0..1_000 {
            patience.spend(Duration::from_secs(1), 1_000);
        }
        assert_eq!(patience.left, Duration::from_secs(10));
    }

    #[test]
    fn who_trickles_runs_out_of_it() {
        let mut patience = patience();
        for _ in 0..20 {
            patience.spend(Duration::from_secs(1), 10);
        }
        assert!(patience.left < Duration::from_secs(1));
    }

    #[test]
    fn a_quick_start_does_not_buy_a_standstill() {
        let mut patience = patience();
        patience.spend(Duration::ZERO, 50_000_000);
        assert_eq!(patience.left, Duration::from_secs(10));
    }
}
