//! What the rules of the forum refuse, as problems.

use domain::forum::{AdoptionError, DecisionError, ItemError, WrongState};

use crate::error::ApiError;

impl From<WrongState> for ApiError {
    fn from(error: WrongState) -> Self {
        Self::state(error.state).with("command", error.command)
    }
}

impl From<ItemError> for ApiError {
    fn from(error: ItemError) -> Self {
        match error {
            ItemError::MeetingNotOpen { state } => Self::new("meeting_not_open").with("state", state.as_str()),
            ItemError::OtherKind { kind, command } => {
                Self::new("item_of_other_kind").with("kind", kind.as_str()).with("command", command.as_str())
            }
            ItemError::WrongState(error) => error.into(),
        }
    }
}

impl From<DecisionError> for ApiError {
    fn from(error: DecisionError) -> Self {
        match error {
            DecisionError::ConflictsUnruled { seats } => {
                let seats: Vec<String> = seats.iter().map(ToString::to_string).collect();
                Self::new("conflicts_unruled").with("seats", seats)
            }
            DecisionError::NotQuorate { eligible, needed, groups, groups_needed } => Self::new("not_quorate")
                .with("eligible", eligible)
                .with("needed", needed)
                .with("groups", groups)
                .with("groups_needed", groups_needed),
            DecisionError::QuorumUnreachable => Self::new("quorum_unreachable"),
            DecisionError::VoteMissing => Self::new("vote_missing"),
            DecisionError::VoteWasHeld => Self::new("vote_was_held"),
            DecisionError::VoteOnOtherProposal => Self::new("vote_on_other_proposal"),
            DecisionError::VoteNotCarried => Self::new("vote_not_carried"),
            DecisionError::VoteOutdated => Self::new("vote_outdated"),
        }
    }
}

impl From<AdoptionError> for ApiError {
    fn from(error: AdoptionError) -> Self {
        match error {
            AdoptionError::WrongState(error) => error.into(),
            AdoptionError::NoLines => Self::new("nothing_to_recommend"),
        }
    }
}
