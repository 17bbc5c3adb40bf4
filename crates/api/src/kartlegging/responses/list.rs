//! `GET /v1/kartlegging/responses`.

use actix_web::{HttpResponse, get, web};
use contract::kartlegging::{Response as ResponseView, ResponsePage};
use domain::kartlegging::{Level, Period, RespondentGroup};
use domain::orgnr::OrgNr;
use persistence::kartlegging::{ResponseFilter, StoredResponse, responses};
use serde::Deserialize;
use utoipa::IntoParams;
use uuid::Uuid;

use crate::app::App;
use crate::error::ApiError;
use crate::http::call::Call;
use crate::http::listing::{self, Listed, Source};
use crate::http::query::ListQuery;

/// Filters of the list of responses.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ResponseQuery {
    /// Only responses to this instrument.
    #[param(example = "basis-2026")]
    instrument: Option<String>,
    /// Only responses of this period.
    #[param(value_type = Option<String>, example = "2026-H1")]
    period: Option<Period>,
    /// Only responses about this unit.
    #[param(value_type = Option<String>, example = "974760673")]
    unit_orgnr: Option<OrgNr>,
    /// Only responses about this competence area.
    #[param(example = "vision")]
    area: Option<String>,
    /// Only responses of this group.
    #[param(value_type = Option<String>, example = "leaders")]
    respondent_group: Option<RespondentGroup>,
    /// Only responses that belong to this organisation.
    #[param(value_type = Option<String>, example = "310279617")]
    sender_orgnr: Option<OrgNr>,
    /// Only responses that this batch said last.
    batch_id: Option<Uuid>,
}

impl Listed for ResponseView {
    fn key(&self) -> String {
        self.id.to_string()
    }
}

/// Lists responses.
///
/// The raw rows, unit by unit in the order in which units were first sent; what is new or changed comes by
/// `updated_since`. Only those that the caller's organisation sent, and those about its own units (K07).
#[utoipa::path(
    tag = "kartlegging",
    operation_id = "list_responses",
    params(ResponseQuery),
    responses((status = 200, description = "A page of responses", body = ResponsePage)),
    security(("bearer" = ["kartlegging:read"]))
)]
#[get("/responses")]
pub async fn list(app: web::Data<App>, call: Call, query: ListQuery<ResponseQuery>) -> Result<HttpResponse, ApiError> {
    let source = Source {
        name: "response.list",
        list: |reader: &mut _, call: &Call, filter: &ResponseQuery, window: &_| {
            let stored = responses::list(reader, call.viewer(), &filter.into(), window)?;
            Ok(stored.into_iter().map(view).collect())
        },
        count: |reader: &mut _, call: &Call, filter: &ResponseQuery, window: &_| {
            Ok(responses::count(reader, call.viewer(), &filter.into(), window)?)
        },
    };
    listing::answer(app, call, query, "/v1/kartlegging/responses", source).await
}

impl From<&ResponseQuery> for ResponseFilter {
    fn from(query: &ResponseQuery) -> Self {
        Self {
            instrument: query.instrument.clone(),
            period: query.period,
            unit: query.unit_orgnr.clone(),
            area: query.area.clone(),
            respondent_group: query.respondent_group,
            sender: query.sender_orgnr.clone(),
            batch: query.batch_id.map(domain::ids::BatchId),
        }
    }
}

/// A response as it is shown.
pub(super) fn view(response: StoredResponse) -> ResponseView {
    ResponseView {
        id: response.id,
        instrument: response.instrument,
        period: response.period.to_string(),
        unit_orgnr: response.unit.to_string(),
        area: response.area,
        respondent_group: response.respondent_group.to_string(),
        current: as_number(response.current),
        needed: as_number(response.needed),
        respondents: response.respondents,
        comment: response.comment,
        sender_orgnr: response.sender.to_string(),
        batch_id: response.batch.0,
        version: response.version,
        created_at: response.created_at,
        updated_at: response.updated_at,
    }
}

/// Tenths as a JSON number: the nearest one to a decimal tenth is written as that tenth.
#[allow(clippy::cast_precision_loss, reason = "tenths of a scale of ten points are small")]
pub(super) fn as_number(level: Level) -> f64 {
    level.tenths() as f64 / 10.0
}
