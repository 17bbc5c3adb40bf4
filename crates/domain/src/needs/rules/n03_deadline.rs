//! N03: before the deadline, which is the next midnight in Oslo after its date, a need is submitted for the
//! first time, and after it by an owner that is exempt, until its own date; a returned need is resubmitted until
//! its own date, asking for no more than before unless the return says so.

use super::Case;
use crate::finding::{Finding, Severity};
use crate::needs::facts::ReturnFact;
use crate::rounds::RoundState;
use crate::time::deadline_at;

pub(super) fn check(case: &Case<'_>) -> Vec<Finding> {
    match &case.facts.returned {
        None => first_submission(case),
        Some(terms) => resubmission(case, terms),
    }
}

fn first_submission(case: &Case<'_>) -> Vec<Finding> {
    let round = &case.facts.round;
    let blocker = |code: &str| Finding::new("N03", code, Severity::Blocker, "");
    let finding = match round.state_at(case.now) {
        RoundState::Planned => blocker("round_not_open").with("opens_on", round.opens_on.to_string()),
        RoundState::Closed | RoundState::Settled => blocker("round_closed"),
        RoundState::Open if case.now < round.deadline_at() || is_exempt(case) => return Vec::new(),
        RoundState::Open => blocker("deadline_passed").with("deadline_date", round.deadline_date.to_string()),
    };
    vec![finding]
}

fn is_exempt(case: &Case<'_>) -> bool {
    case.facts.exempt_until.is_some_and(|until| case.now < deadline_at(until))
}

fn resubmission(case: &Case<'_>, terms: &ReturnFact) -> Vec<Finding> {
    let late = (case.now >= deadline_at(terms.reply_by)).then(|| {
        Finding::new("N03", "reply_by_passed", Severity::Blocker, "").with("reply_by", terms.reply_by.to_string())
    });
    let asks_for_more = !terms.may_ask_for_more && case.content.amount > terms.amount_before;
    let more = asks_for_more.then(|| {
        Finding::new("N03", "amount_above_before", Severity::Blocker, "/amount_nok")
            .with("amount_nok", case.content.amount.kroner())
            .with("before_nok", terms.amount_before.kroner())
    });
    late.into_iter().chain(more).collect()
}

#[cfg(test)]
mod tests {
    use super::super::example::Example;
    use crate::money::Nok;
    use crate::needs::facts::ReturnFact;
    use crate::rounds::RoundState;
    use rstest::rstest;

    #[rstest]
    #[case::winter("2027-02-01", "2027-02-01T22:59:59.999999Z", "2027-02-01T23:00:00Z")]
    #[case::summer("2027-06-15", "2027-06-15T21:59:59.999999Z", "2027-06-15T22:00:00Z")]
    #[case::the_day_the_clocks_change("2027-03-28", "2027-03-28T21:59:59.999999Z", "2027-03-28T22:00:00Z")]
    fn the_last_instant_counts_and_the_next_one_does_not(#[case] date: &str, #[case] last: &str, #[case] next: &str) {
        let mut example = Example::new();
        example.facts.round.deadline_date = date.parse().unwrap();
        example.now = last.parse().unwrap();
        assert!(example.codes_of("N03").is_empty());
        example.now = next.parse().unwrap();
        assert_eq!(example.codes_of("N03"), ["deadline_passed"]);
    }

    #[test]
    fn nothing_is_submitted_before_the_round_opens() {
        let mut example = Example::new();
        example.facts.round.state = RoundState::Planned;
        example.now = "2026-10-09T21:59:59Z".parse().unwrap();
        assert_eq!(example.codes_of("N03"), ["round_not_open"]);
        example.now = "2026-10-09T22:00:00Z".parse().unwrap();
        assert!(example.codes_of("N03").is_empty());
    }

    #[test]
    fn nothing_is_submitted_for_the_first_time_once_the_round_is_closed() {
        let mut example = Example::new();
        example.facts.round.state = RoundState::Closed;
        assert_eq!(example.codes_of("N03"), ["round_closed"]);
    }

    #[test]
    fn an_exempt_owner_has_its_own_date_after_the_deadline_as_long_as_the_round_is_open() {
        let mut example = Example::new();
        example.facts.exempt_until = Some("2027-02-15".parse().unwrap());
        example.now = "2027-02-15T22:59:59.999999Z".parse().unwrap();
        assert!(example.codes_of("N03").is_empty());
        example.facts.round.state = RoundState::Closed;
        assert_eq!(example.codes_of("N03"), ["round_closed"]);
        example.facts.round.state = RoundState::Open;
        example.now = "2027-02-15T23:00:00Z".parse().unwrap();
        assert_eq!(example.codes_of("N03"), ["deadline_passed"]);
    }

    #[test]
    fn an_exemption_that_ends_before_the_deadline_takes_nothing_away() {
        let mut example = Example::new();
        example.facts.exempt_until = Some("2026-11-01".parse().unwrap());
        assert!(example.codes_of("N03").is_empty());
    }

    fn returned(may_ask_for_more: bool) -> Example {
        let mut example = Example::new();
        example.facts.round.state = RoundState::Closed;
        example.facts.returned = Some(ReturnFact {
            reply_by: "2027-03-15".parse().unwrap(),
            amount_before: example.content.amount,
            may_ask_for_more,
        });
        example.now = "2027-03-15T22:59:59.999999Z".parse().unwrap();
        example
    }

    #[test]
    fn a_returned_need_has_its_own_date_after_the_deadline() {
        let mut example = returned(false);
        assert!(example.codes_of("N03").is_empty());
        example.now = "2027-03-15T23:00:00Z".parse().unwrap();
        assert_eq!(example.codes_of("N03"), ["reply_by_passed"]);
    }

    #[test]
    fn a_returned_need_asks_for_no_more_unless_the_return_says_so() {
        let mut example = returned(false);
        example.content.amount = example.content.amount.checked_add(Nok::new(1)).unwrap();
        assert_eq!(example.codes_of("N03"), ["amount_above_before"]);
        let mut allowed = returned(true);
        allowed.content.amount = example.content.amount;
        assert!(allowed.codes_of("N03").is_empty());
    }
}
