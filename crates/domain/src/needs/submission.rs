//! The two steps that a need is held against rules for: submitting it, and sending it back.

use chrono::{DateTime, NaiveDate, Utc};
use thiserror::Error;

use super::content::Content;
use super::facts::Facts;
use super::need::ReturnTerms;
use super::rules::check;
use super::state::{NeedCommand, NeedState, WrongState};
use crate::finding::{Finding, Severity};
use crate::rulesets::Ruleset;
use crate::time::deadline_at;

/// A submission that passed.
#[derive(Debug, Clone, PartialEq)]
pub struct Submission {
    /// Where the need is now.
    pub state: NeedState,
    /// Warnings and hints that stand; frozen with the submission.
    pub findings: Vec<Finding>,
}

/// Why a need cannot be submitted.
#[derive(Debug, Clone, PartialEq, Error)]
pub enum SubmitError {
    /// It is not in a state that is submitted from.
    #[error(transparent)]
    WrongState(#[from] WrongState),
    /// Rules stop it; all findings, warnings included.
    #[error("{} rules stop the submission", blockers(.0).count())]
    Blocked(Vec<Finding>),
}

/// Submits a need, for the first time or again after a return: no need with a blocker passes.
pub fn submit(
    state: NeedState,
    content: &Content,
    facts: &Facts,
    ruleset: &Ruleset,
    now: DateTime<Utc>,
) -> Result<Submission, SubmitError> {
    let state = state.apply(NeedCommand::Submit)?;
    let findings = check(content, facts, ruleset, now);
    if blockers(&findings).next().is_some() {
        return Err(SubmitError::Blocked(findings));
    }
    Ok(Submission { state, findings })
}

fn blockers(findings: &[Finding]) -> impl Iterator<Item = &Finding> {
    findings.iter().filter(|finding| finding.severity == Severity::Blocker)
}

/// Why a need cannot be sent back.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ReturnError {
    /// It is not in a state that is returned from.
    #[error(transparent)]
    WrongState(#[from] WrongState),
    /// The day to reply by is over already.
    #[error("the day to reply by, {0}, is over already")]
    ReplyByPassed(NaiveDate),
}

/// Sends a need back for correction; the day to reply by may lie after the round's deadline, but not be over (N03).
pub fn send_back(state: NeedState, terms: &ReturnTerms, now: DateTime<Utc>) -> Result<NeedState, ReturnError> {
    let next = state.apply(NeedCommand::Return)?;
    if now >= deadline_at(terms.reply_by) {
        return Err(ReturnError::ReplyByPassed(terms.reply_by));
    }
    Ok(next)
}

#[cfg(test)]
mod tests {
    use super::super::rules::example::{Example, answer, confirmed, orgnr};
    use super::*;
    use crate::funding::GrantState;
    use crate::ids::GrantId;
    use crate::money::Nok;
    use crate::needs::{
        BudgetKind, InvitationState, NamedParty, OtherEnvironment, OwnAnswer, PartyFact, RecordedAnswer, StatpedPart,
        StatpedRole, Supplement,
    };
    use crate::organisations::{OrganisationKind, UnitKind};
    use crate::rounds::{RoundState, example_form};
    use crate::rulesets::Rulesets;
    use chrono::TimeDelta;
    use proptest::prelude::*;
    use uuid::Uuid;

    fn submit_example(example: &Example, state: NeedState) -> Result<Submission, SubmitError> {
        submit(state, &example.content, &example.facts, &example.ruleset, example.now)
    }

    #[test]
    fn a_need_without_blockers_is_submitted_under_every_ruleset() {
        for ruleset in Rulesets::embedded().unwrap().iter() {
            let submission = submit_example(&Example::under(&ruleset.code), NeedState::Draft);
            let expected = Submission { state: NeedState::Submitted, findings: Vec::new() };
            assert_eq!(submission, Ok(expected), "{}", ruleset.code);
        }
    }

    #[test]
    fn warnings_pass_and_are_kept() {
        let mut example = Example::new();
        example.content.unit_kinds = vec![UnitKind::Kindergarten, UnitKind::School];
        let submission = submit_example(&example, NeedState::Draft).unwrap();
        assert_eq!(submission.findings[0].code, "breadth_missing");
    }

    #[test]
    fn an_accepted_need_is_not_submitted_again() {
        let error = submit_example(&Example::new(), NeedState::Accepted).unwrap_err();
        assert_eq!(error, WrongState { state: NeedState::Accepted, command: NeedCommand::Submit }.into());
    }

    #[test]
    fn a_return_names_a_day_that_is_not_over() {
        let terms = ReturnTerms {
            reply_by: "2026-12-01".parse().unwrap(),
            reason: "Budsjettet mangler".to_owned(),
            may_ask_for_more: false,
        };
        let on_the_day = "2026-12-01T22:59:59Z".parse().unwrap();
        let after = "2026-12-01T23:00:00Z".parse().unwrap();
        assert_eq!(send_back(NeedState::Submitted, &terms, on_the_day), Ok(NeedState::Returned));
        assert_eq!(send_back(NeedState::Submitted, &terms, after), Err(ReturnError::ReplyByPassed(terms.reply_by)));
    }

    fn codes_of_rulesets() -> Vec<String> {
        Rulesets::embedded().unwrap().iter().map(|ruleset| ruleset.code.clone()).collect()
    }

    fn one_of<T: Copy + std::fmt::Debug + 'static>(all: &'static [T]) -> impl Strategy<Value = T> {
        prop::sample::select(all)
    }

    /// Seldom something, so that an example is often left whole.
    fn seldom<T: std::fmt::Debug + Clone>(spoilt: impl Strategy<Value = T>) -> impl Strategy<Value = Option<T>> {
        prop::option::weighted(0.15, spoilt)
    }

