//! What of a round may change, and until when.

use chrono::{DateTime, NaiveDate, Utc};
use thiserror::Error;

use super::state::{RoundCommand, RoundState, WrongState};
use super::{Round, RoundFault, RoundForm};
use crate::time::deadline_at;

/// What of a round may change. Scheme and ruleset never do: its needs are registered under them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoundTerms {
    /// The calendar year in which its first school year begins.
    pub year: i32,
    /// The day it opens.
    pub opens_on: NaiveDate,
    /// The last day for first submissions.
    pub deadline_date: NaiveDate,
    /// The day on which reports are due.
    pub report_due_on: NaiveDate,
    /// What the office adds to the form.
    pub form: RoundForm,
}

/// Why a round cannot be changed as asked for.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ChangeError {
    /// It is over.
    #[error(transparent)]
    WrongState(#[from] WrongState),
    /// Everything that is wrong with the new terms.
    #[error("{} faults in the new terms", .0.len())]
    Faults(Vec<RoundFault>),
}

impl RoundTerms {
    /// What is wrong with how the dates lie to each other, and with the questions.
    pub(super) fn faults(&self) -> Vec<RoundFault> {
        let wrong = [
            (self.deadline_date < self.opens_on, RoundFault::DeadlineBeforeOpening),
            (self.report_due_on <= self.deadline_date, RoundFault::ReportDueBeforeDeadline),
        ];
        let dates = wrong.into_iter().filter_map(|(is_wrong, fault)| is_wrong.then_some(fault));
        dates.chain(self.form.faults().into_iter().map(RoundFault::Question)).collect()
    }
}

impl Round {
    /// Its terms as they stand.
    pub fn terms(&self) -> RoundTerms {
        RoundTerms {
            year: self.year,
            opens_on: self.opens_on,
            deadline_date: self.deadline_date,
            report_due_on: self.report_due_on,
            form: self.form.clone(),
        }
    }

    /// The round under other terms. Year, opening and what is asked stand fast once it is open, the deadline once it is
    /// closed; the words of guidance and questions may be mended. A deadline is moved to a day that is not over, since
    /// nobody is late afterwards who was in time (N03).
    pub fn under(&self, terms: RoundTerms, now: DateTime<Utc>) -> Result<Self, ChangeError> {
        let state = self.state_at(now);
        state.apply(RoundCommand::Change)?;
        let moves_deadline = terms.deadline_date != self.deadline_date;
        let is_open = state != RoundState::Planned;
        let fixed = [
            (is_open && terms.year != self.year, "year"),
            (is_open && terms.opens_on != self.opens_on, "opens_on"),
            (is_open && !self.form.asks_the_same(&terms.form), "questions"),
            (state == RoundState::Closed && moves_deadline, "deadline_date"),
        ];
        let fixed = fixed.into_iter().filter(|(changes, _)| *changes);
        let mut faults: Vec<RoundFault> = fixed.map(|(_, member)| RoundFault::Fixed { member, state }).collect();
        if faults.is_empty() && moves_deadline && now >= deadline_at(terms.deadline_date) {
            faults.push(RoundFault::DeadlineInPast);
        }
        faults.extend(terms.faults());
        if !faults.is_empty() {
            return Err(ChangeError::Faults(faults));
        }
        let RoundTerms { year, opens_on, deadline_date, report_due_on, form } = terms;
        Ok(Self { year, opens_on, deadline_date, report_due_on, form, ..self.clone() })
    }
}

#[cfg(test)]
mod tests {
    use super::super::form::tests::form;
    use super::super::tests::{at, date, round};
    use super::*;
    use crate::language::Bilingual;

    const WHILE_OPEN: &str = "2026-12-01T12:00:00Z";

    fn changed(state: RoundState, now: &str, change: impl FnOnce(&mut RoundTerms)) -> Result<Round, Vec<RoundFault>> {
        let before = round(state);
        let mut terms = before.terms();
        change(&mut terms);
        before.under(terms, at(now)).map_err(|error| match error {
            ChangeError::Faults(faults) => faults,
            ChangeError::WrongState(error) => panic!("{error}"),
        })
    }

