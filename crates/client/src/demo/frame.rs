//! The end: the frame, used and left.

use anyhow::Context;
use contract::funding::frames::{Frame, FrameLedger};
use contract::rounds::Round;

use super::cast::Cast;
use super::tell::{self, kroner};

/// Prints what the frame of the round's year holds, what is committed, and what is left.
pub(super) async fn account(cast: &Cast, round: &Round) -> anyhow::Result<()> {
    tell::step(8, "The frame");
    let secretariat = cast.secretariat()?;
    let path = format!("/v1/frames?scheme={}&year={}", round.scheme, round.year);
    let frames: Vec<Frame> = secretariat.client.list(&path).await?;
    let frame = frames.first().context("the round's year has no frame")?;
    let ledger: FrameLedger = secretariat.client.get(&format!("/v1/frames/{}/ledger", frame.id)).await?;
    let (total, sent) = (kroner(ledger.sources_nok), kroner(ledger.sent_nok));
    tell::did("The frame", &format!("{total} for {}, of which {sent} has been sent", ledger.year));
    if ledger.reserved_nok > 0 {
        tell::detail(&format!("held for needs that wait for their decision: {}", kroner(ledger.reserved_nok)));
    }
    tell::did("The frame", &format!("used {}, left {}", kroner(ledger.used_nok), kroner(ledger.left_nok)));
    Ok(())
}
