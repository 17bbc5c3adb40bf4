//! N02: one need describes one measure, in one scheme: what is done, to what end, for whom and when is all said,
//! and it addresses units that the scheme is for.

use super::Case;
use crate::finding::{Finding, Severity};

pub(super) fn check(case: &Case<'_>) -> Vec<Finding> {
    let content = case.content;
    let unsaid = [
        ("/title", content.title.trim().is_empty()),
        ("/description", content.description.trim().is_empty()),
        ("/goals", content.goals.is_empty()),
        ("/expected_benefit", content.expected_benefit.trim().is_empty()),
        ("/period", content.period.is_none()),
        ("/unit_kinds", content.unit_kinds.is_empty()),
        ("/areas", content.areas.is_empty()),
    ];
    let missing = unsaid
        .into_iter()
        .filter(|(_, is_unsaid)| *is_unsaid)
        .map(|(pointer, _)| Finding::new("N02", "member_missing", Severity::Blocker, pointer));
    let allowed = &case.ruleset.settings.unit_kinds.value;
    let outside = content.unit_kinds.iter().enumerate().filter(|(_, kind)| !allowed.contains(kind)).map(|(i, kind)| {
        Finding::new("N02", "unit_kind_outside_scheme", Severity::Blocker, format!("/unit_kinds/{i}"))
            .with("unit_kind", kind.as_str())
            .with("scheme", case.ruleset.scheme.as_str())
    });
    missing.chain(outside).collect()
}

#[cfg(test)]
mod tests {
    use super::super::example::Example;
    use crate::needs::Content;
    use crate::organisations::UnitKind;

    #[test]
    fn a_complete_measure_passes() {
        assert!(Example::new().codes_of("N02").is_empty());
    }

    #[test]
    fn everything_that_is_not_said_is_pointed_at() {
        let mut example = Example::new();
        example.content = Content { title: " ".to_owned(), ..Content::default() };
        let findings = example.findings_of("N02");
        assert!(findings.iter().all(|finding| finding.code == "member_missing"));
        let pointers: Vec<String> = findings.into_iter().map(|finding| finding.pointer).collect();
        assert_eq!(
            pointers,
            ["/title", "/description", "/goals", "/expected_benefit", "/period", "/unit_kinds", "/areas"]
        );
    }

    #[test]
    fn a_scheme_for_schools_does_not_address_kindergartens() {
        let mut example = Example::under("dekomp-2021");
        example.content.unit_kinds = vec![UnitKind::School, UnitKind::Kindergarten];
        let findings = example.findings_of("N02");
        assert_eq!(findings.len(), 1);
        assert_eq!(
            (findings[0].code.as_str(), findings[0].pointer.as_str()),
            ("unit_kind_outside_scheme", "/unit_kinds/1")
        );
    }
}
