//! What is offered with a check: guidance about what was found and about the areas of the need, and learning resources
//! about these.

use contract::guidance::{GuidanceLink, LearningResourceLink};
use contract::needs::CheckedFinding;
use contract::problem::FindingView;
use domain::language::Language;
use domain::needs::Content;
use domain::rounds::Round;
use persistence::guidance::{answers, resources};
use persistence::{Reader, StoreError};

/// Questions beside one finding at the most.
const QUESTIONS_EACH: usize = 3;

/// Findings, each with the first questions about it or its rule.
pub(crate) fn with_guidance(
    reader: &mut Reader,
    round: &Round,
    findings: Vec<FindingView>,
    language: Language,
) -> Result<Vec<CheckedFinding>, StoreError> {
    let mut codes: Vec<String> =
        findings.iter().flat_map(|finding| [finding.code.clone(), finding.rule.clone()]).collect();
    codes.sort_unstable();
    codes.dedup();
    let offered = answers::offered(reader, round, codes)?;
    let beside = |finding: &FindingView| {
        let of = |code: &String| offered.get(code).into_iter().flatten();
        let mut links: Vec<GuidanceLink> = Vec::new();
        for (id, question) in of(&finding.code).chain(of(&finding.rule)) {
            if links.len() < QUESTIONS_EACH && links.iter().all(|link| link.id != id.0) {
                links.push(GuidanceLink::of(*id, question, language));
            }
        }
        links
    };
    Ok(findings.into_iter().map(|finding| CheckedFinding { guidance: beside(&finding), finding }).collect())
}

/// The first questions about the areas of a need.
pub(crate) fn about_areas(
    reader: &mut Reader,
    round: &Round,
    content: &Content,
    language: Language,
) -> Result<Vec<GuidanceLink>, StoreError> {
    let areas = content.areas.iter().map(|need| need.area.clone()).collect();
    let found = answers::offered_about(reader, round, areas)?;
    Ok(found.iter().map(|(id, question)| GuidanceLink::of(*id, question, language)).collect())
}

/// The first learning resources about the areas of a need.
pub(crate) fn learning_resources(
    reader: &mut Reader,
    round: &Round,
    content: &Content,
    language: Language,
) -> Result<Vec<LearningResourceLink>, StoreError> {
    let areas = content.areas.iter().map(|need| need.area.clone()).collect();
    let found = resources::offered(reader, &round.county_governor, areas)?;
    Ok(found.iter().map(|stored| LearningResourceLink::of(&stored.resource, language)).collect())
}
