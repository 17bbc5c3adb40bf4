//! Agenda items: how they are listed, treated, voted on and decided.

use chrono::{DateTime, NaiveDate, Utc};
use domain::forum as rules;
use domain::money::Nok;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;
use validator::Validate;

use super::lists;
use super::statped::StatpedRequest;

/// An item on a meeting's agenda.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct AgendaItem {
    /// Its id.
    pub id: Uuid,
    /// Its meeting.
    pub meeting_id: Uuid,
    /// Its forum.
    pub forum_id: Uuid,
    /// Its number on the agenda, from 1.
    #[schema(example = 1)]
    pub number: u32,
    /// What it is about.
    #[schema(value_type = lists::AgendaItemKind, example = "need")]
    pub kind: rules::ItemKind,
    /// What it is called.
    #[schema(example = "Språkmiljø for alle")]
    pub title: String,
    /// The need to be treated.
    pub need_id: Option<Uuid>,
    /// The recommendation to be adopted.
    pub recommendation_id: Option<Uuid>,
    /// Where it stands.
    #[schema(value_type = lists::AgendaItemState, example = "decided")]
    pub state: rules::ItemState,
    /// What its need ends in when the meeting is closed.
    #[schema(value_type = Option<lists::ItemOutcome>, example = "prioritised")]
    pub outcome: Option<rules::Outcome>,
    /// The need's place among those that get money.
    #[schema(example = 1)]
    pub rank: Option<u32>,
    /// How much the need is to get.
    #[schema(example = 250_000)]
    pub amount_nok: Option<i64>,
    /// Why.
    #[schema(example = "Tiltaket ligger tett på barna og bygger på kartleggingen.")]
    pub reason: Option<String>,
    /// Until when a returned need is to be sent again.
    pub reply_by: Option<NaiveDate>,
    /// How each allocation criterion is met.
    pub criteria: Vec<CriterionAnswer>,
    /// How the forum came to its decision.
    #[schema(value_type = Option<lists::DecidedBy>, example = "agreement")]
    pub decided_by: Option<rules::DecidedBy>,
    /// The last vote held on it.
    pub vote: Option<Vote>,
    /// The count of the quorum at the instant of the decision.
    pub quorum: Option<Quorum>,
    /// That the forum asks for Statped to carry the measure out, where it does (N07).
    pub statped_request: Option<StatpedRequest>,
    /// When it was taken up.
    pub started_at: Option<DateTime<Utc>>,
    /// When it ended.
    pub ended_at: Option<DateTime<Utc>>,
    /// Raised by every change.
    pub version: i64,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it was last changed.
    pub updated_at: DateTime<Utc>,
}

impl AgendaItem {
    /// An item as it is shown.
    pub fn of(item: &rules::AgendaItem, version: i64, created_at: DateTime<Utc>, updated_at: DateTime<Utc>) -> Self {
        let ending = item.ending.as_ref();
        let (need_id, recommendation_id) = match item.subject {
            rules::ItemSubject::Need(need) => (Some(need.0), None),
            rules::ItemSubject::Recommendation(recommendation) => (None, Some(recommendation.0)),
            rules::ItemSubject::Theme => (None, None),
        };
        let criteria = ending.map(|ending| ending.criteria.as_slice()).unwrap_or_default();
        Self {
            id: item.id.0,
            meeting_id: item.meeting.0,
            forum_id: item.forum.0,
            number: item.number,
            kind: item.subject.kind(),
            title: item.title.clone(),
            need_id,
            recommendation_id,
            state: item.state,
            outcome: ending.and_then(|ending| ending.outcome),
            rank: ending.and_then(|ending| ending.rank),
            amount_nok: ending.and_then(|ending| ending.amount).map(Nok::kroner),
            reason: ending.and_then(|ending| ending.reason.clone()),
            reply_by: ending.and_then(|ending| ending.reply_by),
            criteria: criteria.iter().cloned().map(CriterionAnswer::from).collect(),
            decided_by: ending.and_then(|ending| ending.decided_by),
            vote: item.vote.as_ref().map(Vote::of),
            quorum: ending.and_then(|ending| ending.quorum.as_ref()).map(Quorum::of),
            statped_request: item.statped_request.as_ref().map(StatpedRequest::of),
            started_at: item.started_at,
            ended_at: ending.map(|ending| ending.at),
            version,
            created_at,
            updated_at,
        }
    }
}

crate::page! {
    /// A page of agenda items.
    AgendaItemPage of AgendaItem
}

