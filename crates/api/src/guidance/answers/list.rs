//! `GET /v1/guidance`.

use actix_web::{HttpResponse, get, web};
use contract::guidance::{Guidance as GuidanceView, GuidancePage, lists};
use domain::guidance::PublicationState;
use domain::ids::RoundId;
use domain::orgnr::OrgNr;
use persistence::guidance::answers::{self, GuidanceFilter};
use serde::Deserialize;
use utoipa::IntoParams;
use uuid::Uuid;

use super::get::view;
use crate::app::App;
use crate::error::ApiError;
use crate::http::call::Call;
use crate::http::listing::{self, Listed, Source};
use crate::http::query::ListQuery;

/// Filters of the list of questions.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct GuidanceQuery {
    /// Only questions for this scheme.
    #[param(example = "kollektiv")]
    scheme: Option<String>,
    /// Only questions for this round.
    round: Option<Uuid>,
    /// Only questions about this competence area.
    #[param(example = "language_speech")]
    area: Option<String>,
    /// Only questions that help with this finding or rule.
    #[param(example = "N05")]
    finding: Option<String>,
    /// Only questions that this organisation keeps.
    #[param(value_type = Option<String>, example = "974760673")]
    owner: Option<OrgNr>,
    /// Only questions in this state.
    #[param(value_type = Option<lists::PublicationState>, example = "published")]
    state: Option<PublicationState>,
}

impl Listed for GuidanceView {
    fn key(&self) -> String {
        answers::key(self.position, self.id)
    }
}

/// Lists questions with answers.
///
/// By their position. Everybody sees what is published, and the drafts that it keeps itself.
#[utoipa::path(
    tag = "guidance",
    operation_id = "list_guidance",
    params(GuidanceQuery),
    responses((status = 200, description = "A page of questions with answers", body = GuidancePage)),
    security(("bearer" = []))
)]
#[get("")]
pub async fn list(app: web::Data<App>, call: Call, query: ListQuery<GuidanceQuery>) -> Result<HttpResponse, ApiError> {
    let query = query.map(|query| GuidanceFilter {
        scheme: query.scheme,
        round: query.round.map(RoundId),
        area: query.area,
        about: query.finding,
        owner: query.owner,
        state: query.state,
    });
    let source = Source {
        name: "guidance.list",
        list: |reader: &mut _, call: &Call, filter: &GuidanceFilter, window: &_| {
            Ok(answers::list(reader, call.viewer(), filter, window)?.iter().map(view).collect())
        },
        count: |reader: &mut _, call: &Call, filter: &GuidanceFilter, window: &_| {
            Ok(answers::count(reader, call.viewer(), filter, window)?)
        },
    };
    listing::answer(app, call, query, "/v1/guidance", source).await
}
