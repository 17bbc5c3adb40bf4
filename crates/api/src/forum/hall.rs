//! The hall: everything that a quorum, a vote or a ruling on an item is counted from, as the books have it.

use chrono::{DateTime, NaiveDate, Utc};
use domain::forum::{AgendaItem, Attendance, Forum, Quorum, Room, Seat, SeatConflicts, Stakeholders};
use domain::needs::Need;
use persistence::forum::{attendance, recusals, seats};
use persistence::needs::{self, Submitted};
use persistence::{Reader, StoreError, Tx};

/// Seats, attendance and conflicts of interest, for one item.
pub(super) struct Hall {
    pub(super) seats: Vec<Seat>,
    pub(super) attendance: Vec<Attendance>,
    pub(super) conflicts: Vec<SeatConflicts>,
}

impl Hall {
    /// The hall as it stands; exact for whoever has the forum's turn.
    pub(super) fn of(reader: &mut Reader, item: &AgendaItem) -> Result<Self, StoreError> {
        let present = attendance::of_meeting(reader, item.meeting)?;
        let questions = recusals::of_item(reader, item.id)?;
        Ok(Self {
            seats: seats::of_forum(reader, item.forum)?,
            attendance: present.into_iter().map(|stored| stored.attendance).collect(),
            conflicts: questions.into_iter().map(|stored| stored.conflicts).collect(),
        })
    }

    /// The room at an instant.
    pub(super) fn room(&self, at: DateTime<Utc>) -> Room<'_> {
        Room { at, seats: &self.seats, attendance: &self.attendance, conflicts: &self.conflicts }
    }

    /// The quorum at an instant (F03).
    pub(super) fn quorum(&self, forum: &Forum, at: DateTime<Utc>) -> Quorum {
        self.room(at).quorum(forum.quorum)
    }
}

/// Writes down what the system sees of conflicts in an item on a need (F04), for the seats that are valid on a date:
/// new grounds open the question, known ones change nothing.
pub(super) fn suggest_conflicts(
    tx: &mut Tx,
    item: &AgendaItem,
    need: &Need,
    on: NaiveDate,
    at: DateTime<Utc>,
) -> Result<(), StoreError> {
    let submission = submission(tx, need)?;
    let stakeholders = Stakeholders::of(need.sender.clone(), &submission.content, &submission.parties);
    let known = recusals::of_item(tx, item.id)?;
    for seat in seats::of_forum(tx, item.forum)?.iter().filter(|seat| seat.is_valid_on(on)) {
        let stored = known.iter().find(|stored| stored.conflicts.seat == seat.id);
        let mut conflicts = stored.map_or_else(|| SeatConflicts::unknown(seat.id), |stored| stored.conflicts.clone());
        conflicts.suggest(seat, &stakeholders);
        if stored.is_none_or(|stored| stored.conflicts != conflicts) {
            recusals::put(tx, item.id, &conflicts, stored.map(|stored| stored.version), at)?;
        }
    }
    Ok(())
}

/// The newest submission of a need: what the forum treats.
pub(super) fn submission(reader: &mut Reader, need: &Need) -> Result<Submitted, StoreError> {
    let n = need.submitted_version.ok_or_else(|| StoreError::corrupt("agenda item", "its need was never submitted"))?;
    needs::find_version(reader, need.id, n)?.ok_or_else(|| StoreError::corrupt("need", "its submission is gone"))
}
