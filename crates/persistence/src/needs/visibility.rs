//! Who sees a need: one filter for every look-up, listing, count and event (contract.md §2).

use diesel::dsl::exists;
use diesel::prelude::*;
use diesel::sql_types::Bool;
use domain::actor::Viewer;
use domain::needs::{NeedState, Reading};
use domain::organisations::OrganisationKind;

use super::rows::NeedRow;
use crate::connection::MultiBackend;
use crate::schema::{forum_counties, need_partners, need_private_owners, needs};

/// A condition on a need.
pub(super) type Condition = Box<dyn BoxableExpression<needs::table, MultiBackend, SqlType = Bool>>;

/// Whether the viewer sees the need at all: as its sender, as somebody it invited, or on the record.
pub(super) fn visible_to(viewer: &Viewer) -> Condition {
    let own = needs::sender_orgnr.eq(viewer.orgnr.to_string());
    Box::new(own.or(is_invited(viewer)).or(is_on_record_for(viewer)))
}

/// Whether the need's sender has invited the viewer, as partner or as private owner.
pub(super) fn is_invited(viewer: &Viewer) -> Condition {
    let as_partner = need_partners::table
        .filter(need_partners::need_id.eq(needs::id))
        .filter(need_partners::orgnr.eq(viewer.orgnr.to_string()));
    let as_private_owner = need_private_owners::table
        .filter(need_private_owners::need_id.eq(needs::id))
        .filter(need_private_owners::owner_orgnr.eq(viewer.orgnr.to_string()));
    Box::new(exists(as_partner).or(exists(as_private_owner)))
}

/// Whether the need was submitted and the viewer reads submissions: the county governor of its round, a seat in
/// a forum of its county today, the directorate.
pub(super) fn is_on_record_for(viewer: &Viewer) -> Condition {
    let submitted = needs::submitted_version.is_not_null();
    if viewer.kind == OrganisationKind::Directorate {
        return Box::new(submitted);
    }
    let office = needs::county_governor.eq(viewer.county_governor.clone().unwrap_or_default());
    let forums: Vec<String> = viewer.forums().iter().map(ToString::to_string).collect();
    let in_its_forum = forum_counties::table
        .filter(forum_counties::county_number.eq(needs::county_number))
        .filter(forum_counties::forum_id.eq_any(forums));
    Box::new(submitted.and(office.or(exists(in_its_forum))))
}

/// Whether the viewer sees the need in the overview of its county (F10), once it is submitted: its sender, whoever
/// reads its submission by office or seat, and every municipality of the county.
pub(super) fn is_on_overview_for(viewer: &Viewer) -> Condition {
    let submitted = needs::submitted_version.is_not_null();
    let own = needs::sender_orgnr.eq(viewer.orgnr.to_string());
    let home = viewer.county.as_ref().filter(|_| viewer.kind == OrganisationKind::Municipality);
    let neighbours = needs::county_number.eq(home.map(ToString::to_string).unwrap_or_default());
    Box::new(submitted.and(own.or(neighbours).or(is_on_record_for(viewer))))
}

/// How much of a visible need the viewer sees. Whoever is invited and also reads submissions sees the draft while
/// it is being written, since that is what it is asked about, and the submission otherwise.
pub(super) fn reading_of(row: &NeedRow, viewer: &Viewer, invited: bool, on_record: bool) -> Reading {
    let is_sender = row.sender_orgnr == viewer.orgnr.as_str();
    let is_office = viewer.county_governor.as_deref() == Some(row.county_governor.as_str());
    let is_editable = row.state.parse().is_ok_and(NeedState::is_editable);
    match (is_sender, invited, on_record) {
        (true, ..) => Reading::Own,
        (_, true, on_record) if is_editable || !on_record => Reading::Invited(viewer.orgnr.clone()),
        _ if is_office => Reading::Office,
        _ => Reading::Record,
    }
}
