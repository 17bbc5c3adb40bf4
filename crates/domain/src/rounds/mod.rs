//! Rounds of applications (søknadsrunder): when needs may be registered, in which scheme, under which ruleset.

mod change;
mod exemption;
mod form;
mod state;

use chrono::{DateTime, NaiveDate, Utc};
use thiserror::Error;

use crate::ids::RoundId;
use crate::rulesets::{Ruleset, Rulesets};
use crate::time::{deadline_at, start_of_day};

pub use change::{ChangeError, RoundTerms};
pub use exemption::{Exemption, ExemptionFault};
#[cfg(test)]
pub(crate) use form::tests::form as example_form;
pub use form::{AnswerFault, Choice, ExtraAnswer, ExtraAnswers, Question, QuestionFault, QuestionKind, RoundForm};
pub use state::{RoundCommand, RoundState, WrongState};
#[cfg(test)]
pub(crate) use tests::round as example_round;

/// A round of one county governor, scheme and year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Round {
    /// Its id.
    pub id: RoundId,
    /// The office code of the county governor whose round it is.
    pub county_governor: String,
    /// The scheme.
    pub scheme: String,
    /// The ruleset under which its needs are checked, treated and granted.
    pub ruleset: String,
    /// The calendar year in which the first school year begins that it gives money for: the frame it draws on.
    pub year: i32,
    /// The day it opens.
    pub opens_on: NaiveDate,
    /// The last day on which needs are submitted for the first time (N03).
    pub deadline_date: NaiveDate,
    /// The day on which reports on its grants are due (G08).
    pub report_due_on: NaiveDate,
    /// What the office adds to the form.
    pub form: RoundForm,
    /// The state as it was written last; see [`Round::state_at`].
    pub state: RoundState,
}

/// What a county governor says about a round to come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewRound {
    /// The scheme, where it is named besides the ruleset.
    pub scheme: Option<String>,
    /// The ruleset.
    pub ruleset: String,
    /// Its dates, and what the office adds to the form.
    pub terms: RoundTerms,
}

/// Why a round cannot be set up as asked for.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum RoundFault {
    /// No such ruleset.
    #[error("there is no ruleset {0}")]
    UnknownRuleset(String),
    /// The scheme named is not the ruleset's.
    #[error("the ruleset belongs to the scheme {expected}")]
    OtherScheme {
        /// The scheme of the ruleset.
        expected: String,
    },
    /// The deadline lies before the opening.
    #[error("the deadline lies before the opening")]
    DeadlineBeforeOpening,
    /// Reports would be due before the deadline is over.
    #[error("reports are due only after the deadline")]
    ReportDueBeforeDeadline,
    /// A question is at fault.
    #[error(transparent)]
    Question(#[from] QuestionFault),
    /// The deadline is moved to a day that is over.
    #[error("the new deadline is over already")]
    DeadlineInPast,
    /// What stands fast in this state is to change.
    #[error("{member} stands fast in a round that is {state}")]
    Fixed {
        /// The name of the member.
        member: &'static str,
        /// Where the round is.
        state: RoundState,
    },
}

impl NewRound {
    /// The ruleset it is to be held under, or everything that is wrong with it.
    pub fn check<'a>(&self, rulesets: &'a Rulesets) -> Result<&'a Ruleset, Vec<RoundFault>> {
        let ruleset = rulesets.get(&self.ruleset);
        let mut faults = Vec::new();
        match ruleset {
            None => faults.push(RoundFault::UnknownRuleset(self.ruleset.clone())),
            Some(ruleset) if self.scheme.as_ref().is_some_and(|scheme| *scheme != ruleset.scheme) => {
                faults.push(RoundFault::OtherScheme { expected: ruleset.scheme.clone() });
            }
            Some(_) => {}
        }
        faults.extend(self.terms.faults());
        ruleset.filter(|_| faults.is_empty()).ok_or(faults)
    }
}

impl Round {
    /// The state at an instant: the clock opens a planned round at midnight in Oslo on its opening date.
    pub fn state_at(&self, now: DateTime<Utc>) -> RoundState {
        match self.state {
            RoundState::Planned if now >= start_of_day(self.opens_on) => RoundState::Open,
            state => state,
        }
    }

    /// The instant at which the deadline is over, exclusive (N03).
    pub fn deadline_at(&self) -> DateTime<Utc> {
        deadline_at(self.deadline_date)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    pub(super) fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    pub(super) fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    fn new_round() -> NewRound {
        NewRound { scheme: None, ruleset: "kollektiv-2026".to_owned(), terms: round(RoundState::Planned).terms() }
    }

    pub(crate) fn round(state: RoundState) -> Round {
        Round {
            id: RoundId(Uuid::nil()),
            county_governor: "vestland".to_owned(),
            scheme: "kollektiv".to_owned(),
            ruleset: "kollektiv-2026".to_owned(),
            year: 2027,
            opens_on: date("2026-10-10"),
            deadline_date: date("2027-02-01"),
            report_due_on: date("2028-01-15"),
            form: RoundForm::default(),
            state,
        }
    }

    #[test]
    fn the_clock_opens_a_planned_round_at_midnight_in_oslo() {
        let planned = round(RoundState::Planned);
        assert_eq!(planned.state_at(at("2026-10-09T21:59:59.999999Z")), RoundState::Planned);
        assert_eq!(planned.state_at(at("2026-10-09T22:00:00Z")), RoundState::Open);
    }

    #[test]
    fn the_clock_never_opens_a_closed_round_again() {
        for state in [RoundState::Closed, RoundState::Settled] {
            assert_eq!(round(state).state_at(at("2026-12-01T00:00:00Z")), state);
        }
    }

    #[test]
    fn a_round_takes_its_scheme_from_its_ruleset() {
        let rulesets = Rulesets::embedded().unwrap();
        assert_eq!(new_round().check(&rulesets).unwrap().scheme, "kollektiv");
        let other = NewRound { scheme: Some("dekomp".to_owned()), ..new_round() };
        assert_eq!(other.check(&rulesets), Err(vec![RoundFault::OtherScheme { expected: "kollektiv".to_owned() }]));
    }

    #[test]
    fn everything_wrong_with_a_round_is_told_at_once() {
        let mut wrong = NewRound { ruleset: "kollektiv-1900".to_owned(), ..new_round() };
        wrong.terms.deadline_date = date("2026-10-09");
        wrong.terms.report_due_on = date("2026-10-09");
        let faults = wrong.check(&Rulesets::embedded().unwrap()).unwrap_err();
        assert_eq!(
            faults,
            [
                RoundFault::UnknownRuleset("kollektiv-1900".to_owned()),
                RoundFault::DeadlineBeforeOpening,
                RoundFault::ReportDueBeforeDeadline,
            ]
        );
    }
}
