//! The forum's own request for Statped, without which a measure that Statped carries out gets no money (N07).

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{AgendaItem, ItemCommand, ItemError, MeetingState, Outcome};
use crate::ids::SeatId;
use crate::needs::Content;

/// The forum asks for Statped to carry a measure out with its sender, where no university can contribute (N07).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatpedRequest {
    /// The seat on whose proposal.
    pub seat: SeatId,
    /// Why.
    pub reason: String,
    /// When.
    pub at: DateTime<Utc>,
}

impl AgendaItem {
    /// Keeps that the forum asks for Statped (N07).
    pub fn request_statped(&mut self, request: StatpedRequest, meeting: MeetingState) -> Result<(), ItemError> {
        self.state = self.after(ItemCommand::RequestStatped, meeting)?;
        self.statped_request = Some(request);
        Ok(())
    }

    /// Whether an outcome takes that the forum asks for Statped first: a measure that Statped carries out gets money
    /// at the forum's own request only (N07).
    pub fn waits_for_statped_request(&self, content: &Content, outcome: Outcome) -> bool {
        outcome.gives_money() && content.is_provided_by_statped() && self.statped_request.is_none()
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::forum::fixtures::{at, orgnr};
    use crate::forum::{ItemState, ItemSubject};
    use crate::ids::{AgendaItemId, ForumId, MeetingId, NeedId};
    use crate::needs::{StatpedPart, StatpedRole};

    fn item(state: ItemState) -> AgendaItem {
        AgendaItem {
            id: AgendaItemId(Uuid::nil()),
            meeting: MeetingId(Uuid::nil()),
            forum: ForumId(Uuid::nil()),
            county_governor: "vestland".to_owned(),
            number: 1,
            subject: ItemSubject::Need(NeedId(Uuid::nil())),
            title: "ASK for alle".to_owned(),
            state,
            vote: None,
            started_at: None,
            statped_request: None,
            ending: None,
        }
    }

    #[test]
    fn a_measure_that_statped_carries_out_gets_money_at_the_forums_request_only() {
        let part = |role| StatpedPart {
            orgnr: orgnr("971845635"),
            role,
            contribution: "Veiledning".to_owned(),
            to_partner: false,
        };
        let content = |role| Content { statped: Some(part(role)), ..Content::default() };
        let mut treated = item(ItemState::InTreatment);
        assert!(treated.waits_for_statped_request(&content(StatpedRole::Provider), Outcome::PartlyPrioritised));
        assert!(!treated.waits_for_statped_request(&content(StatpedRole::Provider), Outcome::NotPrioritised));
        assert!(!treated.waits_for_statped_request(&content(StatpedRole::Contributor), Outcome::Prioritised));
        let request = StatpedRequest { seat: SeatId(Uuid::nil()), reason: "Ingen andre kan.".to_owned(), at: at(0) };
        treated.request_statped(request.clone(), MeetingState::Open).unwrap();
        assert!(!treated.waits_for_statped_request(&content(StatpedRole::Provider), Outcome::Prioritised));
        let mut listed = item(ItemState::Listed);
        assert!(listed.request_statped(request, MeetingState::Open).is_err());
    }
}
