//! Agenda items (saker): what may be done with one, and how it ends.

use chrono::{DateTime, NaiveDate, Utc};
use thiserror::Error;

use super::{
    CriterionAnswer, DecidedBy, ItemCommand, ItemKind, ItemState, MeetingState, Outcome, Proposal, Quorum,
    StatpedRequest, Treatment, Vote, WrongState,
};
use crate::ids::{AgendaItemId, ForumId, MeetingId, NeedId, RecommendationId};
use crate::money::Nok;
use crate::needs::{NeedCommand, ReturnTerms};

/// What an item is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ItemSubject {
    /// A need to be treated.
    Need(NeedId),
    /// A recommendation to be adopted.
    Recommendation(RecommendationId),
    /// A theme without a need (F11).
    Theme,
}

impl ItemSubject {
    /// Its kind.
    pub const fn kind(self) -> ItemKind {
        match self {
            Self::Need(_) => ItemKind::Need,
            Self::Recommendation(_) => ItemKind::Recommendation,
            Self::Theme => ItemKind::Theme,
        }
    }
}

/// How an item ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ending {
    /// What its need ends in; none for themes, recommendations and removed items.
    pub outcome: Option<Outcome>,
    /// The need's place among those that get money.
    pub rank: Option<u32>,
    /// How much the need is to get.
    pub amount: Option<Nok>,
    /// Why.
    pub reason: Option<String>,
    /// Until when a returned need is to be sent again (N03).
    pub reply_by: Option<NaiveDate>,
    /// Whether a returned need may ask for more money than before (N03).
    pub may_ask_for_more: bool,
    /// How each allocation criterion is met.
    pub criteria: Vec<CriterionAnswer>,
    /// How the forum came to it.
    pub decided_by: Option<DecidedBy>,
    /// The count at the instant of the decision (F03).
    pub quorum: Option<Quorum>,
    /// When.
    pub at: DateTime<Utc>,
}

impl Ending {
    fn without_decision(outcome: Option<Outcome>, reason: Option<String>, at: DateTime<Utc>) -> Self {
        Self {
            outcome,
            rank: None,
            amount: None,
            reason,
            reply_by: None,
            may_ask_for_more: false,
            criteria: Vec::new(),
            decided_by: None,
            quorum: None,
            at,
        }
    }
}

/// An item on a meeting's agenda.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AgendaItem {
    /// Its id.
    pub id: AgendaItemId,
    /// Its meeting.
    pub meeting: MeetingId,
    /// Its forum.
    pub forum: ForumId,
    /// The office code of the forum's secretariat.
    pub county_governor: String,
    /// Its number on the agenda, from 1.
    pub number: u32,
    /// What it is about.
    pub subject: ItemSubject,
    /// What it is called.
    pub title: String,
    /// Where it stands.
    pub state: ItemState,
    /// The last vote held on it.
    pub vote: Option<Vote>,
    /// When it was taken up.
    pub started_at: Option<DateTime<Utc>>,
    /// That the forum asks for Statped, where it does.
    pub statped_request: Option<StatpedRequest>,
    /// How it ended.
    pub ending: Option<Ending>,
}

/// Why a command cannot be given to an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum ItemError {
    /// The forum is not in session.
    #[error("the meeting is {state}, not open")]
    MeetingNotOpen {
        /// Where the meeting stands.
        state: MeetingState,
    },
    /// Items of this kind do not take the command.
    #[error("an item on a {kind} does not take {command}")]
    OtherKind {
        /// The item's kind.
        kind: ItemKind,
        /// What was tried.
        command: ItemCommand,
    },
    /// The item's state does not take it.
    #[error(transparent)]
    WrongState(#[from] WrongState),
}

impl AgendaItem {
    /// The state that a command leads to, while its meeting is where it is: most commands need a meeting in session.
    pub fn after(&self, command: ItemCommand, meeting: MeetingState) -> Result<ItemState, ItemError> {
        let kind = self.subject.kind();
        if !kind.takes(command) {
            return Err(ItemError::OtherKind { kind, command });
        }
        let next = self.state.apply(command)?;
        let in_time = match command {
            ItemCommand::Remove | ItemCommand::Declare => {
                !matches!(meeting, MeetingState::Closed | MeetingState::Cancelled)
            }
            _ => meeting == MeetingState::Open,
        };
        if in_time { Ok(next) } else { Err(ItemError::MeetingNotOpen { state: meeting }) }
    }

