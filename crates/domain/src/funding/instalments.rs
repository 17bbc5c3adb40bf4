//! Instalments: the plan by which recipient lines are paid (G06).

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::decisions::Line;
use super::state::PaymentState;
use crate::finding::{Finding, Severity};
use crate::ids::PaymentId;
use crate::money::Nok;
use crate::orgnr::OrgNr;
use crate::time::SchoolYear;

/// One instalment of a recipient line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Instalment {
    /// Who receives it.
    pub recipient: OrgNr,
    /// The school year of the line that it pays.
    pub school_year: SchoolYear,
    /// How much, above zero.
    pub amount: Nok,
    /// The day on which it is due.
    pub due_on: NaiveDate,
    /// The school year whose report must be approved first.
    pub awaits_report: Option<SchoolYear>,
}

/// A payment of the plan as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlannedPayment {
    /// The payment.
    pub id: PaymentId,
    /// What it pays.
    pub instalment: Instalment,
    /// Where it stands.
    pub state: PaymentState,
}

/// What a new plan does to the old one.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PlanChange {
    /// Payments that stand in both, with who prepared them.
    pub kept: Vec<PaymentId>,
    /// Planned payments that the new plan has no place for.
    pub cancelled: Vec<PaymentId>,
    /// Instalments that become new payments, by due date, then as given.
    pub added: Vec<Instalment>,
}

/// Replaces the whole plan. It sums exactly to every firm recipient line (G06); conditional years get theirs when
/// they are confirmed (G05). Payments that somebody has acted on (approved, held, sent, paid, failed) must stand
/// unchanged in the new plan. Answers every breach at once.
pub fn replace_plan(
    lines: &[Line],
    existing: &[PlannedPayment],
    plan: &[Instalment],
) -> Result<PlanChange, Vec<Finding>> {
    let mut findings = check_lines(lines, plan);
    findings.extend(check_waiting(lines, plan));
    let mut change = PlanChange::default();
    let mut left: Vec<Option<&Instalment>> = plan.iter().map(Some).collect();
    for payment in existing.iter().filter(|payment| payment.state.counts_in_plan()) {
        let same = left.iter_mut().find(|instalment| **instalment == Some(&payment.instalment));
        match same {
            Some(place) => {
                *place = None;
                change.kept.push(payment.id);
            }
            None if payment.state == PaymentState::Planned => change.cancelled.push(payment.id),
            None => findings.push(
                blocker("instalment_already_acted_on", "/instalments")
                    .with("payment_id", payment.id.to_string())
                    .with("state", payment.state.as_str()),
            ),
        }
    }
    if !findings.is_empty() {
        return Err(findings);
    }
    change.added = left.into_iter().flatten().cloned().collect();
    change.added.sort_by_key(|instalment| instalment.due_on);
    Ok(change)
}

/// Every instalment pays a firm line, and every firm line is paid exactly.
fn check_lines(lines: &[Line], plan: &[Instalment]) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut planned: BTreeMap<(&OrgNr, SchoolYear), Nok> = BTreeMap::new();
    for (i, instalment) in plan.iter().enumerate() {
        let line = lines
            .iter()
            .find(|line| line.recipient == instalment.recipient && line.school_year == instalment.school_year);
        let told = |code: &str| {
            blocker(code, format!("/instalments/{i}"))
                .with("orgnr", instalment.recipient.as_str())
                .with("school_year", instalment.school_year.to_string())
        };
        match line {
            None => findings.push(told("instalment_without_line")),
            Some(line) if line.conditional => findings.push(told("instalment_of_conditional_year")),
            Some(_) => {
                let sum = planned.entry((&instalment.recipient, instalment.school_year)).or_default();
                *sum = sum.checked_add(instalment.amount).unwrap_or(Nok::MAX);
            }
        }
        if instalment.amount <= Nok::ZERO {
            findings.push(told("instalment_not_above_zero"));
        }
    }
    for line in lines.iter().filter(|line| !line.conditional) {
        let sum = planned.get(&(&line.recipient, line.school_year)).copied().unwrap_or_default();
        if sum != line.amount {
            findings.push(
                blocker("instalments_do_not_sum", "/instalments")
                    .with("orgnr", line.recipient.as_str())
                    .with("school_year", line.school_year.to_string())
                    .with("amount_nok", line.amount.kroner())
                    .with("sum_nok", sum.kroner()),
            );
        }
    }
    findings
}

