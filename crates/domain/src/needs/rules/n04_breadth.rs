//! N04: kindergarten, school and PPT should preferably all take part: a warning with an explanation, never a
//! refusal.

use super::Case;
use crate::finding::Finding;
use crate::needs::breadth::breadth;

pub(super) fn check(case: &Case<'_>) -> Vec<Finding> {
    let Some(severity) = case.ruleset.severity("N04") else { return Vec::new() };
    breadth(&case.content.unit_kinds)
        .into_iter()
        .filter(|(_, takes_part)| !takes_part)
        .map(|(absent, _)| {
            Finding::new("N04", "breadth_missing", severity, "/unit_kinds").with("unit_kind", absent.as_str())
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::example::Example;
    use crate::finding::Severity;
    use crate::organisations::UnitKind;

    #[test]
    fn an_absent_ppt_is_a_warning() {
        let mut example = Example::new();
        example.content.unit_kinds = vec![UnitKind::Kindergarten, UnitKind::School];
        let findings = example.findings_of("N04");
        assert_eq!((findings.len(), findings[0].code.as_str()), (1, "breadth_missing"));
        assert_eq!((findings[0].severity, &findings[0].params["unit_kind"]), (Severity::Warning, &"ppt".into()));
    }

    #[test]
    fn a_scheme_for_schools_alone_asks_for_no_breadth() {
        let mut example = Example::under("dekomp-2021");
        example.content.unit_kinds = vec![UnitKind::School];
        assert!(example.codes_of("N04").is_empty());
    }
}
