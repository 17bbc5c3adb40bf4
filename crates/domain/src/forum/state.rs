//! The states of meetings, agenda items and recommendations, and what leads from one to the next.

use thiserror::Error;

/// A command that the state does not take.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("what is {state} does not take {command}")]
pub struct WrongState {
    /// The code of the state.
    pub state: &'static str,
    /// The code of what was tried.
    pub command: &'static str,
}

crate::codes! {
    /// Where a meeting stands.
    MeetingState {
        /// Being prepared by the secretariat.
        Planned = "planned",
        /// The notice has gone out.
        Convened = "convened",
        /// In session.
        Open = "open",
        /// Interrupted, to go on later.
        Adjourned = "adjourned",
        /// Over; what its items ended in has reached their needs (F06).
        Closed = "closed",
        /// Called off.
        Cancelled = "cancelled",
    }
}

crate::codes! {
    /// What the secretariat does with a meeting.
    MeetingCommand {
        /// Change its time, place or title.
        Change = "change",
        /// Send the notice.
        Convene = "convene",
        /// Begin, or go on after an adjournment.
        Open = "open",
        /// Interrupt.
        Adjourn = "adjourn",
        /// End.
        Close = "close",
        /// Call off.
        Cancel = "cancel",
        /// Put an item on its agenda.
        AddItem = "add_item",
        /// Record who is in the room.
        RecordAttendance = "record_attendance",
    }
}

impl MeetingState {
    /// Where a command leads.
    pub const fn apply(self, command: MeetingCommand) -> Result<Self, WrongState> {
        use MeetingCommand as C;
        match (self, command) {
            (Self::Planned, C::Convene) => Ok(Self::Convened),
            (Self::Convened | Self::Adjourned, C::Open) => Ok(Self::Open),
            (Self::Open, C::Adjourn) => Ok(Self::Adjourned),
            (Self::Open, C::Close) => Ok(Self::Closed),
            (Self::Planned | Self::Convened, C::Cancel) => Ok(Self::Cancelled),
            (Self::Planned | Self::Convened | Self::Adjourned, C::Change)
            | (Self::Planned | Self::Convened | Self::Open | Self::Adjourned, C::AddItem)
            | (Self::Open | Self::Adjourned, C::RecordAttendance) => Ok(self),
            _ => Err(WrongState { state: self.as_str(), command: command.as_str() }),
        }
    }
}

crate::codes! {
    /// What an agenda item is about.
    ItemKind {
        /// A need to be treated (F06).
        Need = "need",
        /// A recommendation to be adopted (F08).
        Recommendation = "recommendation",
        /// A theme without a need (F11).
        Theme = "theme",
    }
}

impl ItemKind {
    /// Whether items of this kind take a command. Only needs have conflicts of interest of their own (F04).
    pub const fn takes(self, command: ItemCommand) -> bool {
        use ItemCommand as C;
        match command {
            C::Start | C::Postpone | C::Remove => true,
            C::Decide | C::Return | C::Declare | C::Rule | C::RequestStatped => matches!(self, Self::Need),
            C::Adopt => matches!(self, Self::Recommendation),
            C::Note => matches!(self, Self::Theme),
            C::Vote => !matches!(self, Self::Theme),
        }
    }
}

crate::codes! {
    /// Where an agenda item stands.
    ItemState {
        /// On the agenda.
        Listed = "listed",
        /// Being treated now.
        InTreatment = "in_treatment",
        /// Decided by the forum.
        Decided = "decided",
        /// Left for a later meeting.
        Postponed = "postponed",
        /// Its need goes back to the sender.
        Returned = "returned",
        /// Talked over; themes end so (F11).
        Noted = "noted",
        /// Taken off the agenda.
        Removed = "removed",
    }
}

