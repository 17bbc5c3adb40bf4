//! `GET /v1/needs/{id}/evidence`.

use actix_web::{HttpResponse, get, web};
use contract::needs::{EvidenceSummary, NeedEvidence};
use domain::ids::NeedId;
use domain::kartlegging::summary::{Dimension, Question, Span};
use domain::needs::Content;
use domain::orgnr::OrgNr;
use persistence::Reader;
use persistence::kartlegging::cells;
use persistence::needs::{self, Surveyed};
use uuid::Uuid;

use super::load::visible;
use crate::app::App;
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::call::Call;

/// Reads what the kartlegging behind a need says.
///
/// For each instrument and period of the batches under `evidence`: what was answered about the areas of the need in the
/// municipalities that the batches speak about. The figures are those of the summary of kartlegging, under the same
/// rule: only cells in which enough people answered count, and the others are counted in `cells_left_out`. Seen by
/// whoever sees the need's evidence; to others who see the need both lists are empty.
#[utoipa::path(
    tag = "needs",
    operation_id = "get_need_evidence",
    params(("id" = Uuid, Path, description = "The need's id")),
    responses((status = 200, description = "The kartlegging behind it, in figures", body = NeedEvidence)),
    security(("bearer" = ["needs:read"]))
)]
#[get("/{id}/evidence")]
pub async fn get(app: web::Data<App>, call: Call, id: web::Path<Uuid>) -> Result<HttpResponse, ApiError> {
    let id = NeedId(id.into_inner());
    let suppress_below = app.rulesets.suppress_below();
    let inside = call.clone();
    let read = move |reader: &mut Reader| {
        let (need, reading) = visible(reader, inside.viewer(), id)?;
        view(reader, &need.sender, &reading.narrow(need.content), suppress_below)
    };
    let view = app.store.snapshot::<_, ApiError, _>("need.evidence", read).await?;
    Ok(Answer::untagged(&view)?.into_response(&call))
}

fn view(reader: &mut Reader, sender: &OrgNr, content: &Content, suppress_below: i64) -> Result<NeedEvidence, ApiError> {
    let batches = &content.evidence.batches;
    let mut summaries = Vec::new();
    for surveyed in needs::surveyed(reader, sender, batches)? {
        let question = about(&surveyed, content);
        let lines = cells::answer(reader, &surveyed.instrument, &question, suppress_below)?;
        let Surveyed { instrument, period, municipalities } = surveyed;
        summaries.push(EvidenceSummary::of(instrument, period, &municipalities, suppress_below, lines));
    }
    Ok(NeedEvidence { batches: batches.iter().map(|batch| batch.0).collect(), summaries })
}

/// What is asked of the cells: the areas of the need and nothing else, so none of the instrument's indicators.
fn about(surveyed: &Surveyed, content: &Content) -> Question {
    Question {
        by: Dimension::Area,
        span: Span::One(surveyed.period),
        county: None,
        municipalities: surveyed.municipalities.clone(),
        unit_kind: None,
        areas: Some(content.areas.iter().map(|need| need.area.clone()).collect()),
        group: None,
    }
}
