//! N10: budget lines sum exactly to the amount asked for, per school year and recipient, over one to three years;
//! coordination keeps within its share. Only owners taking part and partners receive money; that Statped and
//! other environments have no line of their own is N07's to say.

use std::collections::BTreeSet;

use super::Case;
use crate::finding::{Finding, Severity};
use crate::money::Nok;
use crate::needs::budget::BudgetKind;
use crate::orgnr::OrgNr;

pub(super) fn check(case: &Case<'_>) -> Vec<Finding> {
    let mut findings = amount_faults(case);
    findings.extend(coordination_fault(case));
    findings.extend(period_faults(case));
    findings.extend(line_faults(case));
    findings
}

fn blocker(code: &str, pointer: impl Into<String>) -> Finding {
    Finding::new("N10", code, Severity::Blocker, pointer)
}

fn amount_faults(case: &Case<'_>) -> Vec<Finding> {
    let content = case.content;
    let mut findings = Vec::new();
    if content.amount <= Nok::ZERO {
        findings.push(blocker("amount_missing", "/amount_nok"));
    }
    if content.budget.is_empty() {
        findings.push(blocker("budget_missing", "/budget"));
    } else if sum_of(case) != Some(content.amount) {
        findings.push(
            blocker("budget_sum_differs", "/budget")
                .with("sum_nok", sum_of(case).map(Nok::kroner))
                .with("amount_nok", content.amount.kroner()),
        );
    }
    findings
}

fn sum_of(case: &Case<'_>) -> Option<Nok> {
    Nok::total(case.content.budget.iter().map(|line| line.amount))
}

fn coordination_fault(case: &Case<'_>) -> Option<Finding> {
    let percent = case.ruleset.settings.coordination_percent.value;
    let most = case.content.amount.percent_floor(percent);
    let lines = case.content.budget.iter().filter(|line| line.kind == BudgetKind::Coordination);
    let coordination = Nok::total(lines.map(|line| line.amount))?;
    (coordination > most).then(|| {
        blocker("coordination_above_share", "/budget")
            .with("coordination_nok", coordination.kroner())
            .with("most_nok", most.kroner())
            .with("percent", percent)
    })
}

fn period_faults(case: &Case<'_>) -> Vec<Finding> {
    let Some(period) = case.content.period else { return Vec::new() };
    let most = case.ruleset.settings.years_at_most.value;
    let too_long = period.years().is_none_or(|years| years > most);
    let too_early = period.from.first_year() < case.facts.round.year;
    let long = too_long.then(|| blocker("period_too_long", "/period").with("years_at_most", most));
    let early = too_early.then(|| blocker("period_before_round", "/period/from").with("year", case.facts.round.year));
    long.into_iter().chain(early).collect()
}

fn line_faults(case: &Case<'_>) -> Vec<Finding> {
    let recipients = possible_recipients(case);
    let mut findings = Vec::new();
    for (i, line) in case.content.budget.iter().enumerate() {
        if case.content.period.is_some_and(|period| !period.holds(line.school_year)) {
            findings.push(
                blocker("budget_year_outside_period", format!("/budget/{i}/school_year"))
                    .with("school_year", line.school_year.to_string()),
            );
        }
        let paid_by_others = case.content.paid_by_others().any(|orgnr| *orgnr == line.recipient);
        if !paid_by_others && !recipients.contains(&line.recipient) {
            findings.push(
                blocker("recipient_takes_no_part", format!("/budget/{i}/recipient"))
                    .with("orgnr", line.recipient.as_str()),
            );
        }
    }
    findings
}

fn possible_recipients<'a>(case: &Case<'a>) -> BTreeSet<&'a OrgNr> {
    let partners = case.content.partners.iter().map(|partner| &partner.orgnr);
    case.owners_taking_part().into_iter().chain(partners).collect()
}

#[cfg(test)]
mod tests {
    use super::super::example::{Example, answer, orgnr};
    use crate::money::Nok;
    use crate::needs::parties::RecordedAnswer;
    use crate::needs::{BudgetKind, BudgetLine, Period};
    use crate::time::SchoolYear;
    use proptest::prelude::*;