/// Only a later instalment waits for a report, and only for one that will be owed by then.
fn check_waiting(lines: &[Line], plan: &[Instalment]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (i, instalment) in plan.iter().enumerate() {
        let Some(awaited) = instalment.awaits_report else { continue };
        let pointer = format!("/instalments/{i}/awaits_report");
        let owed = lines.iter().any(|line| line.school_year == awaited && !line.conditional);
        let earlier = plan.iter().any(|other| {
            other.recipient == instalment.recipient && other.awaits_report.is_none() && other.due_on < instalment.due_on
        });
        if !owed || awaited > instalment.school_year {
            findings.push(blocker("awaited_report_is_not_owed", pointer).with("school_year", awaited.to_string()));
        } else if !earlier {
            findings
                .push(blocker("first_instalment_cannot_wait", pointer).with("orgnr", instalment.recipient.as_str()));
        }
    }
    findings
}

fn blocker(code: &str, pointer: impl Into<String>) -> Finding {
    Finding::new("G06", code, Severity::Blocker, pointer)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;

    const FIRST: SchoolYear = SchoolYear::beginning(2026);
    const SECOND: SchoolYear = SchoolYear::beginning(2027);

    fn owner() -> OrgNr {
        OrgNr::from_register("310279617".to_owned())
    }

    fn university() -> OrgNr {
        OrgNr::from_register("313367002".to_owned())
    }

    fn line(school_year: SchoolYear, recipient: OrgNr, amount: i64, conditional: bool) -> Line {
        Line { school_year, recipient, amount: Nok::new(amount), conditional }
    }

    fn lines() -> Vec<Line> {
        vec![
            line(FIRST, owner(), 100, false),
            line(FIRST, university(), 200, false),
            line(SECOND, university(), 200, true),
        ]
    }

    fn instalment(recipient: OrgNr, amount: i64, month: u32) -> Instalment {
        Instalment {
            recipient,
            school_year: FIRST,
            amount: Nok::new(amount),
            due_on: NaiveDate::from_ymd_opt(2026, month, 1).unwrap(),
            awaits_report: None,
        }
    }

    fn plan() -> Vec<Instalment> {
        vec![
            instalment(owner(), 100, 8),
            instalment(university(), 150, 8),
            Instalment { awaits_report: Some(FIRST), ..instalment(university(), 50, 12) },
        ]
    }

    fn payments(plan: &[Instalment], state: PaymentState) -> Vec<PlannedPayment> {
        let payment = |(i, instalment): (u128, &Instalment)| PlannedPayment {
            id: PaymentId(Uuid::from_u128(i)),
            instalment: instalment.clone(),
            state,
        };
        (0..).zip(plan).map(payment).collect()
    }

    fn codes(existing: &[PlannedPayment], plan: &[Instalment]) -> Vec<(String, String)> {
        let findings = replace_plan(&lines(), existing, plan).expect_err("the plan breaks a rule");
        findings.into_iter().map(|finding| (finding.code, finding.pointer)).collect()
    }

    fn found(code: &str, pointer: &str) -> (String, String) {
        (code.to_owned(), pointer.to_owned())
    }

    #[test]
    fn a_first_plan_is_added_by_due_date() {
        let mut plan = plan();
        plan.reverse();
        let change = replace_plan(&lines(), &[], &plan).unwrap();
        let months: Vec<_> = change.added.iter().map(|i| (i.due_on.to_string(), i.amount.kroner())).collect();
        assert_eq!(months, [("2026-08-01".into(), 150), ("2026-08-01".into(), 100), ("2026-12-01".into(), 50)]);
    }

    #[test]
    fn the_same_plan_again_changes_nothing() {
        let existing = payments(&plan(), PaymentState::Planned);
        let change = replace_plan(&lines(), &existing, &plan()).unwrap();
        assert_eq!((change.kept.len(), change.cancelled.len(), change.added.len()), (3, 0, 0));
    }

    #[test]
    fn another_plan_cancels_what_it_has_no_place_for() {
        let existing = payments(&plan(), PaymentState::Planned);
        let other = [instalment(owner(), 100, 8), instalment(university(), 200, 9)];
        let change = replace_plan(&lines(), &existing, &other).unwrap();
        assert_eq!(change.kept, [existing[0].id]);
        assert_eq!(change.cancelled, [existing[1].id, existing[2].id]);
        assert_eq!(change.added, [instalment(university(), 200, 9)]);
    }

    #[test]
    fn what_somebody_has_acted_on_stays_as_it_is() {
        let existing = payments(&plan(), PaymentState::Approved);
        let other = [instalment(owner(), 100, 8), instalment(university(), 200, 9)];
        let stays = found("instalment_already_acted_on", "/instalments");
        assert_eq!(codes(&existing, &other), [stays.clone(), stays]);
        let cancelled = payments(&plan(), PaymentState::Cancelled);
        assert!(replace_plan(&lines(), &cancelled, &other).is_ok());
    }

    #[test]
    fn a_line_is_paid_exactly() {
        let short = [instalment(owner(), 99, 8), instalment(university(), 200, 8)];
        let findings = replace_plan(&lines(), &[], &short).unwrap_err();
        assert_eq!(findings[0].code, "instalments_do_not_sum");
        assert_eq!((&findings[0].params["amount_nok"], &findings[0].params["sum_nok"]), (&100.into(), &99.into()));
    }

    #[test]
    fn conditional_years_and_strangers_are_not_paid() {
        let mut plan = plan();
        plan.push(Instalment { school_year: SECOND, ..instalment(university(), 200, 8) });
        plan.push(Instalment { school_year: SECOND, ..instalment(owner(), 0, 8) });
        let expected = [
            found("instalment_of_conditional_year", "/instalments/3"),
            found("instalment_without_line", "/instalments/4"),
            found("instalment_not_above_zero", "/instalments/4"),
        ];
        assert_eq!(codes(&[], &plan), expected);
    }

    #[test]
    fn the_first_instalment_waits_for_nothing() {
        let mut plan = plan();
        plan[0].awaits_report = Some(FIRST);
        assert_eq!(codes(&[], &plan), [found("first_instalment_cannot_wait", "/instalments/0/awaits_report")]);
    }

    #[test]
    fn a_report_that_nobody_owes_is_not_waited_for() {
        let mut plan = plan();
        plan[2].awaits_report = Some(SECOND);
        assert_eq!(codes(&[], &plan), [found("awaited_report_is_not_owed", "/instalments/2/awaits_report")]);
    }

    proptest! {
        #[test]
        fn whatever_plan_replaces_whatever_plan_the_payments_sum_to_the_lines(
            first in prop::collection::vec(1_u64..50, 1..6),
            second in prop::collection::vec(1_u64..50, 1..6),
            acted in prop::collection::vec(any::<bool>(), 6),
        ) {
            let line = [line(FIRST, owner(), 100_000, false)];
            let plan_of = |weights: &[u64]| -> Vec<Instalment> {
                let parts = Nok::new(100_000).split_by_largest_remainder(weights);
                (1..).zip(parts).map(|(month, part)| instalment(owner(), part.kroner(), month)).collect()
            };
            let mut existing = payments(&plan_of(&first), PaymentState::Planned);
            for (payment, acted) in existing.iter_mut().zip(&acted) {
                payment.state = if *acted { PaymentState::Sent } else { PaymentState::Planned };
            }
            match replace_plan(&line, &existing, &plan_of(&second)) {
                Ok(change) => {
                    let kept = existing.iter().filter(|p| change.kept.contains(&p.id)).map(|p| p.instalment.amount);
                    let after = kept.chain(change.added.iter().map(|instalment| instalment.amount));
                    prop_assert_eq!(Nok::total(after), Some(Nok::new(100_000)));
                    prop_assert!(existing.iter().all(|p| p.state != PaymentState::Sent || change.kept.contains(&p.id)));
                }
                Err(findings) => prop_assert!(findings.iter().all(|f| f.code == "instalment_already_acted_on")),
            }
        }
    }
}
