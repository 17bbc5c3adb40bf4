//! The wire side of an upload: passes the bytes on as they arrive.

use tokio::sync::mpsc;

use super::body::Piece;
use crate::http::arrival::{Arrival, Interrupted};

/// Passes a body on, piece by piece, and answers with its SHA-256. A reader that has given up does not stop the
/// body: it is taken to its end, so that the caller is there to read why.
pub(super) async fn forward(mut arrival: Arrival, queue: mpsc::Sender<Piece>) -> Result<[u8; 32], Interrupted> {
    while let Some(bytes) = arrival.next().await? {
        // Time that the queue is full is our own slowness, so it is not taken from the caller's patience.
        let _ = queue.send(Piece::Bytes(bytes)).await;
    }
    let _ = queue.send(Piece::End).await;
    Ok(arrival.digest())
}
