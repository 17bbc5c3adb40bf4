//! Who sees a need: one filter for every look-up, listing, count and event (contract.md §2).

use diesel::dsl::{exists, not};
use diesel::prelude::*;
use diesel::sql_types::{Bool, Nullable, Text};
use domain::actor::Viewer;
use domain::needs::{NeedState, Reading};
use domain::organisations::OrganisationKind;

use super::rows::NeedRow;
use crate::connection::MultiBackend;
use crate::error::StoreError;
use crate::schema::{
    coordinations, forum_counties, joint_drafts, need_parties, need_private_owners, need_shares, needs, network_members,
};
use crate::store::Reader;

/// A condition on a need.
pub(super) type Condition = Box<dyn BoxableExpression<needs::table, MultiBackend, SqlType = Bool>>;

/// A road by which a viewer comes to see needs. Each has an index of its own in the order of the list, so a list walks
/// them one by one: asked for all at once, a database would look at every need there is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Road {
    /// As its sender.
    Own,
    /// Invited as its partner or participant, or as Statped.
    Party,
    /// Invited as a private owner.
    PrivateOwner,
    /// Once submitted: as the county governor of its round.
    Office,
    /// Once submitted: by a seat today in a forum of its county.
    Forum,
    /// The same for one county, as lists walk it.
    ForumCounty(String),
    /// Once submitted: as the directorate.
    Nation,
    /// Shared with a network of which the viewer is a member today.
    Network,
}

impl Road {
    /// The roads that are open to a viewer.
    pub(super) fn of(viewer: &Viewer) -> Vec<Self> {
        let mut roads = vec![Self::Own, Self::Party, Self::PrivateOwner];
        let is_national = viewer.kind == OrganisationKind::Directorate;
        if is_national {
            roads.push(Self::Nation);
        }
        if viewer.county_governor.is_some() && !is_national {
            roads.push(Self::Office);
        }
        if !viewer.seats.is_empty() && !is_national {
            roads.push(Self::Forum);
        }
        // Last, since whoever reads submissions anyway reads the submission. Who is in no network pays nothing.
        if viewer.in_network {
            roads.push(Self::Network);
        }
        roads
    }

    /// The roads that are open to a viewer, as lists walk them.
    pub(super) fn walked_by(reader: &mut Reader, viewer: &Viewer) -> Result<Vec<Self>, StoreError> {
        let mut roads = Self::of(viewer);
        if roads.contains(&Self::Forum) {
            roads.retain(|road| *road != Self::Forum);
            let counties: Vec<String> = counties_of_forums(viewer).distinct().load(reader.connection())?;
            roads.extend(counties.into_iter().map(Self::ForumCounty));
        }
        Ok(roads)
    }

    /// Whether the road is one of those whom a sender invited.
    const fn is_invitation(&self) -> bool {
        matches!(self, Self::Party | Self::PrivateOwner)
    }

    /// Whether the road is one of those who read submissions.
    const fn is_on_record(&self) -> bool {
        matches!(self, Self::Office | Self::Forum | Self::ForumCounty(_) | Self::Nation)
    }

    /// Whether the road leads the viewer to a need.
    fn leads(&self, viewer: &Viewer) -> Condition {
        let submitted = needs::submitted_version.is_not_null();
        match self {
            Self::Own => Box::new(needs::sender_orgnr.eq(viewer.orgnr.to_string())),
            Self::Party => Box::new(exists(
                need_parties::table
                    .filter(need_parties::need_id.eq(needs::id))
                    .filter(need_parties::orgnr.eq(viewer.orgnr.to_string())),
            )),
            Self::PrivateOwner => Box::new(exists(
                need_private_owners::table
                    .filter(need_private_owners::need_id.eq(needs::id))
                    .filter(need_private_owners::owner_orgnr.eq(viewer.orgnr.to_string())),
            )),
            Self::Office => {
                let office = viewer.county_governor.clone().unwrap_or_default();
                Box::new(submitted.and(needs::county_governor.eq(office)))
            }
            Self::Forum => Box::new(submitted.and(needs::county_number.eq_any(counties_of_forums(viewer)))),
            Self::ForumCounty(county) => Box::new(submitted.and(needs::county_number.eq(county.clone()))),
            Self::Nation => Box::new(submitted),
            Self::Network => Box::new(exists(
                need_shares::table
                    .inner_join(network_members::table.on(network_members::network_id.eq(need_shares::network_id)))
                    .filter(need_shares::need_id.eq(needs::id))
                    .filter(network_members::orgnr.eq(viewer.orgnr.to_string())),
            )),
        }
    }

    /// Whether the road leads the viewer to a need, and none before it does: so no need is met twice.
    pub(super) fn leads_first(&self, viewer: &Viewer) -> Condition {
        let is_itself = |road: &Self| match self {
            Self::ForumCounty(_) => *road == Self::Forum,
            _ => road == self,
        };
        let before = Self::of(viewer).into_iter().take_while(|road| !is_itself(road));
        before.fold(self.leads(viewer), |found, road| Box::new(found.and(not(road.leads(viewer)))))
    }