    #[test]
    fn a_planned_round_changes_altogether() {
        let terms = RoundTerms {
            year: 2028,
            opens_on: date("2027-10-10"),
            deadline_date: date("2028-02-01"),
            report_due_on: date("2029-01-15"),
            form: form(),
        };
        let after = round(RoundState::Planned).under(terms.clone(), at("2026-10-01T12:00:00Z")).unwrap();
        assert_eq!(after.terms(), terms);
    }

    #[test]
    fn an_open_round_keeps_its_year_and_opening_and_moves_its_deadline() {
        for state in [RoundState::Open, RoundState::Planned] {
            let other = |terms: &mut RoundTerms| (terms.year, terms.opens_on) = (2028, date("2026-10-11"));
            let fixed = |member| RoundFault::Fixed { member, state: RoundState::Open };
            assert_eq!(changed(state, WHILE_OPEN, other), Err(vec![fixed("year"), fixed("opens_on")]));
            let later = |terms: &mut RoundTerms| terms.deadline_date = date("2027-02-15");
            assert_eq!(changed(state, WHILE_OPEN, later).unwrap().deadline_at(), at("2027-02-15T23:00:00Z"));
        }
    }

    #[test]
    fn a_deadline_is_moved_to_a_day_that_is_not_over() {
        let to_today = |terms: &mut RoundTerms| terms.deadline_date = date("2026-12-01");
        assert!(changed(RoundState::Open, "2026-12-01T22:59:59.999999Z", to_today).is_ok());
        let late = changed(RoundState::Open, "2026-12-01T23:00:00Z", to_today);
        assert_eq!(late, Err(vec![RoundFault::DeadlineInPast]));
        let after_the_deadline = "2027-03-01T12:00:00Z";
        let reports = |terms: &mut RoundTerms| terms.report_due_on = date("2028-02-01");
        assert!(changed(RoundState::Open, after_the_deadline, reports).is_ok());
    }

    #[test]
    fn a_closed_round_still_moves_the_day_on_which_reports_are_due() {
        let reports = |terms: &mut RoundTerms| terms.report_due_on = date("2028-02-01");
        assert!(changed(RoundState::Closed, WHILE_OPEN, reports).is_ok());
        let deadline = |terms: &mut RoundTerms| terms.deadline_date = date("2027-02-15");
        let fixed = RoundFault::Fixed { member: "deadline_date", state: RoundState::Closed };
        assert_eq!(changed(RoundState::Closed, WHILE_OPEN, deadline), Err(vec![fixed]));
    }

    #[test]
    fn an_open_round_asks_what_it_asked_and_mends_its_words() {
        let other = |terms: &mut RoundTerms| terms.form = form();
        let fixed = RoundFault::Fixed { member: "questions", state: RoundState::Open };
        assert_eq!(changed(RoundState::Open, WHILE_OPEN, other), Err(vec![fixed]));
        let words = Bilingual { nb: "Les først.".to_owned(), nn: "Les først.".to_owned() };
        let guided = |terms: &mut RoundTerms| terms.form.guidance = Some(words.clone());
        assert_eq!(changed(RoundState::Open, WHILE_OPEN, guided).unwrap().form.guidance, Some(words.clone()));
    }

    #[test]
    fn a_settled_round_changes_no_more() {
        let settled = round(RoundState::Settled);
        let error = settled.under(settled.terms(), at(WHILE_OPEN)).unwrap_err();
        let expected = WrongState { state: RoundState::Settled, command: RoundCommand::Change };
        assert_eq!(error, ChangeError::WrongState(expected));
    }

    #[test]
    fn dates_keep_their_order() {
        let reversed = |terms: &mut RoundTerms| terms.report_due_on = terms.deadline_date;
        assert_eq!(changed(RoundState::Open, WHILE_OPEN, reversed), Err(vec![RoundFault::ReportDueBeforeDeadline]));
    }
}
