//! Writing down the conflicts of a seat.

use domain::forum::SeatConflicts;
use domain::time::to_microseconds;
use persistence::forum::items::StoredItem;
use persistence::forum::recusals::{self, StoredRecusal};

use crate::forum::records::{self, Deed};
use crate::forum::views;
use crate::http::answer::Answer;
use crate::http::write::{Stop, Write};

/// Writes them down, leaves trail and event, and answers with them.
pub(super) fn save<T>(
    write: &mut Write<'_, T>,
    item: &StoredItem,
    before: Option<&StoredRecusal>,
    conflicts: SeatConflicts,
    deed: Deed,
) -> Result<Answer, Stop> {
    let now = write.call().now;
    let version = recusals::put(write, item.item.id, &conflicts, before.map(|stored| stored.version), now)?;
    let after = StoredRecusal { conflicts, version, updated_at: to_microseconds(now) };
    let json = |stored: &StoredRecusal| serde_json::to_value(views::recusal(stored, true)).ok();
    records::part_of_item(write, deed, item, before.and_then(json), json(&after))?;
    Ok(Answer::ok(&views::recusal(&after, true), version)?)
}
