//! A coordination: needs of a network that belong together, on their way to one joint draft.

use thiserror::Error;

use super::network::Network;
use crate::ids::{CoordinationId, NeedId, NetworkId};
use crate::needs::NeedState;
use crate::orgnr::OrgNr;

crate::codes! {
    /// Where a coordination stands.
    CoordinationState {
        /// Being put together.
        Open = "open",
        /// Turned into a joint draft that is alive.
        Drafted = "drafted",
        /// Put behind.
        Closed = "closed",
    }
}

crate::codes! {
    /// What can happen to a coordination.
    CoordinationCommand {
        /// Its needs, its lead or its words change.
        Change = "change",
        /// Its lead turns it into a joint draft.
        Draft = "draft",
        /// The joint draft is deleted, withdrawn, dismissed or expired.
        LoseDraft = "lose_draft",
        /// It is put behind.
        Close = "close",
        /// It is taken up again.
        Reopen = "reopen",
    }
}

/// A command that a coordination in this state does not take.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("a coordination that is {state} does not take {command}")]
pub struct WrongState {
    /// Where it stands.
    pub state: CoordinationState,
    /// What was tried.
    pub command: CoordinationCommand,
}

impl CoordinationState {
    /// Where a command leads.
    pub const fn apply(self, command: CoordinationCommand) -> Result<Self, WrongState> {
        use CoordinationCommand as C;
        match (self, command) {
            (Self::Open, C::Change) | (Self::Drafted, C::LoseDraft) | (Self::Closed, C::Reopen) => Ok(Self::Open),
            (Self::Open, C::Draft) => Ok(Self::Drafted),
            (Self::Open | Self::Drafted, C::Close) => Ok(Self::Closed),
            _ => Err(WrongState { state: self, command }),
        }
    }
}

/// A coordination.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Coordination {
    /// Its id.
    pub id: CoordinationId,
    /// The network in which it is made.
    pub network: NetworkId,
    /// What it is called.
    pub title: String,
    /// Why the needs belong together, and what is to be done.
    pub description: String,
    /// The needs that belong together, each shared with the network, in the order in which they were named.
    pub needs: Vec<NeedId>,
    /// The member that is to send the joint need; nobody where none is found, or it has left.
    pub lead: Option<OrgNr>,
    /// What is asked of a university.
    pub asked_of_university: Option<AskedOfUniversity>,
    /// What is asked of Statped.
    pub asked_of_statped: Option<String>,
    /// Whether it is put behind.
    pub is_closed: bool,
    /// Its joint draft, where that is alive.
    pub draft: Option<NeedId>,
}

/// What is asked of a university or vocational college.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AskedOfUniversity {
    /// Which.
    pub orgnr: OrgNr,
    /// What.
    pub text: String,
}

/// What is wrong with a coordination as it is wanted.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum CoordinationFault {
    /// A need is not shared with the network, or not there at all, which is the same.
    #[error("the need at {0} is not shared with the network")]
    NeedNotShared(usize),
    /// Who is to lead is no member that registers needs.
    #[error("a member that registers needs leads")]
    LeadCannotLead,
}

impl Coordination {
    /// Where it stands.
    pub const fn state(&self) -> CoordinationState {
        match self.draft {
            _ if self.is_closed => CoordinationState::Closed,
            Some(_) => CoordinationState::Drafted,
            None => CoordinationState::Open,
        }
    }

    /// Whether a joint draft in this state is on its way or has come to its end, so that another would ask twice.
    pub const fn is_alive(draft: NeedState) -> bool {
        !matches!(draft, NeedState::Withdrawn | NeedState::Dismissed | NeedState::Expired)
    }

    /// Everything that is wrong with it in its network, where these needs are shared with that.
    pub fn faults(&self, network: &Network, shared: &[NeedId]) -> Vec<CoordinationFault> {
        let strangers = self.needs.iter().enumerate().filter(|(_, need)| !shared.contains(need));
        let mut faults: Vec<CoordinationFault> = strangers.map(|(n, _)| CoordinationFault::NeedNotShared(n)).collect();
        if self.lead.as_ref().is_some_and(|lead| !network.may_lead(lead)) {
            faults.push(CoordinationFault::LeadCannotLead);
        }
        faults
    }