    /// Takes the item up.
    pub fn start(&mut self, meeting: MeetingState, at: DateTime<Utc>) -> Result<(), ItemError> {
        self.state = self.after(ItemCommand::Start, meeting)?;
        self.started_at = Some(at);
        Ok(())
    }

    /// Ends the item on a need as the forum decided (F06). What the decision rests on has been checked before, by
    /// [`Treatment::check`] and [`super::Floor::check`].
    pub fn decide(
        &mut self,
        treatment: Treatment,
        by: DecidedBy,
        quorum: Quorum,
        meeting: MeetingState,
        at: DateTime<Utc>,
    ) -> Result<(), ItemError> {
        self.state = self.after(ItemCommand::Decide, meeting)?;
        self.ending = Some(Ending {
            rank: treatment.rank,
            amount: treatment.amount,
            criteria: treatment.criteria,
            decided_by: Some(by),
            quorum: Some(quorum),
            ..Ending::without_decision(Some(treatment.outcome), Some(treatment.reason), at)
        });
        Ok(())
    }

    /// Ends the item on a recommendation with its adoption.
    pub fn adopt(
        &mut self,
        by: DecidedBy,
        quorum: Quorum,
        meeting: MeetingState,
        at: DateTime<Utc>,
    ) -> Result<(), ItemError> {
        self.state = self.after(ItemCommand::Adopt, meeting)?;
        let ending = Ending::without_decision(None, None, at);
        self.ending = Some(Ending { decided_by: Some(by), quorum: Some(quorum), ..ending });
        Ok(())
    }

    /// Sends the item's need back to its sender, to be sent again until a date.
    pub fn send_back(
        &mut self,
        terms: ReturnTerms,
        by: DecidedBy,
        quorum: Quorum,
        meeting: MeetingState,
        at: DateTime<Utc>,
    ) -> Result<(), ItemError> {
        self.state = self.after(ItemCommand::Return, meeting)?;
        self.ending = Some(Ending {
            reply_by: Some(terms.reply_by),
            may_ask_for_more: terms.may_ask_for_more,
            decided_by: Some(by),
            quorum: Some(quorum),
            ..Ending::without_decision(Some(Outcome::Returned), Some(terms.reason), at)
        });
        Ok(())
    }

    /// Leaves the item for a later meeting. That takes no quorum: where none can be reached it is all that is left.
    pub fn postpone(&mut self, reason: String, meeting: MeetingState, at: DateTime<Utc>) -> Result<(), ItemError> {
        self.state = self.after(ItemCommand::Postpone, meeting)?;
        self.ending = Some(Ending::without_decision(self.outcome_if_need(Outcome::Postponed), Some(reason), at));
        Ok(())
    }

    /// Leaves the item for a later meeting because its meeting is closed before the forum came to an end with it.
    pub fn postpone_at_close(&mut self, reason: String, at: DateTime<Utc>) {
        if self.state.is_undecided() {
            self.state = ItemState::Postponed;
            self.ending = Some(Ending::without_decision(self.outcome_if_need(Outcome::Postponed), Some(reason), at));
        }
    }

    /// Ends the item on a theme (F11).
    pub fn note(&mut self, summary: Option<String>, meeting: MeetingState, at: DateTime<Utc>) -> Result<(), ItemError> {
        self.state = self.after(ItemCommand::Note, meeting)?;
        self.ending = Some(Ending::without_decision(None, summary, at));
        Ok(())
    }

    /// Takes the item off the agenda.
    pub fn remove(&mut self, reason: String, meeting: MeetingState, at: DateTime<Utc>) -> Result<(), ItemError> {
        self.state = self.after(ItemCommand::Remove, meeting)?;
        self.ending = Some(Ending::without_decision(None, Some(reason), at));
        Ok(())
    }

    /// Lets go of a need that its sender has taken back, before the forum has taken it up. An item that is being
    /// treated stays, and is postponed when the meeting is closed.
    pub fn let_go(&mut self, at: DateTime<Utc>) {
        if self.state == ItemState::Listed {
            self.state = ItemState::Removed;
            self.ending = Some(Ending::without_decision(None, None, at));
        }
    }