    prop_compose! {
        /// The example under any ruleset, spoilt in any number of ways, or in none.
        fn any_example()(
            ruleset in prop::sample::select(codes_of_rulesets()),
            unit_kinds in seldom(prop::collection::vec(one_of(UnitKind::ALL), 0..4)),
            title in seldom(" {0,3}"),
            partner in seldom(prop::option::of(one_of(InvitationState::ALL))),
            partner_kind in seldom(one_of(OrganisationKind::ALL)),
            participant in seldom((prop::option::of(one_of(InvitationState::ALL)), one_of(OrganisationKind::ALL))),
            statped in seldom((one_of(StatpedRole::ALL), prop::option::of(one_of(InvitationState::ALL)), any::<bool>())),
            environment_reason in seldom(prop::option::of(" {0,1}[a-z]{0,1}")),
            private_owner in seldom(prop::option::of((one_of(RecordedAnswer::ALL), prop::option::of(one_of(OwnAnswer::ALL))))),
            sender_kind in seldom(one_of(OrganisationKind::ALL)),
            budget_kind in seldom(one_of(BudgetKind::ALL)),
            amount in seldom(499_999_i64..=500_001),
            own_contribution in seldom(149_999_i64..=150_001),
            round in seldom(one_of(RoundState::ALL)),
            days in seldom(-100_i64..100),
            exempt_for in seldom(-100_i64..100),
            supplement in seldom(prop::option::of(one_of(GrantState::ALL))),
            asks_more in seldom(Just(())),
        ) -> Example {
            let mut example = Example::under(&ruleset);
            let Example { content, facts, .. } = &mut example;
            content.unit_kinds = unit_kinds.unwrap_or(content.unit_kinds.clone());
            content.title = title.unwrap_or(content.title.clone());
            content.amount = amount.map_or(content.amount, Nok::new);
            content.own_contribution = own_contribution.map_or(content.own_contribution, Nok::new);
            content.budget[0].kind = budget_kind.unwrap_or(content.budget[0].kind);
            facts.parties[0].state = partner.unwrap_or(facts.parties[0].state);
            facts.parties[0].kind = partner_kind.unwrap_or(facts.parties[0].kind);
            if let Some((state, kind)) = participant {
                content.participants = vec![NamedParty { orgnr: orgnr("971845635"), contribution: None }];
                facts.parties.push(PartyFact { state, ..confirmed("971845635", kind) });
            }
            if let Some((role, state, asked)) = statped {
                let (number, contribution) = (orgnr("974760673"), "Veiledning".to_owned());
                content.statped = Some(StatpedPart { orgnr: number, role, contribution, to_partner: asked });
                facts.parties[0].asks_for_statped = asked;
                facts.parties.push(PartyFact { state, ..confirmed("974760673", OrganisationKind::Statped) });
            }
            if let Some(reason) = environment_reason {
                let name = Some("Lesesenteret".to_owned());
                content.other_environments =
                    vec![OtherEnvironment { orgnr: None, name, contribution: "Kurs".to_owned(), reason }];
            }
            if let Some(spoilt) = private_owner {
                facts.private_owners[0].answer = spoilt.map(|(recorded, own)| answer(recorded, own));
            }
            facts.sender.kind = sender_kind.unwrap_or(facts.sender.kind);
            facts.round.state = round.unwrap_or(facts.round.state);
            facts.exempt_until = exempt_for.map(|days| facts.round.deadline_date + TimeDelta::days(days));
            content.supplement = supplement.map(|_| Supplement { grant: Some(GrantId(Uuid::nil())), reason: String::new() });
            facts.supplemented = supplement.flatten();
            if asks_more.is_some() {
                facts.round.form = example_form();
            }
            example.now += TimeDelta::days(days.unwrap_or(0));
            example
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]

        #[test]
        fn no_need_with_a_blocker_is_ever_submitted(example in any_example(), state in one_of(NeedState::ALL)) {
            let findings = check(&example.content, &example.facts, &example.ruleset, example.now);
            let blocked = findings.iter().any(|finding| finding.severity == Severity::Blocker);
            let outcome = submit_example(&example, state);
            prop_assert_eq!(outcome.is_ok(), state.is_editable() && !blocked);
        }

        #[test]
        fn nothing_is_submitted_that_breaks_a_rule_of_the_seeds(example in any_example()) {
            if submit_example(&example, NeedState::Draft).is_ok() {
                let round = &example.facts.round;
                prop_assert!(round.form.unanswered(&example.content.extra_answers).next().is_none());
                prop_assert!(example.content.supplement.is_none() || example.facts.supplemented.is_some());
                prop_assert!(example.facts.sender.kind.is_owner());
                let last_day = example.facts.exempt_until.max(Some(round.deadline_date)).expect("a last day");
                prop_assert!(example.now < deadline_at(last_day));
                let answers = |party: &PartyFact| party.state == Some(InvitationState::Confirmed);
                prop_assert!(example.facts.parties.iter().all(answers));
                let reasoned = |environment: &OtherEnvironment| environment.reason.as_ref().is_some_and(|r| !r.trim().is_empty());
                prop_assert!(example.content.other_environments.iter().all(reasoned));
                let settings = &example.ruleset.settings;
                prop_assert!(!settings.refused_budget_kinds.value.contains(&example.content.budget[0].kind));
                prop_assert!(example.content.unit_kinds.iter().all(|kind| settings.unit_kinds.value.contains(kind)));
                let least = example.content.amount.kroner() * i64::from(settings.own_contribution_percent.value);
                prop_assert!(example.content.own_contribution.kroner() * 100 >= least);
                prop_assert_eq!(Nok::total(example.content.budget.iter().map(|line| line.amount)), Some(example.content.amount));
            }
        }
    }
}
