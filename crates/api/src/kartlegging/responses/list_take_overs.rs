//! `GET /v1/kartlegging/responses/take-overs`.

use actix_web::{HttpResponse, get, web};
use contract::kartlegging::{TakeOver as TakeOverView, TakeOverPage};
use domain::orgnr::OrgNr;
use persistence::kartlegging::take_overs;
use serde::Deserialize;
use utoipa::IntoParams;

use super::take_over::view;
use crate::app::App;
use crate::error::ApiError;
use crate::http::call::Call;
use crate::http::listing::{self, Listed, Source};
use crate::http::query::ListQuery;

/// Filters of the list of take-overs.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct TakeOverQuery {
    /// Only of responses about this unit.
    #[param(value_type = Option<String>, example = "974760673")]
    unit_orgnr: Option<OrgNr>,
}

impl Listed for TakeOverView {
    fn key(&self) -> String {
        self.id.to_string()
    }
}

/// Lists take-overs.
///
/// What the caller's organisation took over, and what was taken over from it, oldest first.
#[utoipa::path(
    tag = "kartlegging",
    operation_id = "list_take_overs",
    params(TakeOverQuery),
    responses((status = 200, description = "A page of take-overs", body = TakeOverPage)),
    security(("bearer" = ["kartlegging:read"]))
)]
#[get("/responses/take-overs")]
pub async fn list_take_overs(
    app: web::Data<App>,
    call: Call,
    query: ListQuery<TakeOverQuery>,
) -> Result<HttpResponse, ApiError> {
    let source = Source {
        name: "take_over.list",
        list: |reader: &mut _, call: &Call, filter: &TakeOverQuery, window: &_| {
            let stored = take_overs::list(reader, call.viewer(), filter.unit_orgnr.as_ref(), window)?;
            Ok(stored.iter().map(view).collect())
        },
        count: |reader: &mut _, call: &Call, filter: &TakeOverQuery, window: &_| {
            Ok(take_overs::count(reader, call.viewer(), filter.unit_orgnr.as_ref(), window)?)
        },
    };
    listing::answer(app, call, query, "/v1/kartlegging/responses/take-overs", source).await
}
