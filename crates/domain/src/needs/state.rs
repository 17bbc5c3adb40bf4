//! The state chart of a need: one table of transitions, used by needs, forum and funding alike.

use thiserror::Error;

crate::codes! {
    /// Where a need is on its way.
    NeedState {
        /// Being written; only its sender, those it invited and the networks it is shared with see it.
        Draft = "draft",
        /// With the county governor.
        Submitted = "submitted",
        /// Found complete by the county governor.
        Accepted = "accepted",
        /// On the agenda of a forum meeting, treated or not, until that meeting is closed (F06).
        OnAgenda = "on_agenda",
        /// The forum wants it, with rank and amount.
        Prioritised = "prioritised",
        /// The forum wants a part of it.
        PartlyPrioritised = "partly_prioritised",
        /// The forum does not want it.
        NotPrioritised = "not_prioritised",
        /// The forum takes it up later.
        Postponed = "postponed",
        /// The county governor has decided on it.
        Decided = "decided",
        /// Sent back for correction, with a date to reply by.
        Returned = "returned",
        /// Outside the scheme.
        Dismissed = "dismissed",
        /// Taken back by its sender.
        Withdrawn = "withdrawn",
        /// Never finished before its round was settled.
        Expired = "expired",
        /// Carried on as a draft in a later round.
        Transferred = "transferred",
    }
}

crate::codes! {
    /// What can be done to a need.
    NeedCommand {
        /// Its sender submits it, for the first time or again.
        Submit = "submit",
        /// The county governor finds it complete.
        Accept = "accept",
        /// The county governor or the forum sends it back.
        Return = "return",
        /// The county governor finds it outside the scheme.
        Dismiss = "dismiss",
        /// It comes on the agenda of a meeting.
        PutOnAgenda = "put_on_agenda",
        /// Its item is removed or its meeting is cancelled.
        RemoveFromAgenda = "remove_from_agenda",
        /// The meeting that prioritised it is closed.
        Prioritise = "prioritise",
        /// The meeting that prioritised a part of it is closed.
        PrioritisePartly = "prioritise_partly",
        /// The meeting that did not prioritise it is closed.
        NotPrioritise = "not_prioritise",
        /// The meeting that postponed it, or did not come to it, is closed.
        Postpone = "postpone",
        /// The county governor decides on it.
        Decide = "decide",
        /// Its sender takes it back.
        Withdraw = "withdraw",
        /// It is carried on in a later round.
        Transfer = "transfer",
        /// Its round is settled.
        Expire = "expire",
    }
}

/// A command that the state does not take.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("a need that is {state} does not take {command}")]
pub struct WrongState {
    /// Where the need is.
    pub state: NeedState,
    /// What was tried.
    pub command: NeedCommand,
}

impl NeedState {
    /// Where a command takes the need.
    pub fn apply(self, command: NeedCommand) -> Result<Self, WrongState> {
        use NeedCommand as C;
        use NeedState as S;
        let next = match (self, command) {
            (S::Draft | S::Returned, C::Submit) => S::Submitted,
            (S::Submitted, C::Accept) | (S::OnAgenda, C::RemoveFromAgenda) => S::Accepted,
            (S::Submitted | S::Accepted | S::OnAgenda, C::Return) => S::Returned,
            (S::Submitted | S::Accepted, C::Dismiss) => S::Dismissed,
            (
                S::Accepted | S::Postponed | S::Prioritised | S::PartlyPrioritised | S::NotPrioritised,
                C::PutOnAgenda,
            ) => S::OnAgenda,
            (S::OnAgenda, C::Prioritise) => S::Prioritised,
            (S::OnAgenda, C::PrioritisePartly) => S::PartlyPrioritised,
            (S::OnAgenda, C::NotPrioritise) => S::NotPrioritised,
            (S::OnAgenda, C::Postpone) => S::Postponed,
            (S::Prioritised | S::PartlyPrioritised | S::NotPrioritised, C::Decide) => S::Decided,
            (S::Postponed, C::Transfer) => S::Transferred,
            (S::Draft | S::Returned, C::Expire) => S::Expired,
            (state, C::Withdraw) if state.is_open() => S::Withdrawn,
            (state, command) => return Err(WrongState { state, command }),
        };
        Ok(next)
    }

    /// Whether the need is still on its way: neither decided nor ended otherwise.
    pub const fn is_open(self) -> bool {
        !matches!(self, Self::Decided | Self::Dismissed | Self::Withdrawn | Self::Expired | Self::Transferred)
    }

    /// Whether it waits for the county governor or the forum, so that its round cannot be settled.
    pub const fn is_under_treatment(self) -> bool {
        matches!(self, Self::Submitted | Self::Accepted | Self::OnAgenda | Self::Postponed)
    }

    /// Whether its sender may change what it says.
    pub const fn is_editable(self) -> bool {
        matches!(self, Self::Draft | Self::Returned)
    }
}

impl NeedCommand {
    /// The past tense in which events tell it.
    pub const fn happened(self) -> &'static str {
        match self {
            Self::Submit => "submitted",
            Self::Accept => "accepted",
            Self::Return => "returned",
            Self::Dismiss => "dismissed",
            Self::PutOnAgenda => "put_on_agenda",
            Self::RemoveFromAgenda => "removed_from_agenda",
            Self::Prioritise => "prioritised",
            Self::PrioritisePartly => "partly_prioritised",
            Self::NotPrioritise => "not_prioritised",
            Self::Postpone => "postponed",
            Self::Decide => "decided",
            Self::Withdraw => "withdrawn",
            Self::Transfer => "transferred",
            Self::Expire => "expired",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_whole_matrix_is_the_chart_of_the_contract() {
        let lines: Vec<String> = NeedState::ALL
            .iter()
            .flat_map(|state| NeedCommand::ALL.iter().map(move |command| (*state, *command)))
            .map(|(state, command)| match state.apply(command) {
                Ok(next) => format!("{state} --{command}--> {next}"),
                Err(_) => format!("{state} --{command}--> refused"),
            })
            .collect();
        insta::assert_snapshot!(lines.join("\n"));
    }

    #[test]
    fn nothing_leads_out_of_an_ended_need() {
        for state in NeedState::those(|state| !state.is_open()) {
            assert!(NeedCommand::ALL.iter().all(|command| state.apply(*command).is_err()), "{state}");
        }
    }
}
