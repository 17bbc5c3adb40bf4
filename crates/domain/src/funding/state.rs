//! The charts of funding: what state follows from which command, one table per resource.

use std::fmt::Display;

use thiserror::Error;

use super::decisions::Outcome;

/// A command that the state does not take.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("what is {state} does not take {command}")]
pub struct WrongState<S: Display, C: Display> {
    /// Where it stands.
    pub state: S,
    /// What was tried.
    pub command: C,
}

crate::codes! {
    /// Where a grant stands.
    GrantState {
        /// Decided; nobody but the county governor and the directorate sees it.
        Decided = "decided",
        /// The letters are out; sender, recipients and the public see it.
        Notified = "notified",
        /// Its first payment has been sent.
        Running = "running",
        /// Over: declined and told, or paid and reported.
        Closed = "closed",
        /// Taken back by the county governor.
        Revoked = "revoked",
        /// Given up by its recipient.
        Renounced = "renounced",
    }
}

crate::codes! {
    /// What can be done to a grant.
    GrantCommand {
        /// Tell sender and recipients.
        Notify = "notify",
        /// Send its first payment.
        Start = "start",
        /// End it in good order.
        Close = "close",
        /// Take it back.
        Revoke = "revoke",
        /// Give it up.
        Renounce = "renounce",
    }
}

impl GrantState {
    /// Where a command takes the grant. A decline has nothing to pay, so it is closed as soon as it is told and can
    /// neither start, nor be revoked or renounced.
    pub fn apply(self, command: GrantCommand, outcome: Outcome) -> Result<Self, WrongState<Self, GrantCommand>> {
        use GrantCommand as C;
        use Outcome as O;
        match (self, command, outcome) {
            (Self::Decided, C::Notify, _) => Ok(Self::Notified),
            (Self::Notified, C::Start, O::Granted | O::PartlyGranted) => Ok(Self::Running),
            (Self::Notified, C::Close, O::Declined) | (Self::Running, C::Close, _) => Ok(Self::Closed),
            (Self::Notified | Self::Running, C::Revoke, O::Granted | O::PartlyGranted) => Ok(Self::Revoked),
            (Self::Notified | Self::Running, C::Renounce, O::Granted | O::PartlyGranted) => Ok(Self::Renounced),
            (state, command, _) => Err(WrongState { state, command }),
        }
    }

    /// Whether sender, recipients and the public may know of the grant.
    pub const fn is_public(self) -> bool {
        !matches!(self, Self::Decided)
    }

    /// Whether its instalments may be planned and changed.
    pub const fn takes_instalments(self) -> bool {
        matches!(self, Self::Decided | Self::Notified | Self::Running)
    }

    /// Whether its payments may be approved and sent: nothing is paid before notification (G06).
    pub const fn pays(self) -> bool {
        matches!(self, Self::Notified | Self::Running)
    }
}

crate::codes! {
    /// Where a decision stands in its grant's chain; exactly one is live.
    DecisionState {
        /// The one that counts.
        Live = "live",
        /// Replaced by a later one.
        Superseded = "superseded",
        /// Upheld on appeal, but the frame cannot hold it yet.
        AwaitingFrame = "awaiting_frame",
    }
}

crate::codes! {
    /// Where a payment stands.
    PaymentState {
        /// In the plan of instalments, not yet approved.
        Planned = "planned",
        /// Approved by another than who prepared it (G07).
        Approved = "approved",
        /// In a released payment run.
        Sent = "sent",
        /// The bank has paid it.
        Paid = "paid",
        /// The bank has refused it.
        Failed = "failed",
        /// Stopped until somebody has looked at it.
        Held = "held",
        /// Never to be paid.
        Cancelled = "cancelled",
    }
}

crate::codes! {
    /// What can be done to a payment.
    PaymentCommand {
        /// Approve it; after a failure anew.
        Approve = "approve",
        /// Refuse to approve it.
        Reject = "reject",
        /// Stop it.
        Hold = "hold",
        /// Let it go back into the plan.
        ReleaseHold = "release_hold",
        /// Strike it out.
        Cancel = "cancel",
        /// Send it in a payment run.
        Send = "send",
        /// Record that the bank has paid it.
        MarkPaid = "mark_paid",
        /// Record that the bank has refused it.
        MarkFailed = "mark_failed",
    }
}

impl PaymentState {
    /// Where a command takes the payment.
    pub fn apply(self, command: PaymentCommand) -> Result<Self, WrongState<Self, PaymentCommand>> {
        use PaymentCommand as C;
        match (self, command) {
            (Self::Planned | Self::Failed, C::Approve) => Ok(Self::Approved),
            (Self::Planned, C::Reject) | (Self::Planned | Self::Approved, C::Hold) => Ok(Self::Held),
            (Self::Held, C::ReleaseHold) => Ok(Self::Planned),
            (Self::Planned | Self::Approved | Self::Failed, C::Cancel) => Ok(Self::Cancelled),
            (Self::Approved, C::Send) => Ok(Self::Sent),
            (Self::Sent, C::MarkPaid) => Ok(Self::Paid),
            (Self::Sent, C::MarkFailed) => Ok(Self::Failed),
            (state, command) => Err(WrongState { state, command }),
        }
    }

    /// Whether the payment counts in the plan that sums to the recipient line (G06).
    pub const fn counts_in_plan(self) -> bool {
        !matches!(self, Self::Cancelled)
    }

    /// Whether the money has left, as far as we know.
    pub const fn has_left(self) -> bool {
        matches!(self, Self::Sent | Self::Paid)
    }
}

