//! `GET /v1/needs/{id}/check`.

use actix_web::{HttpResponse, get, web};
use contract::needs::NeedCheck;
use contract::problem::FindingView;
use domain::finding::{Finding, Severity};
use domain::ids::NeedId;
use domain::language::Language;
use domain::needs::{Content, Reading};
use domain::rounds::Round;
use domain::rulesets::Ruleset;
use persistence::{Reader, StoreError, needs};
use uuid::Uuid;

use super::load::{examine, visible};
use crate::app::App;
use crate::error::ApiError;
use crate::guidance::offer;
use crate::http::answer::Answer;
use crate::http::call::Call;

/// Holds a need against the rules.
///
/// What would be found if it were submitted now: blockers stop, warnings ask for an explanation and pass, hints
/// guide. Beside each finding stands guidance about it; guidance and learning resources about the areas of the need are
/// offered, too.
/// For the sender, and for the county governor of a submitted need, for which deadlines no longer matter.
#[utoipa::path(
    tag = "needs",
    operation_id = "check_need",
    params(("id" = Uuid, Path, description = "The need's id")),
    responses((status = 200, description = "What was found", body = NeedCheck)),
    security(("bearer" = ["needs:read"]))
)]
#[get("/{id}/check")]
pub async fn check(app: web::Data<App>, call: Call, id: web::Path<Uuid>) -> Result<HttpResponse, ApiError> {
    let id = NeedId(id.into_inner());
    let rulesets = app.clone();
    let work = move |reader: &mut Reader, call: &Call| {
        let (need, reading) = visible(reader, call.viewer(), id)?;
        if !matches!(reading, Reading::Own | Reading::Office) {
            return Err(ApiError::not_yours());
        }
        let mut examined = examine(reader, &rulesets.rulesets, &need)?;
        if !reading.of_draft() {
            examined.facts = examined.facts.with_answers_of(&needs::newest_parties(reader, &need)?);
        }
        let mut findings = reading.narrow_findings(examined.findings(&need.content, call.now));
        if !need.state.is_editable() {
            findings.retain(|finding| finding.rule != "N03");
        }
        let round = &examined.facts.round;
        Answer::untagged(&view(reader, &need.content, round, &findings, examined.ruleset, call.language)?)
    };
    app.read("need.check", call, work).await
}

/// What was found, in words, and what helps.
pub(super) fn view(
    reader: &mut Reader,
    content: &Content,
    round: &Round,
    findings: &[Finding],
    ruleset: &Ruleset,
    language: Language,
) -> Result<NeedCheck, StoreError> {
    Ok(NeedCheck {
        submittable: findings.iter().all(|finding| finding.severity != Severity::Blocker),
        findings: offer::with_guidance(reader, round, in_words(findings, content, ruleset, language), language)?,
        guidance: offer::about_areas(reader, round, content, language)?,
        learning_resources: offer::learning_resources(reader, round, content, language)?,
    })
}

/// Findings in words, with where their rules come from and how the sender explains them.
pub(super) fn in_words(
    findings: &[Finding],
    content: &Content,
    ruleset: &Ruleset,
    language: Language,
) -> Vec<FindingView> {
    let in_words = |finding: &Finding| FindingView {
        explanation: content.explanations.get(&finding.code).cloned(),
        ..FindingView::of(finding, ruleset.source(&finding.rule).as_str(), language)
    };
    findings.iter().map(in_words).collect()
}
