//! Decisions that depart from the forum's recommendation: they stand on its next agenda to be noted (G03).

use domain::forum::{AgendaItem, ItemState, ItemSubject, Meeting};
use domain::ids::AgendaItemId;
use persistence::forum::items;
use persistence::funding::departures;
use uuid::Uuid;

use super::records::{self, deed};
use crate::http::write::{Stop, Write};

/// Puts what the forum has still to note on the agenda of a meeting that is being convened, a theme for each.
pub(super) fn put_on_agenda<T>(write: &mut Write<'_, T>, meeting: &Meeting) -> Result<(), Stop> {
    let now = write.call().now;
    for departure in departures::to_be_noted(write, meeting.forum)? {
        let item = AgendaItem {
            // A second attempt makes another id; the first one was rolled back with its transaction.
            id: AgendaItemId(Uuid::now_v7()),
            meeting: meeting.id,
            forum: meeting.forum,
            county_governor: meeting.county_governor.clone(),
            number: items::next_number(write, meeting.id)?,
            subject: ItemSubject::Theme,
            title: format!("Til orientering: vedtak {}", departure.reference),
            state: ItemState::Listed,
            vote: None,
            started_at: None,
            statped_request: None,
            ending: None,
        };
        let stored = items::insert(write, item, now)?;
        departures::stand_as(write, departure.decision, stored.item.id)?;
        records::item(write, deed("agenda_item.create", "listed"), None, &stored)?;
    }
    Ok(())
}