crate::codes! {
    /// What is done with an agenda item.
    ItemCommand {
        /// Take it up.
        Start = "start",
        /// Decide on its need.
        Decide = "decide",
        /// Adopt its recommendation.
        Adopt = "adopt",
        /// End a theme.
        Note = "note",
        /// Leave it for a later meeting.
        Postpone = "postpone",
        /// Send its need back to the sender.
        Return = "return",
        /// Take it off the agenda.
        Remove = "remove",
        /// Record a vote on it.
        Vote = "vote",
        /// Declare a conflict of interest.
        Declare = "declare",
        /// Rule on a conflict of interest.
        Rule = "rule",
        /// Ask for Statped to carry the measure out (N07).
        RequestStatped = "request_statped",
    }
}

impl ItemState {
    /// Where a command leads.
    pub const fn apply(self, command: ItemCommand) -> Result<Self, WrongState> {
        use ItemCommand as C;
        match (self, command) {
            (Self::Listed, C::Start) => Ok(Self::InTreatment),
            (Self::InTreatment, C::Decide | C::Adopt) => Ok(Self::Decided),
            (Self::InTreatment, C::Note) => Ok(Self::Noted),
            (Self::InTreatment, C::Return) => Ok(Self::Returned),
            (Self::Listed | Self::InTreatment, C::Postpone) => Ok(Self::Postponed),
            (Self::Listed, C::Remove) => Ok(Self::Removed),
            (Self::InTreatment, C::Vote | C::RequestStatped)
            | (Self::Listed | Self::InTreatment, C::Declare | C::Rule) => Ok(self),
            _ => Err(WrongState { state: self.as_str(), command: command.as_str() }),
        }
    }

    /// Whether the forum has still to come to an end with it; closing the meeting postpones such items.
    pub const fn is_undecided(self) -> bool {
        matches!(self, Self::Listed | Self::InTreatment)
    }
}

crate::codes! {
    /// Where a recommendation stands.
    RecommendationState {
        /// Drawn from the items decided so far.
        Draft = "draft",
        /// Adopted by the forum; its lines no longer change.
        Adopted = "adopted",
    }
}

crate::codes! {
    /// What is done with a recommendation.
    RecommendationCommand {
        /// Draw its lines anew from the items decided so far.
        Draw = "draw",
        /// Adopt it.
        Adopt = "adopt",
    }
}

impl RecommendationState {
    /// Where a command leads.
    pub const fn apply(self, command: RecommendationCommand) -> Result<Self, WrongState> {
        match (self, command) {
            (Self::Draft, RecommendationCommand::Draw) => Ok(Self::Draft),
            (Self::Draft, RecommendationCommand::Adopt) => Ok(Self::Adopted),
            (Self::Adopted, _) => Err(WrongState { state: self.as_str(), command: command.as_str() }),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Display;

    use super::*;

    fn matrix<S: Copy + Display, C: Copy + Display>(
        states: &[S],
        commands: &[C],
        apply: fn(S, C) -> Result<S, WrongState>,
    ) -> String {
        let line = |(state, command): (S, C)| match apply(state, command) {
            Ok(next) => format!("{state} --{command}--> {next}\n"),
            Err(_) => format!("{state} --{command}--> refused\n"),
        };
        states.iter().flat_map(|state| commands.iter().map(move |command| (*state, *command))).map(line).collect()
    }

    #[test]
    fn every_command_in_every_state_of_a_meeting() {
        insta::assert_snapshot!(matrix(MeetingState::ALL, MeetingCommand::ALL, MeetingState::apply));
    }

    #[test]
    fn every_command_in_every_state_of_an_agenda_item() {
        insta::assert_snapshot!(matrix(ItemState::ALL, ItemCommand::ALL, ItemState::apply));
    }

    #[test]
    fn every_command_in_every_state_of_a_recommendation() {
        insta::assert_snapshot!(matrix(
            RecommendationState::ALL,
            RecommendationCommand::ALL,
            RecommendationState::apply
        ));
    }

    #[test]
    fn whatever_is_undecided_when_a_meeting_closes_can_be_postponed() {
        for state in ItemState::ALL {
            assert_eq!(state.is_undecided(), state.apply(ItemCommand::Postpone).is_ok(), "{state}");
        }
    }
}
