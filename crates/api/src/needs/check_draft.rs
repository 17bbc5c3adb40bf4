//! `POST /v1/needs/check`: a document that is not kept, held against the rules.

use actix_web::{HttpResponse, post, web};
use contract::needs::{NeedCheck, NeedDocument};
use contract::problem::Fault;
use domain::needs::Content;
use persistence::{Reader, needs, rounds};

use super::check::view;
use super::fit::fits;
use super::load::{organisation_of, ruleset_of};
use crate::app::App;
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::call::Call;
use crate::http::input::Input;

/// Holds an unsaved document against the rules.
///
/// As if the caller sent it now; nothing is kept. Since nobody was invited yet, partners and private owners are found
/// missing.
#[utoipa::path(
    tag = "needs",
    operation_id = "check_unsaved_need",
    request_body = NeedDocument,
    responses((status = 200, description = "What was found", body = NeedCheck)),
    security(("bearer" = ["needs:read"]))
)]
#[post("/check")]
pub async fn check_draft(app: web::Data<App>, input: Input<NeedDocument>) -> Result<HttpResponse, ApiError> {
    let content = input.body.to_content(app.synthetic()).map_err(ApiError::invalid)?;
    let Input { call, body, .. } = input;
    let inside = app.clone();
    app.read("need.check_unsaved", call, move |reader: &mut Reader, call: &Call| {
        check(&inside, reader, call, &body, &content)
    })
    .await
}

fn check(
    app: &App,
    reader: &mut Reader,
    call: &Call,
    document: &NeedDocument,
    content: &Content,
) -> Result<Answer, ApiError> {
    let unknown = || ApiError::fault(Fault::new("unknown_reference", "/round_id"));
    let round = rounds::find(reader, document.round())?.ok_or_else(unknown)?.round;
    fits(reader, &call.viewer().orgnr, &round, document, content)?;
    let ruleset = ruleset_of(&app.rulesets, &round)?;
    let sender = organisation_of(reader, call.viewer())?;
    let facts = needs::facts(reader, sender, content, round, None)?;
    let findings = domain::needs::check(content, &facts, ruleset, call.now);
    Answer::untagged(&view(reader, content, &facts.round, &findings, ruleset, call.language)?)
}
