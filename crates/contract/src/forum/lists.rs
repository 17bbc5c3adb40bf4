//! The closed lists of the forum, as the OpenAPI document shows them.

use utoipa::openapi::schema::{Schema, Type};
use utoipa::openapi::{ObjectBuilder, RefOr};

crate::code_schema! {
    SeatGroup of domain::forum::SeatGroup = "Whom a seat speaks for.",
    SeatRole of domain::forum::SeatRole = "What a seat does in the meeting.",
    SeatMember of domain::forum::SeatMember = "Which of the two persons of a seat is meant.",
    MajorityBase of domain::forum::MajorityBase = "What a proposal needs to carry.",
    MeetingState of domain::forum::MeetingState = "Where a meeting stands.",
    AgendaItemKind of domain::forum::ItemKind = "What an agenda item is about.",
    AgendaItemState of domain::forum::ItemState = "Where an agenda item stands.",
    ItemOutcome of domain::forum::Outcome = "What an item on a need ends in.",
    DecidedBy of domain::forum::DecidedBy = "How the forum came to a decision.",
    Ballot of domain::forum::Ballot = "How one member voted.",
    AllocationCriterion of domain::forum::AllocationCriterion = "What the allocation of money is held against.",
    Fulfilment of domain::forum::Fulfilment = "How far a criterion is met.",
    ConflictGround of domain::forum::ConflictGround = "Why a member may have a conflict of interest.",
    ConflictStatus of domain::forum::ConflictStatus = "Where the question of a conflict of interest stands.",
    AbsenceKind of domain::forum::AbsenceKind = "Why a required group is not there.",
    RecommendationState of domain::forum::RecommendationState = "Where a recommendation stands.",
}

/// The outcomes that `decide` takes: postponing and returning are operations of their own.
#[derive(Debug, Clone, Copy)]
pub struct DecidedOutcome;

impl utoipa::PartialSchema for DecidedOutcome {
    fn schema() -> RefOr<Schema> {
        let decided = domain::forum::Outcome::ALL.iter().filter(|outcome| outcome.is_recommended_on());
        ObjectBuilder::new()
            .schema_type(Type::String)
            .description(Some("What a need is decided to be; `postpone` and `return` are operations of their own."))
            .enum_values(Some(decided.map(|outcome| outcome.as_str())))
            .into()
    }
}

impl utoipa::ToSchema for DecidedOutcome {}
