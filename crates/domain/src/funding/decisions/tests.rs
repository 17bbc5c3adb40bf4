use proptest::prelude::*;

use super::*;

const FIRST: SchoolYear = SchoolYear::beginning(2026);
const SECOND: SchoolYear = SchoolYear::beginning(2027);

fn nok(kroner: i64) -> Nok {
    Nok::new(kroner)
}

fn org(digits: &str) -> OrgNr {
    OrgNr::from_register(digits.to_owned())
}

fn owner() -> OrgNr {
    org("310279617")
}

fn university() -> OrgNr {
    org("313367002")
}

fn statped() -> OrgNr {
    org("314330897")
}

fn basis() -> Basis {
    Basis {
        asked: [(FIRST, nok(300)), (SECOND, nok(200))].into(),
        recommended: [(FIRST, nok(300)), (SECOND, nok(200))].into(),
        taking_part: [
            (owner(), OrganisationKind::Municipality),
            (university(), OrganisationKind::University),
            (statped(), OrganisationKind::Statped),
        ]
        .into(),
    }
}

fn year(school_year: SchoolYear, amount: i64, recipients: &[(OrgNr, i64)]) -> ProposedYear {
    let amounts = recipients.iter().map(|(recipient, kroner)| (recipient.clone(), nok(*kroner))).collect();
    ProposedYear { school_year, amount: nok(amount), split: Split::Amounts(amounts) }
}

fn granted() -> Proposal {
    Proposal {
        outcome: Outcome::Granted,
        years: vec![
            year(SECOND, 200, &[(university(), 200)]),
            year(FIRST, 300, &[(owner(), 100), (university(), 200)]),
        ],
        departure_reason: None,
    }
}

fn codes(proposal: &Proposal) -> Vec<(String, String, String)> {
    let findings = proposal.resolve(&basis()).expect_err("the proposal breaks a rule");
    findings.into_iter().map(|finding| (finding.rule, finding.code, finding.pointer)).collect()
}

fn found(rule: &str, code: &str, pointer: &str) -> (String, String, String) {
    (rule.to_owned(), code.to_owned(), pointer.to_owned())
}

#[test]
fn only_the_first_year_is_firm_and_charged() {
    let decision = granted().resolve(&basis()).unwrap();
    let told: Vec<_> = decision.lines.iter().map(|l| (l.school_year, l.amount, l.conditional)).collect();
    assert_eq!(told, [(FIRST, nok(100), false), (FIRST, nok(200), false), (SECOND, nok(200), true)]);
    assert_eq!((decision.amount, decision.charged, decision.departs), (nok(500), nok(300), false));
}

#[test]
fn shares_are_rounded_by_largest_remainder() {
    let mut proposal = granted();
    proposal.years[1].split = Split::Shares(vec![(owner(), 1), (university(), 6)]);
    let decision = proposal.resolve(&basis()).unwrap();
    assert_eq!((decision.lines[0].amount, decision.lines[1].amount), (nok(43), nok(257)));
}

#[test]
fn lines_that_do_not_sum_are_told_with_both_figures() {
    let mut proposal = granted();
    proposal.years[1] = year(FIRST, 300, &[(owner(), 100), (university(), 199)]);
    let findings = proposal.resolve(&basis()).unwrap_err();
    assert_eq!((findings[0].code.as_str(), findings[0].pointer.as_str()), ("lines_do_not_sum", "/years/1/amount_nok"));
    assert_eq!(findings[0].params["sum_nok"], 299);
    assert_eq!(findings[0].params["amount_nok"], 300);
}

#[test]
fn statped_gets_no_line_and_a_stranger_gets_none_either() {
    let mut proposal = granted();
    proposal.years[0] = year(SECOND, 200, &[(statped(), 100), (org("974760673"), 100)]);
    let statped = found("N07", "recipient_gets_no_line", "/years/0/recipients/0/orgnr");
    let stranger = found("G04", "recipient_not_in_measure", "/years/0/recipients/1/orgnr");
    assert_eq!(codes(&proposal), [statped, stranger]);
}

