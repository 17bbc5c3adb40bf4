//! Forums, their seats and their composition.

use chrono::{DateTime, NaiveDate, Utc};
use domain::forum as rules;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::lists;

/// A collaboration forum.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Forum {
    /// Its id.
    pub id: Uuid,
    /// Its name.
    #[schema(example = "Samarbeidsforum i Vestland")]
    pub name: String,
    /// The office code of the county governor that is its secretariat.
    #[schema(example = "vestland")]
    pub county_governor: String,
    /// The counties whose needs it treats.
    #[schema(example = json!(["46"]))]
    pub counties: Vec<String>,
    /// Its settings for quorum and votes.
    pub settings: ForumSettings,
    /// Raised by every change of its settings.
    pub version: i64,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it was last changed.
    pub updated_at: DateTime<Utc>,
}

/// How a forum counts its quorum and its votes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ForumSettings {
    /// The least number of seats that take part in a decision, beside more than half of the base.
    #[schema(example = 3)]
    pub min_seats: usize,
    /// The least number of groups among them.
    #[schema(example = 2)]
    pub min_groups: usize,
    /// What a proposal needs to carry.
    #[schema(value_type = lists::MajorityBase, example = "votes_cast")]
    pub majority_base: rules::MajorityBase,
}

impl Forum {
    /// A forum as it is shown.
    pub fn of(forum: &rules::Forum, version: i64, created_at: DateTime<Utc>, updated_at: DateTime<Utc>) -> Self {
        Self {
            id: forum.id.0,
            name: forum.name.clone(),
            county_governor: forum.county_governor.clone(),
            counties: forum.counties.iter().map(ToString::to_string).collect(),
            settings: ForumSettings {
                min_seats: forum.quorum.min_seats,
                min_groups: forum.quorum.min_groups,
                majority_base: forum.majority,
            },
            version,
            created_at,
            updated_at,
        }
    }
}

crate::page! {
    /// A page of forums.
    ForumPage of Forum
}

/// A seat in a forum.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Seat {
    /// Its id.
    pub id: Uuid,
    /// Its forum.
    pub forum_id: Uuid,
    /// Whom it speaks for.
    #[schema(value_type = lists::SeatGroup, example = "public_owner")]
    pub group: rules::SeatGroup,
    /// The organisation that holds it.
    #[schema(example = "964338531")]
    pub orgnr: String,
    /// Chair or member.
    #[schema(value_type = lists::SeatRole, example = "member")]
    pub role: rules::SeatRole,
    /// Whether it votes and counts to the quorum.
    pub voting: bool,
    /// The holder's name; null while the seat is vacant.
    #[schema(example = "Kari Nordmann")]
    pub holder: Option<String>,
    /// Who stands in for the holder.
    pub deputy: Option<Deputy>,
    /// The first day on which it counts.
    pub from: NaiveDate,
    /// The last day on which it counts; null while it runs on.
    pub to: Option<NaiveDate>,
    /// Raised by every change.
    pub version: i64,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it was last changed.
    pub updated_at: DateTime<Utc>,
}

/// Who stands in for a seat's holder.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Deputy {
    /// The name.
    #[schema(example = "Ola Nordmann")]
    pub name: String,
    /// The organisation that the deputy comes from.
    #[schema(example = "938766223")]
    pub orgnr: String,
}

impl Seat {
    /// A seat as it is shown.
    pub fn of(
        seat: &rules::Seat,
        forum: Uuid,
        version: i64,
        created_at: DateTime<Utc>,
        updated_at: DateTime<Utc>,
    ) -> Self {
        let deputy = |deputy: &rules::Deputy| Deputy { name: deputy.name.clone(), orgnr: deputy.orgnr.to_string() };
        Self {
            id: seat.id.0,
            forum_id: forum,
            group: seat.group,
            orgnr: seat.orgnr.to_string(),
            role: seat.role,
            voting: seat.voting,
            holder: seat.holder.clone(),
            deputy: seat.deputy.as_ref().map(deputy),
            from: seat.from,
            to: seat.to,
            version,
            created_at,
            updated_at,
        }
    }
}

crate::page! {
    /// A page of seats.
    SeatPage of Seat
}

/// Which groups a forum has on a date, held against those it has to have (F01).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Composition {
    /// The date.
    pub on: NaiveDate,
    /// The rulesets that say which groups are required.
    #[schema(example = json!(["kollektiv-2026"]))]
    pub rulesets: Vec<String>,
    /// Whether every required group has a filled voting seat.
    pub complete: bool,
    /// The required groups that have none.
    #[schema(value_type = Vec<lists::SeatGroup>, example = json!([]))]
    pub missing: Vec<rules::SeatGroup>,
    /// Every group that is required or has a seat.
    pub groups: Vec<GroupSeats>,
}

/// The seats of one group on a date.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct GroupSeats {
    /// The group.
    #[schema(value_type = lists::SeatGroup, example = "union")]
    pub group: rules::SeatGroup,
    /// Whether the forum has to have it.
    pub required: bool,
    /// Voting seats that somebody holds.
    #[schema(example = 2)]
    pub filled: usize,
    /// Voting seats that nobody holds.
    #[schema(example = 0)]
    pub vacant: usize,
    /// Seats without a vote.
    #[schema(example = 0)]
    pub without_vote: usize,
}

impl Composition {
    /// A composition as it is shown.
    pub fn of(composition: &rules::Composition, on: NaiveDate, rulesets: Vec<String>) -> Self {
        let group = |group: &rules::GroupSeats| GroupSeats {
            group: group.group,
            required: group.required,
            filled: group.filled,
            vacant: group.vacant,
            without_vote: group.without_vote,
        };
        Self {
            on,
            rulesets,
            complete: composition.is_complete(),
            missing: composition.missing(),
            groups: composition.groups.iter().map(group).collect(),
        }
    }
}
