//! N16: the same owner asks for the same areas in the same round in another open need: a warning, since it may be two
//! measures, and may be one sent twice.

use super::Case;
use crate::finding::{Finding, Severity};

/// What tells that the sender has another need.
pub(super) const REPEATED: &str = "need_repeated";

pub(super) fn check(case: &Case<'_>) -> Vec<Finding> {
    let areas = &case.content.areas;
    if areas.is_empty() {
        return Vec::new();
    }
    let others = case.facts.other_open_needs.iter();
    others
        .filter(|other| areas.iter().all(|need| other.areas.contains(&need.area)))
        .map(|other| {
            Finding::new("N16", REPEATED, Severity::Warning, "/areas")
                .with("title", other.title.as_str())
                .with("need_id", other.id.to_string())
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::super::example::Example;
    use crate::finding::Severity;
    use crate::ids::NeedId;
    use crate::needs::OpenNeedFact;

    fn beside(areas: &[&str]) -> Example {
        let mut example = Example::new();
        example.facts.other_open_needs = vec![OpenNeedFact {
            id: NeedId(Uuid::nil()),
            title: "Språk i alle rom".to_owned(),
            areas: areas.iter().map(|area| (*area).to_owned()).collect(),
        }];
        example
    }

    #[test]
    fn another_open_need_for_the_same_areas_is_a_warning() {
        let findings = beside(&["language_speech", "inclusive_practice", "hearing"]).findings_of("N16");
        assert_eq!((findings.len(), findings[0].code.as_str()), (1, "need_repeated"));
        assert_eq!((findings[0].severity, findings[0].pointer.as_str()), (Severity::Warning, "/areas"));
    }

    #[test]
    fn a_need_for_other_areas_is_none() {
        assert!(beside(&["language_speech"]).codes_of("N16").is_empty());
        assert!(Example::new().codes_of("N16").is_empty());
    }

    #[test]
    fn a_need_that_names_no_area_yet_repeats_nothing() {
        let mut example = beside(&["hearing"]);
        example.content.areas.clear();
        assert!(example.codes_of("N16").is_empty());
    }
}