/// A new item on the agenda.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"kind": "need", "need_id": "01936b0e-7c1a-7000-8000-1234567890ab"}))]
pub struct CreateAgendaItem {
    /// What it is about.
    #[schema(value_type = lists::AgendaItemKind, example = "need")]
    pub kind: rules::ItemKind,
    /// The need to be treated, for an item on a need.
    #[serde(default)]
    pub need_id: Option<Uuid>,
    /// The recommendation to be adopted, for an item on a recommendation.
    #[serde(default)]
    pub recommendation_id: Option<Uuid>,
    /// What it is called. An item on a need is called as the need unless said otherwise; others need a title.
    #[serde(default)]
    #[schema(example = "Språkmiljø for alle", min_length = 1, max_length = 200)]
    pub title: Option<String>,
}

/// The forum's answer to one allocation criterion.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CriterionAnswer {
    /// The criterion.
    #[schema(value_type = lists::AllocationCriterion, example = "local_need_assessed")]
    pub criterion: rules::AllocationCriterion,
    /// How far it is met.
    #[schema(value_type = lists::Fulfilment, example = "met")]
    pub fulfilment: rules::Fulfilment,
    /// In words, where there is more to say.
    #[serde(default)]
    #[schema(example = "Kartlagt sammen med Høgskulen på Vestlandet.", max_length = 2000)]
    pub note: Option<String>,
}

impl From<rules::CriterionAnswer> for CriterionAnswer {
    fn from(answer: rules::CriterionAnswer) -> Self {
        Self { criterion: answer.criterion, fulfilment: answer.fulfilment, note: answer.note }
    }
}

impl From<CriterionAnswer> for rules::CriterionAnswer {
    fn from(answer: CriterionAnswer) -> Self {
        Self { criterion: answer.criterion, fulfilment: answer.fulfilment, note: answer.note }
    }
}

/// What the forum decides. An item on a need takes all of it; an item on a theme takes `reason` alone, as a summary.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct DecideItem {
    /// What the need is to be.
    #[serde(default)]
    #[schema(value_type = Option<lists::DecidedOutcome>, example = "prioritised")]
    pub outcome: Option<rules::Outcome>,
    /// Its place among those that get money; no other item that waits for the same recommendation has it.
    #[serde(default)]
    #[schema(example = 1, minimum = 1, maximum = 10_000)]
    pub rank: Option<u32>,
    /// How much it is to get, in whole kroner; at most what it asks for.
    #[serde(default)]
    #[schema(example = 250_000, minimum = 0, maximum = 100_000_000_000_i64)]
    pub amount_nok: Option<i64>,
    /// Why.
    #[serde(default)]
    #[schema(example = "Tiltaket ligger tett på barna og bygger på kartleggingen.", min_length = 1, max_length = 4000)]
    pub reason: Option<String>,
    /// How each allocation criterion is met; every one is answered once.
    #[serde(default)]
    #[schema(max_items = 20)]
    pub criteria: Vec<CriterionAnswer>,
    /// By agreement, or by the vote recorded before.
    #[serde(default)]
    #[schema(value_type = Option<lists::DecidedBy>, example = "agreement")]
    pub decided_by: Option<rules::DecidedBy>,
}

/// Why something is done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct WithReason {
    /// Why.
    #[schema(example = "Partnaren kunne ikkje møte.", min_length = 1, max_length = 2000)]
    pub reason: String,
}

/// How the forum sends a need back to its sender.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct ReturnItem {
    /// What is to be corrected.
    #[schema(example = "Budsjettet sier ikke hvem som får pengene.", min_length = 1, max_length = 4000)]
    pub reason: String,
    /// The last day on which the sender may send it again.
    #[schema(example = "2027-04-15")]
    pub reply_by: NaiveDate,
    /// Whether the sender may ask for more money than before.
    #[serde(default)]
    pub may_ask_for_more: bool,
    /// By agreement, or by the vote recorded before.
    #[schema(value_type = lists::DecidedBy, example = "agreement")]
    pub decided_by: rules::DecidedBy,
}

/// A vote, counted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct PutVote {
    /// What a need was proposed to end in; not for a recommendation.
    #[serde(default)]
    #[schema(value_type = Option<lists::ItemOutcome>, example = "prioritised")]
    pub outcome: Option<rules::Outcome>,
    /// The amount proposed, where the outcome gives money.
    #[serde(default)]
    #[schema(example = 250_000, minimum = 0, maximum = 100_000_000_000_i64)]
    pub amount_nok: Option<i64>,
    /// Votes for the proposal.
    #[schema(example = 6, minimum = 0, maximum = 1_000)]
    pub in_favour: usize,
    /// Votes against it.
    #[schema(example = 3, minimum = 0, maximum = 1_000)]
    pub against: usize,
    /// Members who abstained.
    #[schema(example = 1, minimum = 0, maximum = 1_000)]
    pub abstained: usize,
    /// How the chair voted; needed at a tie, which it decides.
    #[serde(default)]
    #[schema(value_type = Option<lists::Ballot>, example = "for")]
    pub chair: Option<rules::Ballot>,
}

