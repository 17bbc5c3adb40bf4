//! The wire side of an upload: takes the bytes as they arrive, no slower than the minimum rate, and digests them.

use std::time::Duration;

use actix_web::web;
use futures_util::StreamExt;
use sha2::{Digest, Sha256};
use tokio::sync::mpsc;
use tokio::time::{Instant, timeout};

use super::Limits;
use super::body::Piece;
use super::failure::Failure;

/// Passes a body on, piece by piece, and answers with its SHA-256. A reader that has given up does not stop the
/// body: it is taken to its end, so that the caller is there to read why.
pub(super) async fn forward(
    mut payload: web::Payload,
    queue: mpsc::Sender<Piece>,
    limits: &Limits,
) -> Result<[u8; 32], Failure> {
    let mut digest = Sha256::new();
    let mut received = 0_u64;
    let mut patience = Patience::new(limits);
    loop {
        let waited = Instant::now();
        let Ok(next) = timeout(patience.left, payload.next()).await else {
            return Err(Failure::TooSlow { bytes_per_second: limits.bytes_per_second });
        };
        let Some(next) = next else { break };
        let bytes = next.map_err(|_| Failure::BrokeOff)?;
        received += bytes.len() as u64;
        if received > limits.encoded_bytes {
            return Err(Failure::TooLarge { limit: limits.encoded_bytes });
        }
        patience.spend(waited.elapsed(), bytes.len());
        digest.update(&bytes);
        // Time that the queue is full is our own slowness, so it is not taken from the caller's patience.
        let _ = queue.send(Piece::Bytes(bytes)).await;
    }
    let _ = queue.send(Piece::End).await;
    Ok(digest.finalize().into())
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
    fn new(limits: &Limits) -> Self {
        Self { left: limits.patience, most: limits.patience, per_byte: 1.0 / limits.bytes_per_second as f64 }
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
        let limits = Limits { bytes_per_second: 1_000, patience: Duration::from_secs(10), ..Limits::default() };
        Patience::new(&limits)
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
