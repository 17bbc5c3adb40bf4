//! N08: another competence environment may be used where municipality and university see the need, which takes a
//! reason.

use super::Case;
use crate::finding::{Finding, Severity};

pub(super) fn check(case: &Case<'_>) -> Vec<Finding> {
    let environments = case.content.other_environments.iter().enumerate();
    environments
        .filter(|(_, environment)| environment.reason.as_ref().is_none_or(|reason| reason.trim().is_empty()))
        .map(|(i, _)| {
            let pointer = format!("/other_environments/{i}/reason");
            Finding::new("N08", "environment_reason_missing", Severity::Blocker, pointer)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::example::Example;
    use crate::needs::OtherEnvironment;

    #[test]
    fn another_environment_takes_a_reason() {
        let mut example = Example::new();
        assert!(example.codes_of("N08").is_empty());
        let environment = |reason: Option<&str>| OtherEnvironment {
            orgnr: None,
            name: Some("Lesesenteret".to_owned()),
            contribution: "Kurs i leseopplæring".to_owned(),
            reason: reason.map(str::to_owned),
        };
        example.content.other_environments =
            vec![environment(Some("Eneste fagmiljø")), environment(None), environment(Some(" "))];
        let findings = example.findings_of("N08");
        assert!(findings.iter().all(|finding| finding.code == "environment_reason_missing"));
        let pointers: Vec<String> = findings.into_iter().map(|finding| finding.pointer).collect();
        assert_eq!(pointers, ["/other_environments/1/reason", "/other_environments/2/reason"]);
    }
}