    /// Whether it may become what is wanted: its words change while it is open, and besides that it may only be put
    /// behind or taken up again.
    pub fn check_change(&self, wanted: &Self) -> Result<(), WrongState> {
        let mut state = self.state();
        if self.is_closed && !wanted.is_closed {
            state = state.apply(CoordinationCommand::Reopen)?;
        }
        if *self != (Self { is_closed: self.is_closed, ..wanted.clone() }) {
            state = state.apply(CoordinationCommand::Change)?;
        }
        if wanted.is_closed && !self.is_closed {
            state.apply(CoordinationCommand::Close)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::networks::network::tests::{network, orgnr};

    fn coordination() -> Coordination {
        Coordination {
            id: CoordinationId(uuid::Uuid::nil()),
            network: network().id,
            title: "Språk".to_owned(),
            description: String::new(),
            needs: vec![NeedId(uuid::Uuid::from_u128(1)), NeedId(uuid::Uuid::from_u128(2))],
            lead: Some(orgnr("889640782")),
            asked_of_university: None,
            asked_of_statped: None,
            is_closed: false,
            draft: None,
        }
    }

    #[test]
    fn the_whole_matrix_of_coordinations() {
        let lines: Vec<String> = CoordinationState::ALL
            .iter()
            .flat_map(|state| CoordinationCommand::ALL.iter().map(move |command| (*state, *command)))
            .map(|(state, command)| match state.apply(command) {
                Ok(next) => format!("{state} --{command}--> {next}"),
                Err(_) => format!("{state} --{command}--> refused"),
            })
            .collect();
        insta::assert_snapshot!(lines.join("\n"));
    }

    #[test]
    fn a_draft_that_came_to_nothing_makes_room_for_another() {
        let dead: Vec<NeedState> = NeedState::those(|state| !Coordination::is_alive(state)).collect();
        assert_eq!(dead, [NeedState::Dismissed, NeedState::Withdrawn, NeedState::Expired]);
    }

    #[test]
    fn only_needs_of_the_network_belong_together_and_only_a_member_that_registers_needs_leads() {
        let shared = coordination().needs;
        assert_eq!(coordination().faults(&network(), &shared), []);
        assert_eq!(coordination().faults(&network(), &shared[..1]), [CoordinationFault::NeedNotShared(1)]);
        let university = Coordination { lead: Some(orgnr("974760843")), ..coordination() };
        assert_eq!(university.faults(&network(), &shared), [CoordinationFault::LeadCannotLead]);
        assert_eq!(Coordination { lead: None, ..coordination() }.faults(&network(), &shared), []);
    }

    #[test]
    fn what_is_closed_changes_only_when_it_is_taken_up_again() {
        let (open, renamed) = (coordination(), Coordination { title: "Tale".to_owned(), ..coordination() });
        let closed = Coordination { is_closed: true, ..open.clone() };
        assert_eq!(open.check_change(&renamed), Ok(()));
        assert_eq!(open.check_change(&closed), Ok(()));
        assert_eq!(closed.check_change(&renamed), Ok(()));
        let refused = |state, command| Err(WrongState { state, command });
        let still_closed = Coordination { is_closed: true, ..renamed.clone() };
        assert_eq!(closed.check_change(&still_closed), refused(CoordinationState::Closed, CoordinationCommand::Change));
        let drafted = |of: &Coordination| Coordination { draft: Some(NeedId(uuid::Uuid::nil())), ..of.clone() };
        assert_eq!(
            drafted(&open).check_change(&drafted(&renamed)),
            refused(CoordinationState::Drafted, CoordinationCommand::Change)
        );
        assert_eq!(drafted(&open).check_change(&drafted(&closed)), Ok(()));
    }
}
