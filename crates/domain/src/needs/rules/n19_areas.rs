//! N19: per area the need says level and purpose; for what is advanced in special-needs education, Statped's own
//! services are there too, and the need is told so.

use super::Case;
use crate::finding::Finding;
use crate::needs::content::AreaLevel;

pub(super) fn check(case: &Case<'_>) -> Vec<Finding> {
    let Some(severity) = case.ruleset.severity("N19") else { return Vec::new() };
    let areas = case.content.areas.iter().enumerate();
    areas
        .filter(|(_, need)| need.level == AreaLevel::Advanced && case.facts.special_needs_areas.contains(&need.area))
        .map(|(i, need)| {
            Finding::new("N19", "area_covered_by_statped", severity, format!("/areas/{i}"))
                .with("area", need.area.as_str())
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::example::Example;
    use crate::finding::Severity;
    use crate::needs::AreaLevel;

    #[test]
    fn advanced_special_needs_points_to_statped() {
        let mut example = Example::new();
        assert!(example.codes_of("N19").is_empty());
        example.content.areas[0].level = AreaLevel::Advanced;
        let findings = example.findings_of("N19");
        assert_eq!((findings[0].severity, findings[0].pointer.as_str()), (Severity::Info, "/areas/0"));
        assert_eq!(findings[0].code, "area_covered_by_statped");
    }

    #[test]
    fn advanced_inclusive_practice_does_not() {
        let mut example = Example::new();
        example.content.areas[1].level = AreaLevel::Advanced;
        assert!(example.codes_of("N19").is_empty());
    }
}
