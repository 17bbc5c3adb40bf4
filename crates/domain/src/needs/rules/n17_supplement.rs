//! N17: a supplement names the running grant that it adds to, and that is a grant of its own sender.

use super::Case;
use crate::finding::{Finding, Severity};

pub(super) fn check(case: &Case<'_>) -> Vec<Finding> {
    let Some(supplement) = &case.content.supplement else { return Vec::new() };
    let fault = match (supplement.grant, case.facts.supplemented) {
        (None, _) => Some("supplement_without_grant"),
        (Some(_), Some(state)) if state.pays() => None,
        (Some(_), _) => Some("supplement_to_no_running_grant"),
    };
    let finding = |code| Finding::new("N17", code, Severity::Blocker, "/supplement/grant_id");
    fault.into_iter().map(finding).collect()
}

#[cfg(test)]
mod tests {
    use rstest::rstest;
    use uuid::Uuid;

    use super::super::example::Example;
    use crate::funding::GrantState;
    use crate::ids::GrantId;
    use crate::needs::Supplement;

    #[rstest]
    #[case::running(true, Some(GrantState::Running), &[])]
    #[case::notified(true, Some(GrantState::Notified), &[])]
    #[case::over(true, Some(GrantState::Closed), &["supplement_to_no_running_grant"])]
    #[case::somebody_elses(true, None, &["supplement_to_no_running_grant"])]
    #[case::not_named(false, None, &["supplement_without_grant"])]
    fn a_supplement_adds_to_a_running_grant_of_its_sender(
        #[case] is_named: bool,
        #[case] state: Option<GrantState>,
        #[case] expected: &[&str],
    ) {
        let mut example = Example::new();
        let grant = is_named.then_some(GrantId(Uuid::nil()));
        example.content.supplement = Some(Supplement { grant, reason: "Flere barnehager vil være med".to_owned() });
        example.facts.supplemented = state;
        assert_eq!(example.codes_of("N17"), expected);
    }

    #[test]
    fn a_measure_of_its_own_names_none() {
        assert!(Example::new().codes_of("N17").is_empty());
    }
}