    /// Whether what the viewer reads of a need on this road says something; `says` is asked of its newest submission
    /// (`true`) or of its draft. The same answer as [`reading_of`].
    pub(super) fn reads(&self, viewer: &Viewer, says: impl Fn(bool) -> Condition) -> Condition {
        let reads_record = Self::of(viewer).into_iter().any(|road| road.is_on_record());
        if self.is_on_record() {
            return says(true);
        }
        if !self.is_invitation() || !reads_record {
            return says(false);
        }
        let editable = NeedState::those(NeedState::is_editable).map(NeedState::as_str);
        let editable = needs::state.eq_any(editable.collect::<Vec<_>>());
        let of_draft = || Box::new(editable.clone().or(not(is_on_record_for(viewer))));
        Box::new(of_draft().and(says(false)).or(not(of_draft()).and(says(true))))
    }
}

/// The counties of the forums in which the viewer has a seat today.
#[diesel::dsl::auto_type]
fn counties_of_forums(viewer: &Viewer) -> _ {
    let forums: Vec<String> = viewer.forums().iter().map(ToString::to_string).collect();
    forum_counties::table.filter(forum_counties::forum_id.eq_any(forums)).select(forum_counties::county_number)
}

/// Whether the viewer sees the need at all, by any road.
pub(super) fn visible_to(viewer: &Viewer) -> Condition {
    any_of(Road::of(viewer), viewer)
}

/// The roles in which a viewer meets a need that it sees.
#[derive(Debug, Clone, Copy, Queryable)]
pub(super) struct Roles {
    /// Somebody the sender invited.
    invited: bool,
    /// In a network that the sender shared it with.
    in_network: bool,
    /// A reader of submissions.
    on_record: bool,
}

/// The columns of [`Roles`].
pub(super) fn roles(viewer: &Viewer) -> (Condition, Condition, Condition) {
    (is_invited(viewer), is_shared_with(viewer), is_on_record_for(viewer))
}

/// Whether the need's sender has shared it with a network of which the viewer is a member today.
fn is_shared_with(viewer: &Viewer) -> Condition {
    any_of(Road::of(viewer).into_iter().filter(|road| *road == Road::Network), viewer)
}

/// The coordination whose joint draft the need is, for its sender and the members of the coordination's network.
pub(super) fn coordination_for(
    viewer: &Viewer,
) -> Box<dyn BoxableExpression<needs::table, MultiBackend, SqlType = Nullable<Text>>> {
    let in_its_network = network_members::table
        .filter(network_members::network_id.eq(coordinations::network_id))
        .filter(network_members::orgnr.eq(viewer.orgnr.to_string()));
    let made_of = joint_drafts::table
        .inner_join(coordinations::table.on(coordinations::id.eq(joint_drafts::coordination_id)))
        .filter(joint_drafts::need_id.eq(needs::id))
        .filter(needs::sender_orgnr.eq(viewer.orgnr.to_string()).or(exists(in_its_network)));
    Box::new(made_of.select(joint_drafts::coordination_id).single_value())
}

/// Whether the need's sender has invited the viewer, as partner, participant, Statped or private owner.
fn is_invited(viewer: &Viewer) -> Condition {
    any_of(Road::of(viewer).into_iter().filter(Road::is_invitation), viewer)
}

/// Whether the need was submitted and the viewer reads submissions: the county governor of its round, a seat in
/// a forum of its county today, the directorate.
fn is_on_record_for(viewer: &Viewer) -> Condition {
    any_of(Road::of(viewer).into_iter().filter(Road::is_on_record), viewer)
}

fn any_of(roads: impl IntoIterator<Item = Road>, viewer: &Viewer) -> Condition {
    let or = |one: Condition, other: Condition| -> Condition { Box::new(one.or(other)) };
    let nowhere = || -> Condition { Box::new(needs::id.eq("")) };
    roads.into_iter().map(|road| road.leads(viewer)).reduce(or).unwrap_or_else(nowhere)
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
/// it is being written, since that is what it is asked about, and the submission otherwise. Whoever is in a network
/// that it is shared with sees what is asked for in all beside what the invited see; once the need is submitted,
/// whoever reads submissions anyway sees the submission.
pub(super) fn reading_of(row: &NeedRow, viewer: &Viewer, roles: Roles) -> Reading {
    let is_sender = row.sender_orgnr == viewer.orgnr.as_str();
    let is_office = viewer.county_governor.as_deref() == Some(row.county_governor.as_str());
    let is_editable = row.state.parse().is_ok_and(NeedState::is_editable);
    let sees_draft = roles.invited && is_editable || !roles.on_record;
    match roles {
        _ if is_sender => Reading::Own,
        Roles { in_network: true, .. } if sees_draft => Reading::Network(viewer.orgnr.clone()),
        Roles { invited: true, .. } if sees_draft => Reading::Invited(viewer.orgnr.clone()),
        _ if is_office => Reading::Office,
        _ => Reading::Record,
    }
}
