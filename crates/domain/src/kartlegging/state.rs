//! The states of a batch. The one table of what leads where.

use thiserror::Error;

crate::codes! {
    /// Where a batch stands. An upload in one call is first seen in its last state: it passes the others within
    /// one transaction.
    State {
        /// Made, nothing received.
        Open = "open",
        /// At least one part is there.
        Receiving = "receiving",
        /// Committed by its sender, being applied.
        Processing = "processing",
        /// Applied.
        Committed = "committed",
        /// Not applied, since its rows are faulty (K04).
        Rejected = "rejected",
        /// A dry run that told what would become of it.
        DryRunDone = "dry_run_done",
        /// Given up by its sender.
        Cancelled = "cancelled",
        /// Given up by the service, since nothing came for too long.
        Expired = "expired",
    }
}

crate::codes! {
    /// What can be done to a batch.
    Command {
        /// The sender puts a part.
        PutPart = "put_part",
        /// The sender asks for it to be applied.
        Commit = "commit",
        /// Its rows are applied.
        Apply = "apply",
        /// Its rows cannot be applied.
        Reject = "reject",
        /// What would become of its rows is told.
        FinishDryRun = "finish_dry_run",
        /// The sender gives it up.
        Cancel = "cancel",
        /// The service gives it up.
        Expire = "expire",
    }
}

/// A command that a batch in this state does not take.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("a batch that is {state} does not take {command}")]
pub struct IllegalStep {
    /// Where it stands.
    pub state: State,
    /// What was asked for.
    pub command: Command,
}

/// The state that follows when a command is carried out.
pub fn next(state: State, command: Command) -> Result<State, IllegalStep> {
    match (state, command) {
        (State::Open | State::Receiving, Command::PutPart) => Ok(State::Receiving),
        (State::Receiving, Command::Commit) => Ok(State::Processing),
        (State::Processing, Command::Apply) => Ok(State::Committed),
        (State::Processing, Command::Reject) => Ok(State::Rejected),
        (State::Processing, Command::FinishDryRun) => Ok(State::DryRunDone),
        (State::Open | State::Receiving, Command::Cancel) => Ok(State::Cancelled),
        (State::Open | State::Receiving, Command::Expire) => Ok(State::Expired),
        _ => Err(IllegalStep { state, command }),
    }
}

impl State {
    /// Whether its parts are kept: it is open, receives or is being applied.
    pub fn is_under_way(self) -> bool {
        !self.is_final()
    }

    /// Whether nothing can happen to it any more.
    pub fn is_final(self) -> bool {
        Command::ALL.iter().all(|command| next(self, *command).is_err())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_full_matrix_of_states_and_commands() {
        let rows = State::ALL.iter().flat_map(|state| {
            Command::ALL.iter().map(move |command| {
                let then = next(*state, *command).map_or("-", State::as_str);
                format!("{:<13} {:<15} {then}", state.as_str(), command.as_str())
            })
        });
        insta::assert_snapshot!(rows.collect::<Vec<_>>().join("\n"));
    }

    #[test]
    fn what_is_over_stays_over() {
        let over: Vec<&str> = State::those(State::is_final).map(State::as_str).collect();
        assert_eq!(over, ["committed", "rejected", "dry_run_done", "cancelled", "expired"]);
    }
}
