//! Decisions that depart from the forum's recommendation, and the agenda on which they stand to be noted (G03).

use diesel::prelude::*;
use domain::forum::ItemState;
use domain::funding::{DecisionState, GrantState};
use domain::ids::{AgendaItemId, DecisionId, ForumId};

use crate::codec::parse;
use crate::error::StoreError;
use crate::schema::{agenda_items, decisions, grants, recommendations};
use crate::store::{Reader, Tx};

/// A decision that departs from what the forum recommended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Departure {
    /// The decision.
    pub decision: DecisionId,
    /// The reference of its grant.
    pub reference: String,
}

/// The departures from recommendations of a forum that it has still to note, by reference: those of notified grants
/// that stand on no agenda, or whose item was removed or postponed.
pub fn to_be_noted(reader: &mut Reader, forum: ForumId) -> Result<Vec<Departure>, StoreError> {
    let let_go = [ItemState::Removed, ItemState::Postponed].map(ItemState::as_str);
    let waits = decisions::agenda_item_id.is_null().or(agenda_items::state.eq_any(let_go).assume_not_null());
    let rows: Vec<(String, String)> = decisions::table
        .inner_join(grants::table.on(grants::id.eq(decisions::grant_id)))
        .inner_join(recommendations::table.on(decisions::recommendation_id.eq(recommendations::id.nullable())))
        .left_join(agenda_items::table.on(decisions::agenda_item_id.eq(agenda_items::id.nullable())))
        .filter(recommendations::forum_id.eq(forum.to_string()))
        .filter(decisions::state.eq(DecisionState::Live.as_str()))
        .filter(decisions::departure_reason.is_not_null())
        .filter(grants::state.ne(GrantState::Decided.as_str()))
        .filter(waits)
        .order(grants::reference)
        .select((decisions::id, grants::reference))
        .load(reader.connection())?;
    let departure = |(id, reference): (String, String)| Ok(Departure { decision: parse("decision", &id)?, reference });
    rows.into_iter().map(departure).collect()
}

/// Notes by which item a departure stands on an agenda.
pub fn stand_as(tx: &mut Tx, decision: DecisionId, item: AgendaItemId) -> Result<(), StoreError> {
    diesel::update(decisions::table.find(decision.to_string()))
        .set(decisions::agenda_item_id.eq(item.to_string()))
        .execute(tx.connection())?;
    Ok(())
}