#[test]
fn a_recipient_stands_once_in_a_year_with_an_amount_above_zero() {
    let mut proposal = granted();
    proposal.years[0] = year(SECOND, 200, &[(owner(), 200), (owner(), 0)]);
    let twice = found("G04", "recipient_twice", "/years/0/recipients/1");
    let zero = found("G04", "line_is_not_above_zero", "/years/0/recipients/1");
    assert_eq!(codes(&proposal), [twice, zero]);
}

#[test]
fn a_year_stands_once_has_recipients_and_was_asked_for() {
    let mut proposal = granted();
    proposal.years.push(year(FIRST, 0, &[]));
    proposal.years.push(year(SECOND.next(), 1, &[(owner(), 1)]));
    proposal.departure_reason = Some("The measure takes a year more".to_owned());
    let expected = [
        found("G04", "year_twice", "/years/2/school_year"),
        found("G05", "year_not_asked_for", "/years/3/school_year"),
        found("G04", "year_without_recipients", "/years/2/recipients"),
        found("G04", "granted_is_not_what_was_asked_for", "/outcome"),
    ];
    assert_eq!(codes(&proposal), expected);
}

#[test]
fn a_departure_from_the_recommendation_needs_a_reason() {
    let mut proposal = granted();
    proposal.outcome = Outcome::PartlyGranted;
    proposal.years = vec![year(FIRST, 300, &[(owner(), 300)])];
    assert_eq!(codes(&proposal), [found("G03", "departure_needs_reason", "/departure_reason")]);
    proposal.departure_reason = Some("The appropriation was cut".to_owned());
    assert!(proposal.resolve(&basis()).unwrap().departs);
}

#[test]
fn declining_what_was_not_prioritised_is_no_departure() {
    let proposal = Proposal { outcome: Outcome::Declined, years: Vec::new(), departure_reason: None };
    let basis = Basis { recommended: BTreeMap::new(), ..basis() };
    let decision = proposal.resolve(&basis).unwrap();
    assert_eq!((decision.amount, decision.departs, decision.lines.len()), (Nok::ZERO, false, 0));
}

#[test]
fn a_decline_grants_nothing() {
    let proposal = Proposal { outcome: Outcome::Declined, ..granted() };
    assert_eq!(codes(&proposal), [found("G04", "declined_has_years", "/years")]);
}

#[test]
fn partly_granted_is_less_than_asked_for_and_more_than_nothing() {
    let proposal = Proposal { outcome: Outcome::PartlyGranted, ..granted() };
    assert_eq!(codes(&proposal), [found("G04", "partly_granted_is_not_a_part", "/outcome")]);
    let nothing = Proposal { years: Vec::new(), departure_reason: Some("None left".to_owned()), ..proposal };
    assert_eq!(codes(&nothing), [found("G04", "partly_granted_is_not_a_part", "/outcome")]);
}

proptest! {
    #[test]
    fn lines_sum_exactly_to_the_years_however_they_are_split(
        first in 2_i64..1_000_000_000,
        second in 2_i64..1_000_000_000,
        weights in (1_u64..1_000, 1_u64..1_000),
    ) {
        let asked: BTreeMap<_, _> = [(FIRST, nok(first)), (SECOND, nok(second))].into();
        let basis = Basis { asked: asked.clone(), recommended: asked, ..basis() };
        let split = Split::Shares(vec![(owner(), weights.0), (university(), weights.1)]);
        let years = [(FIRST, first), (SECOND, second)]
            .map(|(school_year, amount)| ProposedYear { school_year, amount: nok(amount), split: split.clone() });
        let proposal = Proposal { outcome: Outcome::Granted, years: years.into(), departure_reason: None };
        match proposal.resolve(&basis) {
            Ok(decision) => {
                let of = |year| Nok::total(decision.lines.iter().filter(|l| l.school_year == year).map(|l| l.amount));
                prop_assert_eq!(of(FIRST), Some(nok(first)));
                prop_assert_eq!(of(SECOND), Some(nok(second)));
                prop_assert_eq!(decision.charged, nok(first));
            }
            Err(findings) => prop_assert!(findings.iter().all(|f| f.code == "line_is_not_above_zero")),
        }
    }
}
