//! `GET /v1/competence-areas`.

use actix_web::{HttpResponse, get, web};
use contract::reference::{CompetenceArea, CompetenceAreaPage, Labels};
use serde::Deserialize;
use utoipa::IntoParams;

use crate::app::App;
use crate::error::ApiError;
use crate::http::call::Call;
use crate::http::listing::{self, Listed};
use crate::http::query::{Code, ListQuery};

/// Filters of the list of competence areas.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct AreaQuery {
    /// Only areas of this group: `special_needs` or `inclusive_practice`.
    #[param(example = "special_needs")]
    area_group: Option<String>,
}

impl Listed for CompetenceArea {
    fn key(&self) -> String {
        self.code.clone()
    }
}

/// Lists competence areas.
///
/// In two groups, whose balance is followed everywhere.
#[utoipa::path(
    tag = "reference",
    operation_id = "list_competence_areas",
    params(AreaQuery),
    responses((status = 200, description = "A page of competence areas", body = CompetenceAreaPage)),
    security(("bearer" = []))
)]
#[get("")]
pub async fn list(
    app: web::Data<App>,
    call: Call,
    query: ListQuery<AreaQuery, Code>,
) -> Result<HttpResponse, ApiError> {
    let group = query.filter.area_group.as_ref();
    let areas = app.reference.competence_areas.iter().filter(|area| group.is_none_or(|g| *g == area.area_group));
    let view = areas.map(|area| CompetenceArea {
        code: area.code.clone(),
        area_group: area.area_group.clone(),
        labels: Labels { nb: area.label_nb.clone(), nn: area.label_nn.clone(), en: area.label_en.clone() },
    });
    listing::answer_from_memory(&app, &call, &query, "/v1/competence-areas", view.collect())
}
