//! Payments: who may approve them and when (G06, G07).

use thiserror::Error;

use super::state::{GrantState, PaymentCommand, PaymentState, WrongState};
use crate::actor::Actor;
use crate::ids::PaymentRunId;
use crate::time::SchoolYear;

/// A payment with all that its steps depend on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Payment {
    /// Where it stands.
    pub state: PaymentState,
    /// Where its grant stands.
    pub grant_state: GrantState,
    /// The client that prepared it.
    pub prepared_by_client: String,
    /// The person who prepared it, where known.
    pub prepared_by_person: Option<String>,
    /// The school year whose report must be approved first.
    pub awaits_report: Option<SchoolYear>,
    /// Whether that report is approved; true where none is awaited.
    pub report_approved: bool,
    /// The run that is live for it: from when it is taken up until the payment fails or is cancelled.
    pub live_run: Option<PaymentRunId>,
}

/// Why a step with a payment is refused.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum PaymentError {
    /// The payment is not in a state for it.
    #[error(transparent)]
    WrongState(#[from] WrongState<PaymentState, PaymentCommand>),
    /// Whoever prepared it does not approve it (G07).
    #[error("whoever prepared a payment does not approve it")]
    PreparedByYou,
    /// Nothing is paid before notification, nor after the grant is over (G06).
    #[error("a grant that is {state} is not paid")]
    GrantDoesNotPay {
        /// Where the grant stands.
        state: GrantState,
    },
    /// The report that it waits for is not approved (G06).
    #[error("the report for {school_year} is not approved")]
    ReportNotApproved {
        /// The awaited report's year.
        school_year: SchoolYear,
    },
    /// Another run is live for it (G07).
    #[error("the payment is in run {run}")]
    InLiveRun {
        /// That run.
        run: PaymentRunId,
    },
}

impl Payment {
    /// Every reason why the caller may not approve it now, the hands before the state; none when it may.
    pub fn obstacles_to_approval(&self, actor: &Actor) -> Vec<PaymentError> {
        let mut obstacles = Vec::new();
        if !actor.is_other_than(&self.prepared_by_client, self.prepared_by_person.as_deref()) {
            obstacles.push(PaymentError::PreparedByYou);
        }
        obstacles.extend(self.apply(PaymentCommand::Approve).err());
        obstacles.extend(self.grant_obstacle());
        if let Some(school_year) = self.awaits_report.filter(|_| !self.report_approved) {
            obstacles.push(PaymentError::ReportNotApproved { school_year });
        }
        obstacles
    }

    /// Every reason why no new run may take it up; none when one may. It is in at most one live run (G07).
    pub fn obstacles_to_run(&self) -> Vec<PaymentError> {
        let in_run = self.live_run.map(|run| PaymentError::InLiveRun { run });
        self.apply(PaymentCommand::Send).err().into_iter().chain(self.grant_obstacle()).chain(in_run).collect()
    }

    /// Where a command takes it.
    pub fn apply(&self, command: PaymentCommand) -> Result<PaymentState, PaymentError> {
        Ok(self.state.apply(command)?)
    }

    fn grant_obstacle(&self) -> Option<PaymentError> {
        (!self.grant_state.pays()).then_some(PaymentError::GrantDoesNotPay { state: self.grant_state })
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::actor::{Scope, Viewer};
    use crate::organisations::OrganisationKind;
    use crate::orgnr::OrgNr;

    fn actor(client: &str, person: Option<&str>) -> Actor {
        Actor {
            viewer: Viewer {
                orgnr: OrgNr::from_register("974760673".to_owned()),
                kind: OrganisationKind::CountyGovernor,
                county: None,
                county_governor: Some("vestland".to_owned()),
                seats: Vec::new(),
                in_network: false,
            },
            issuer: "https://issuer.example".to_owned(),
            client_id: client.to_owned(),
            person: person.map(str::to_owned),
            supplier: None,
            scopes: vec![Scope::FundingApprove],
        }
    }

    fn payment() -> Payment {
        Payment {
            state: PaymentState::Planned,
            grant_state: GrantState::Notified,
            prepared_by_client: "payments".to_owned(),
            prepared_by_person: None,
            awaits_report: None,
            report_approved: true,
            live_run: None,
        }
    }

    #[test]
    fn another_client_approves() {
        assert_eq!(payment().obstacles_to_approval(&actor("approver", None)), []);
    }

    #[test]
    fn who_prepared_does_not_approve() {
        assert_eq!(payment().obstacles_to_approval(&actor("payments", None)), [PaymentError::PreparedByYou]);
    }

    #[test]
    fn one_person_with_two_clients_does_not_approve() {
        let payment = Payment { prepared_by_person: Some("kari".to_owned()), ..payment() };
        let same_person = actor("approver", Some("kari"));
        assert_eq!(payment.obstacles_to_approval(&same_person), [PaymentError::PreparedByYou]);
        assert_eq!(payment.obstacles_to_approval(&actor("payments", Some("ola"))), []);
    }

    #[test]
    fn nothing_is_paid_before_notification() {
        let payment = Payment { grant_state: GrantState::Decided, ..payment() };
        let obstacle = PaymentError::GrantDoesNotPay { state: GrantState::Decided };
        assert_eq!(payment.obstacles_to_approval(&actor("approver", None)), [obstacle]);
    }

    #[test]
    fn a_payment_waits_for_its_report() {
        let school_year = SchoolYear::beginning(2026);
        let waiting = Payment { awaits_report: Some(school_year), report_approved: false, ..payment() };
        let obstacle = PaymentError::ReportNotApproved { school_year };
        assert_eq!(waiting.obstacles_to_approval(&actor("approver", None)), [obstacle]);
        let reported = Payment { report_approved: true, ..waiting };
        assert_eq!(reported.obstacles_to_approval(&actor("approver", None)), []);
    }

    #[test]
    fn a_failed_payment_is_sent_again_only_after_a_new_approval() {
        let failed = Payment { state: PaymentState::Failed, ..payment() };
        assert!(!failed.obstacles_to_run().is_empty());
        assert_eq!(failed.obstacles_to_approval(&actor("approver", None)), []);
    }

    #[test]
    fn a_payment_in_a_live_run_is_taken_up_by_no_other() {
        let run = PaymentRunId(Uuid::from_u128(7));
        let approved = Payment { state: PaymentState::Approved, ..payment() };
        assert_eq!(approved.obstacles_to_run(), []);
        let taken = Payment { live_run: Some(run), ..approved };
        assert_eq!(taken.obstacles_to_run(), [PaymentError::InLiveRun { run }]);
    }
}
