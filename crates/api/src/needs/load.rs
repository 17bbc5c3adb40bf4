//! Finding a need for a caller, and the role in which it is met.

use domain::actor::Viewer;
use domain::finding::Finding;
use domain::ids::NeedId;
use domain::needs::{Content, Facts, Need, NeedState, Reading};
use domain::organisations::Organisation;
use domain::rounds::Round;
use domain::rulesets::{Ruleset, Rulesets};
use persistence::{Reader, StoreError, needs, rounds};

use crate::error::ApiError;

/// The need as the caller sees it; absent and hidden are the same.
pub(crate) fn visible(reader: &mut Reader, viewer: &Viewer, id: NeedId) -> Result<(Need, Reading), ApiError> {
    needs::find(reader, viewer, id)?.ok_or_else(ApiError::not_found)
}

/// The need, for what its sender alone does.
pub(super) fn own(reader: &mut Reader, viewer: &Viewer, id: NeedId) -> Result<Need, ApiError> {
    match visible(reader, viewer, id)? {
        (need, Reading::Own) => Ok(need),
        _ => Err(ApiError::not_yours()),
    }
}

/// The need, for what the county governor of its round alone does.
pub(super) fn for_office(reader: &mut Reader, viewer: &Viewer, id: NeedId) -> Result<Need, ApiError> {
    match visible(reader, viewer, id)? {
        (need, Reading::Office) => Ok(need),
        _ => Err(ApiError::not_yours()),
    }
}

/// Only a draft or a returned need is changed, and only then are others asked about it.
pub(super) fn editable(need: &Need) -> Result<(), ApiError> {
    if need.state.is_editable() { Ok(()) } else { Err(wrong_state(need.state)) }
}

/// It cannot be done in this state.
pub(super) fn wrong_state(state: NeedState) -> ApiError {
    ApiError::state(state)
}

/// The round of a need, and its ruleset.
pub(super) fn round_of<'a>(
    reader: &mut Reader,
    rulesets: &'a Rulesets,
    need: &Need,
) -> Result<(Round, &'a Ruleset), ApiError> {
    let stored = rounds::find(reader, need.round)?.ok_or_else(|| StoreError::corrupt("need", "its round is gone"))?;
    let ruleset = ruleset_of(rulesets, &stored.round)?;
    Ok((stored.round, ruleset))
}

/// The ruleset of a round.
pub(super) fn ruleset_of<'a>(rulesets: &'a Rulesets, round: &Round) -> Result<&'a Ruleset, ApiError> {
    let unknown = || StoreError::corrupt("round", format!("there is no ruleset {}", round.ruleset));
    Ok(rulesets.get(&round.ruleset).ok_or_else(unknown)?)
}

/// A need's document held against the rules: what they look at, and what they say.
pub(super) struct Examined<'a> {
    /// The ruleset of its round.
    pub(super) ruleset: &'a Ruleset,
    /// What the rules look at besides the document.
    pub(super) facts: Facts,
}

impl Examined<'_> {
    /// What the rules say about submitting the document now.
    pub(super) fn findings(&self, content: &Content, now: chrono::DateTime<chrono::Utc>) -> Vec<Finding> {
        domain::needs::check(content, &self.facts, self.ruleset, now)
    }
}

/// Gathers what the rules look at around a need.
pub(super) fn examine<'a>(reader: &mut Reader, rulesets: &'a Rulesets, need: &Need) -> Result<Examined<'a>, ApiError> {
    let (round, ruleset) = round_of(reader, rulesets, need)?;
    let sender = needs::sender_of(reader, &need.sender)?;
    let facts = needs::facts(reader, sender, &need.content, round, Some(need))?;
    Ok(Examined { ruleset, facts })
}

/// The caller's organisation in the register.
pub(crate) fn organisation_of(reader: &mut Reader, viewer: &Viewer) -> Result<Organisation, ApiError> {
    Ok(needs::sender_of(reader, &viewer.orgnr)?)
}