impl PutVote {
    /// What was voted on; none for a recommendation.
    pub fn proposal(&self) -> Option<rules::Proposal> {
        let amount = Nok::new(self.amount_nok.unwrap_or(0));
        self.outcome.map(|outcome| rules::Proposal { outcome, amount })
    }

    /// The count.
    pub fn votes(&self) -> rules::Votes {
        rules::Votes { in_favour: self.in_favour, against: self.against, abstained: self.abstained, chair: self.chair }
    }
}

/// A vote that was held.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Vote {
    /// What a need was proposed to end in.
    #[schema(value_type = Option<lists::ItemOutcome>, example = "prioritised")]
    pub outcome: Option<rules::Outcome>,
    /// The amount proposed.
    #[schema(example = 250_000)]
    pub amount_nok: Option<i64>,
    /// Votes for the proposal.
    #[schema(example = 6)]
    pub in_favour: usize,
    /// Votes against it.
    #[schema(example = 3)]
    pub against: usize,
    /// Members who abstained.
    #[schema(example = 1)]
    pub abstained: usize,
    /// How the chair voted, where that was told.
    #[schema(value_type = Option<lists::Ballot>, example = "for")]
    pub chair: Option<rules::Ballot>,
    /// Whether the proposal carried.
    pub carried: bool,
    /// When it was held.
    pub held_at: DateTime<Utc>,
}

impl Vote {
    fn of(vote: &rules::Vote) -> Self {
        Self {
            outcome: vote.proposal.map(|proposal| proposal.outcome),
            amount_nok: vote.proposal.map(|proposal| proposal.amount.kroner()),
            in_favour: vote.votes.in_favour,
            against: vote.votes.against,
            abstained: vote.votes.abstained,
            chair: vote.votes.chair,
            carried: vote.carried,
            held_at: vote.held_at,
        }
    }
}

/// The quorum of an item, counted at an instant (F03).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Quorum {
    /// Filled voting seats, less recused ones without an eligible deputy.
    #[schema(example = 9)]
    pub base: usize,
    /// The seats that take part, each with the person who speaks for it: those who may vote.
    pub eligible: Vec<EligibleSeat>,
    /// Seats that are out of the base because nobody of them is eligible.
    pub recused: Vec<Uuid>,
    /// How many seats have to take part.
    #[schema(example = 5)]
    pub seats_needed: usize,
    /// How many groups have to be among them.
    #[schema(example = 2)]
    pub groups_needed: usize,
    /// How many groups are among them.
    #[schema(example = 6)]
    pub groups: usize,
    /// Whether the item may be decided.
    pub quorate: bool,
    /// Whether it could be decided if the whole base took part; where not, it can only be postponed.
    pub reachable: bool,
}

/// A seat that takes part in an item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct EligibleSeat {
    /// The seat.
    pub seat_id: Uuid,
    /// Its group.
    #[schema(value_type = lists::SeatGroup, example = "university")]
    pub group: rules::SeatGroup,
    /// Holder or deputy.
    #[schema(value_type = lists::SeatMember, example = "holder")]
    pub by: rules::SeatMember,
}

impl Quorum {
    /// A count as it is shown.
    pub fn of(quorum: &rules::Quorum) -> Self {
        let eligible =
            |seat: &rules::EligibleSeat| EligibleSeat { seat_id: seat.seat.0, group: seat.group, by: seat.by };
        Self {
            base: quorum.base,
            eligible: quorum.eligible.iter().map(eligible).collect(),
            recused: quorum.recused.iter().map(|seat| seat.0).collect(),
            seats_needed: quorum.seats_needed,
            groups_needed: quorum.groups_needed,
            groups: quorum.groups,
            quorate: quorum.quorate,
            reachable: quorum.reachable,
        }
    }
}

/// Who takes part in an item, and what stands in the way of deciding it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ItemQuorum {
    /// The instant of the count: now, or that of the decision.
    pub at: DateTime<Utc>,
    /// Seats with a suggested or declared conflict of interest on which the forum has not ruled.
    pub conflicts_unruled: Vec<Uuid>,
    /// The count.
    pub quorum: Quorum,
}