crate::codes! {
    /// Where a payment run stands.
    PaymentRunState {
        /// Put together.
        Draft = "draft",
        /// Sent to the bank; its file never changes.
        Released = "released",
    }
}

crate::codes! {
    /// What can be done to a payment run.
    PaymentRunCommand {
        /// Send its payments.
        Release = "release",
    }
}

impl PaymentRunState {
    /// Where a command takes the run: it is released once (G07).
    pub fn apply(self, command: PaymentRunCommand) -> Result<Self, WrongState<Self, PaymentRunCommand>> {
        match (self, command) {
            (Self::Draft, PaymentRunCommand::Release) => Ok(Self::Released),
            (state, command) => Err(WrongState { state, command }),
        }
    }
}

crate::codes! {
    /// Where the report of a school year stands.
    ReportState {
        /// Recipients fill in their parts.
        Draft = "draft",
        /// With the county governor.
        Submitted = "submitted",
        /// Sent back with what is missing.
        Returned = "returned",
        /// Accepted.
        Approved = "approved",
        /// Taken up again after approval.
        Reopened = "reopened",
    }
}

crate::codes! {
    /// What can be done to a report.
    ReportCommand {
        /// Fill in a recipient's part.
        FillIn = "fill_in",
        /// Send it in.
        Submit = "submit",
        /// Send it back.
        Return = "return",
        /// Accept it.
        Approve = "approve",
        /// Take it up again.
        Reopen = "reopen",
    }
}

impl ReportState {
    /// Where a command takes the report.
    pub fn apply(self, command: ReportCommand) -> Result<Self, WrongState<Self, ReportCommand>> {
        use ReportCommand as C;
        match (self, command) {
            (Self::Draft | Self::Returned | Self::Reopened, C::FillIn) => Ok(self),
            (Self::Draft | Self::Returned | Self::Reopened, C::Submit) => Ok(Self::Submitted),
            (Self::Submitted, C::Return) => Ok(Self::Returned),
            (Self::Submitted, C::Approve) => Ok(Self::Approved),
            (Self::Approved, C::Reopen) => Ok(Self::Reopened),
            (state, command) => Err(WrongState { state, command }),
        }
    }

    /// Whether the sender still owes it.
    pub const fn is_owed(self) -> bool {
        matches!(self, Self::Draft | Self::Returned | Self::Reopened)
    }
}

impl GrantCommand {
    /// The past tense in which events tell it.
    pub const fn happened(self) -> &'static str {
        match self {
            Self::Notify => "notified",
            Self::Start => "started",
            Self::Close => "closed",
            Self::Revoke => "revoked",
            Self::Renounce => "renounced",
        }
    }
}

impl PaymentCommand {
    /// The past tense in which events tell it.
    pub const fn happened(self) -> &'static str {
        match self {
            Self::Approve => "approved",
            Self::Reject => "rejected",
            Self::Hold => "held",
            Self::ReleaseHold => "released",
            Self::Cancel => "cancelled",
            Self::Send => "sent",
            Self::MarkPaid => "paid",
            Self::MarkFailed => "failed",
        }
    }
}

impl PaymentRunCommand {
    /// The past tense in which events tell it.
    pub const fn happened(self) -> &'static str {
        match self {
            Self::Release => "released",
        }
    }
}

impl ReportCommand {
    /// The past tense in which events tell it.
    pub const fn happened(self) -> &'static str {
        match self {
            Self::FillIn => "filled_in",
            Self::Submit => "submitted",
            Self::Return => "returned",
            Self::Approve => "approved",
            Self::Reopen => "reopened",
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Write;

    use super::*;

    /// Every state against every command, one line per state, `-` where the command is refused.
    fn matrix<S, C>(states: &[S], commands: &[C], apply: impl Fn(S, C) -> Result<S, WrongState<S, C>>) -> String
    where
        S: Copy + Display,
        C: Copy + Display,
    {
        let mut text = String::new();
        for state in states {
            for command in commands {
                let next = apply(*state, *command).map_or_else(|_| "-".to_owned(), |next| next.to_string());
                writeln!(text, "{state} + {command} = {next}").unwrap();
            }
        }
        text
    }

    #[test]
    fn the_chart_of_a_grant_that_pays() {
        let apply = |state: GrantState, command| state.apply(command, Outcome::Granted);
        insta::assert_snapshot!(matrix(GrantState::ALL, GrantCommand::ALL, apply));
    }

    #[test]
    fn a_partly_granted_need_follows_the_same_chart() {
        for state in GrantState::ALL {
            for command in GrantCommand::ALL {
                let full = state.apply(*command, Outcome::Granted);
                assert_eq!(state.apply(*command, Outcome::PartlyGranted), full);
            }
        }
    }

    #[test]
    fn the_chart_of_a_decline() {
        let apply = |state: GrantState, command| state.apply(command, Outcome::Declined);
        insta::assert_snapshot!(matrix(GrantState::ALL, GrantCommand::ALL, apply));
    }

    #[test]
    fn the_chart_of_a_payment() {
        insta::assert_snapshot!(matrix(PaymentState::ALL, PaymentCommand::ALL, PaymentState::apply));
    }

    #[test]
    fn the_chart_of_a_payment_run() {
        insta::assert_snapshot!(matrix(PaymentRunState::ALL, PaymentRunCommand::ALL, PaymentRunState::apply));
    }

    #[test]
    fn the_chart_of_a_report() {
        insta::assert_snapshot!(matrix(ReportState::ALL, ReportCommand::ALL, ReportState::apply));
    }
}
