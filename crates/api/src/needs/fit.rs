//! Whether what a document names is there, and its answers fit what its round asks.

use contract::needs::NeedDocument;
use contract::problem::Fault;
use contract::rounds::answer_fault;
use domain::needs::Content;
use domain::orgnr::OrgNr;
use domain::rounds::Round;
use persistence::{Reader, needs};

use crate::error::ApiError;

/// Every area, unit, organisation and grant that a document names is there for its sender, and it answers only what the
/// round asks; every fault at once.
pub(super) fn fits(
    reader: &mut Reader,
    sender: &OrgNr,
    round: &Round,
    document: &NeedDocument,
    content: &Content,
) -> Result<(), ApiError> {
    let unknown = |pointer: String| Fault::new("unknown_reference", pointer);
    let mut faults: Vec<Fault> = needs::unknown_references(reader, content)?.into_iter().map(unknown).collect();
    let names_grant = content.supplement.as_ref().is_some_and(|supplement| supplement.grant.is_some());
    if names_grant && needs::supplemented(reader, sender, content)?.is_none() {
        faults.push(unknown("/supplement/grant_id".to_owned()));
    }
    for (key, fault) in round.form.faults_in(&content.extra_answers) {
        let i = document.extra_answers.iter().position(|answer| answer.key == key).unwrap_or_default();
        faults.push(answer_fault(fault, format!("/extra_answers/{i}")));
    }
    if faults.is_empty() { Ok(()) } else { Err(ApiError::invalid(faults)) }
}
