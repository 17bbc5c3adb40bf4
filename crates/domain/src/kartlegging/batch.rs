//! What becomes of a batch (K04).

use super::state::Command;
use super::tally::Counts;

crate::codes! {
    /// What to do with the good rows of a batch that has faulty ones (K04); the sender chooses.
    Mode {
        /// Apply the batch whole or not at all.
        All = "all",
        /// Apply it without its faulty rows.
        ValidRows = "valid_rows",
    }
}

crate::codes! {
    /// What became of a row.
    Outcome {
        /// Its key was new.
        Created = "created",
        /// Its key was there with other values.
        Updated = "updated",
        /// Its key was there with the same values.
        Unchanged = "unchanged",
        /// It was not taken; the codes say why.
        Rejected = "rejected",
    }
}

/// How a batch ends (K04). A dry run ends as such, whatever became of its rows. A batch of which no row can be
/// taken is rejected in either mode, so that an empty one is never evidence for a need (N13).
pub fn ending(mode: Mode, dry_run: bool, counts: &Counts) -> Command {
    let taken = counts.received - counts.rejected;
    match mode {
        _ if dry_run => Command::FinishDryRun,
        Mode::All if counts.rejected > 0 => Command::Reject,
        _ if taken == 0 => Command::Reject,
        Mode::All | Mode::ValidRows => Command::Apply,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    fn counts(good: i64, rejected: i64) -> Counts {
        Counts { received: good + rejected, created: good, rejected, ..Counts::default() }
    }

    #[rstest]
    #[case::all_good(Mode::All, 3, 0, Command::Apply)]
    #[case::all_with_one_fault(Mode::All, 3, 1, Command::Reject)]
    #[case::without_the_faulty_row(Mode::ValidRows, 3, 1, Command::Apply)]
    #[case::nothing_left(Mode::ValidRows, 0, 4, Command::Reject)]
    fn the_sender_chooses(#[case] mode: Mode, #[case] good: i64, #[case] bad: i64, #[case] expected: Command) {
        assert_eq!(ending(mode, false, &counts(good, bad)), expected);
        assert_eq!(ending(mode, true, &counts(good, bad)), Command::FinishDryRun);
    }
}
