//! `GET /v1/rounds/{id}/exemptions`.

use actix_web::{HttpResponse, get, web};
use contract::rounds::{Exemption as ExemptionView, ExemptionPage};
use domain::ids::RoundId;
use domain::time::deadline_at;
use persistence::rounds::{self, StoredExemption};
use serde::Deserialize;
use uuid::Uuid;

use crate::app::App;
use crate::error::ApiError;
use crate::http::call::Call;
use crate::http::listing::{self, Listed, Source};
use crate::http::query::ListQuery;

/// The list has no filters of its own.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExemptionQuery {}

impl Listed for ExemptionView {
    fn key(&self) -> String {
        self.id.to_string()
    }
}

/// Lists the exemptions from the deadline of a round.
///
/// The county governor whose round it is sees all of them, an owner its own, and anybody else none.
#[utoipa::path(
    tag = "rounds",
    operation_id = "list_round_exemptions",
    params(("id" = Uuid, Path, description = "The round's id")),
    responses((status = 200, description = "A page of exemptions", body = ExemptionPage)),
    security(("bearer" = ["needs:read"]))
)]
#[get("/{id}/exemptions")]
pub async fn list(
    app: web::Data<App>,
    call: Call,
    id: web::Path<Uuid>,
    query: ListQuery<ExemptionQuery>,
) -> Result<HttpResponse, ApiError> {
    let id = RoundId(id.into_inner());
    let source = Source {
        name: "round.list_exemptions",
        list: move |reader: &mut _, call: &Call, _: &ExemptionQuery, window: &_| {
            rounds::find(reader, id)?.ok_or_else(ApiError::not_found)?;
            Ok(rounds::exemptions(reader, call.viewer(), id, window)?.iter().map(view).collect())
        },
        count: move |reader: &mut _, call: &Call, _: &ExemptionQuery, window: &_| {
            Ok(rounds::count_exemptions(reader, call.viewer(), id, window)?)
        },
    };
    listing::answer(app, call, query, &format!("/v1/rounds/{id}/exemptions"), source).await
}

/// An exemption as it is shown.
pub(super) fn view(stored: &StoredExemption) -> ExemptionView {
    let exemption = &stored.exemption;
    ExemptionView {
        id: exemption.id.0,
        round_id: exemption.round.0,
        orgnr: exemption.owner.to_string(),
        until: exemption.until,
        until_at: deadline_at(exemption.until),
        reason: exemption.reason.clone(),
        created_at: stored.created_at,
    }
}
