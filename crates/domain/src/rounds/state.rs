//! The state chart of a round.

use thiserror::Error;

crate::codes! {
    /// Where a round is in its year.
    RoundState {
        /// Before its opening date.
        Planned = "planned",
        /// From its opening date on; whether needs are still taken is told by its deadline.
        Open = "open",
        /// Closed by the county governor: no need is submitted for the first time any more.
        Closed = "closed",
        /// Every need of it is treated to the end.
        Settled = "settled",
    }
}

crate::codes! {
    /// What a county governor does with a round.
    RoundCommand {
        /// Change its year, its dates or its form.
        Change = "change",
        /// Let an owner submit after the deadline, or take that back (N03).
        Exempt = "exempt",
        /// End the taking of needs.
        Close = "close",
        /// Put it behind, when its needs are treated.
        Settle = "settle",
    }
}

/// A command that the state does not take.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("a round that is {state} does not take {command}")]
pub struct WrongState {
    /// Where the round is.
    pub state: RoundState,
    /// What was tried.
    pub command: RoundCommand,
}

impl RoundState {
    /// Where a command leads. The clock opens a round, so no command does.
    pub const fn apply(self, command: RoundCommand) -> Result<Self, WrongState> {
        use RoundCommand as C;
        match (self, command) {
            (Self::Open, C::Close) => Ok(Self::Closed),
            (Self::Closed, C::Settle) => Ok(Self::Settled),
            (Self::Planned | Self::Open | Self::Closed, C::Change) | (Self::Planned | Self::Open, C::Exempt) => {
                Ok(self)
            }
            (state, command) => Err(WrongState { state, command }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_whole_matrix_is_the_chart_of_the_contract() {
        let lines: Vec<String> = RoundState::ALL
            .iter()
            .flat_map(|state| RoundCommand::ALL.iter().map(move |command| (*state, *command)))
            .map(|(state, command)| match state.apply(command) {
                Ok(next) => format!("{state} --{command}--> {next}"),
                Err(_) => format!("{state} --{command}--> refused"),
            })
            .collect();
        insta::assert_snapshot!(lines.join("\n"), @"
        planned --change--> planned
        planned --exempt--> planned
        planned --close--> refused
        planned --settle--> refused
        open --change--> open
        open --exempt--> open
        open --close--> closed
        open --settle--> refused
        closed --change--> closed
        closed --exempt--> refused
        closed --close--> refused
        closed --settle--> settled
        settled --change--> refused
        settled --exempt--> refused
        settled --close--> refused
        settled --settle--> refused
        ");
    }
}