    #[test]
    fn a_budget_that_adds_up_passes() {
        assert!(Example::new().codes_of("N10").is_empty());
    }

    #[test]
    fn a_sum_that_misses_by_a_krone_is_told_with_both_figures() {
        let mut example = Example::new();
        example.content.amount = Nok::new(500_001);
        let findings = example.findings_of("N10");
        assert_eq!(findings[0].code, "budget_sum_differs");
        assert_eq!(
            (&findings[0].params["sum_nok"], &findings[0].params["amount_nok"]),
            (&500_000.into(), &500_001.into())
        );
    }

    #[test]
    fn no_amount_and_no_budget_are_both_told() {
        let mut example = Example::new();
        example.content.amount = Nok::ZERO;
        example.content.budget.clear();
        assert_eq!(example.codes_of("N10"), ["amount_missing", "budget_missing"]);
    }

    #[test]
    fn coordination_may_take_a_tenth_and_not_a_krone_more() {
        let mut example = Example::new();
        let split = |example: &mut Example, coordination| {
            example.content.budget[0].amount = Nok::new(500_000 - coordination);
            example.content.budget[1].amount = Nok::new(coordination);
        };
        split(&mut example, 50_000);
        assert!(example.codes_of("N10").is_empty());
        split(&mut example, 50_001);
        assert_eq!(example.codes_of("N10"), ["coordination_above_share"]);
    }

    #[test]
    fn four_years_are_too_many() {
        let mut example = Example::new();
        let first = SchoolYear::beginning(2027);
        example.content.period = Some(Period { from: first, to: SchoolYear::beginning(2029) });
        assert!(example.codes_of("N10").is_empty());
        example.content.period = Some(Period { from: first, to: SchoolYear::beginning(2030) });
        assert_eq!(example.codes_of("N10"), ["period_too_long"]);
    }

    #[test]
    fn no_measure_begins_before_the_year_of_its_round() {
        let mut example = Example::new();
        example.content.period = Some(Period { from: SchoolYear::beginning(2026), to: SchoolYear::beginning(2027) });
        assert_eq!(example.codes_of("N10"), ["period_before_round"]);
    }

    #[test]
    fn money_is_asked_for_within_the_period_only() {
        let mut example = Example::new();
        example.content.budget[1].school_year = SchoolYear::beginning(2028);
        let findings = example.findings_of("N10");
        assert_eq!(
            (findings[0].code.as_str(), findings[0].pointer.as_str()),
            ("budget_year_outside_period", "/budget/1/school_year")
        );
    }

    #[test]
    fn only_those_who_take_part_receive_money() {
        let mut example = Example::new();
        let owner = example.facts.private_owners[0].orgnr.clone();
        example.content.budget[0].recipient = owner;
        assert!(example.codes_of("N10").is_empty());
        example.facts.private_owners[0].answer = Some(answer(RecordedAnswer::Declined, None));
        assert_eq!(example.codes_of("N10"), ["recipient_takes_no_part"]);
        example.content.budget[0].recipient = orgnr("310279617");
        assert_eq!(example.codes_of("N10"), ["recipient_takes_no_part"]);
    }

    proptest! {
        #[test]
        fn a_budget_passes_exactly_when_it_sums_to_the_amount(
            amounts in prop::collection::vec(1_i64..1_000_000_000, 1..12),
            off_by in -3_i64..=3,
        ) {
            let mut example = Example::new();
            let recipient = example.facts.sender.orgnr.clone();
            let line = |(i, amount): (usize, &i64)| BudgetLine {
                key: format!("line-{i}"),
                kind: BudgetKind::Delivery,
                school_year: SchoolYear::beginning(2027),
                recipient: recipient.clone(),
                amount: Nok::new(*amount),
                note: None,
            };
            example.content.budget = amounts.iter().enumerate().map(line).collect();
            example.content.amount = Nok::new(amounts.iter().sum::<i64>() + off_by);
            prop_assume!(example.content.amount > Nok::ZERO);
            prop_assert_eq!(example.codes_of("N10").is_empty(), off_by == 0);
        }
    }
}