    fn outcome_if_need(&self, outcome: Outcome) -> Option<Outcome> {
        (self.subject.kind() == ItemKind::Need).then_some(outcome)
    }

    /// What happens to the item's need when the meeting is closed (F06); none where the item has no need, or has
    /// let go of it before.
    pub fn need_command_at_close(&self) -> Option<NeedCommand> {
        match self.ending.as_ref()?.outcome? {
            Outcome::Prioritised => Some(NeedCommand::Prioritise),
            Outcome::PartlyPrioritised => Some(NeedCommand::PrioritisePartly),
            Outcome::NotPrioritised => Some(NeedCommand::NotPrioritise),
            Outcome::Postponed => Some(NeedCommand::Postpone),
            Outcome::Returned => Some(NeedCommand::Return),
        }
    }
}

impl Treatment {
    /// What a vote on this treatment is about.
    pub fn proposal(&self) -> Proposal {
        Proposal { outcome: self.outcome, amount: self.amount.unwrap_or(Nok::ZERO) }
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::forum::fixtures::at;

    fn item(subject: ItemSubject, state: ItemState) -> AgendaItem {
        AgendaItem {
            id: AgendaItemId(Uuid::now_v7()),
            meeting: MeetingId(Uuid::now_v7()),
            forum: ForumId(Uuid::now_v7()),
            county_governor: "vestland".to_owned(),
            number: 1,
            subject,
            title: "Språkløyper i Sogn".to_owned(),
            state,
            vote: None,
            started_at: None,
            statped_request: None,
            ending: None,
        }
    }

    fn need(state: ItemState) -> AgendaItem {
        item(ItemSubject::Need(NeedId(Uuid::now_v7())), state)
    }

    #[test]
    fn an_item_is_taken_up_only_in_an_open_meeting() {
        let state = MeetingState::Convened;
        assert_eq!(need(ItemState::Listed).start(state, at(0)), Err(ItemError::MeetingNotOpen { state }));
        assert_eq!(need(ItemState::Listed).start(MeetingState::Open, at(0)), Ok(()));
    }

    #[test]
    fn each_kind_of_item_ends_in_its_own_way() {
        let kinds = [
            (ItemSubject::Need(NeedId(Uuid::nil())), [true, false, false]),
            (ItemSubject::Recommendation(RecommendationId(Uuid::nil())), [false, true, false]),
            (ItemSubject::Theme, [false, false, true]),
        ];
        for (subject, expected) in kinds {
            let item = item(subject, ItemState::InTreatment);
            let takes = |command| item.after(command, MeetingState::Open).is_ok();
            assert_eq!([ItemCommand::Decide, ItemCommand::Adopt, ItemCommand::Note].map(takes), expected);
        }
    }

    #[test]
    fn nobody_is_recused_but_on_items_on_needs() {
        let recommendation = item(ItemSubject::Recommendation(RecommendationId(Uuid::nil())), ItemState::InTreatment);
        let refused = ItemError::OtherKind { kind: ItemKind::Recommendation, command: ItemCommand::Declare };
        assert_eq!(recommendation.after(ItemCommand::Declare, MeetingState::Open), Err(refused));
    }

    #[test]
    fn closing_the_meeting_postpones_what_is_undecided_and_nothing_else() {
        for state in ItemState::ALL {
            let mut item = need(*state);
            item.postpone_at_close("Time ran out.".to_owned(), at(60));
            let expected = if state.is_undecided() { ItemState::Postponed } else { *state };
            assert_eq!(item.state, expected);
        }
        let mut undecided = need(ItemState::InTreatment);
        undecided.postpone_at_close("Time ran out.".to_owned(), at(60));
        assert_eq!(undecided.need_command_at_close(), Some(NeedCommand::Postpone));
    }

    #[test]
    fn an_item_lets_go_of_a_withdrawn_need_unless_it_is_being_treated() {
        for state in ItemState::ALL {
            let mut item = need(*state);
            item.let_go(at(0));
            let expected = if *state == ItemState::Listed { ItemState::Removed } else { *state };
            assert_eq!(item.state, expected);
        }
    }

    #[test]
    fn a_removed_item_has_let_go_of_its_need() {
        let mut item = need(ItemState::Listed);
        item.remove("The sender asked for it.".to_owned(), MeetingState::Planned, at(0)).unwrap();
        assert_eq!(item.need_command_at_close(), None);
    }
}
