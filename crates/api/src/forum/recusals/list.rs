//! `GET /v1/agenda-items/{id}/recusals`.

use actix_web::{HttpResponse, get, web};
use contract::forum::recusals::RecusalList;
use domain::ids::AgendaItemId;
use domain::organisations::OrganisationKind;
use persistence::forum::recusals;
use uuid::Uuid;

use crate::app::App;
use crate::error::ApiError;
use crate::forum::{seen, views};
use crate::http::answer::Answer;
use crate::http::call::Call;

/// Tells who may have a conflict of interest in an item.
///
/// One entry per seat; its version is what `If-Match` takes. Reasons are for seats and secretariat only. Items on
/// themes and recommendations have none.
#[utoipa::path(
    tag = "forum",
    operation_id = "list_recusals",
    params(("id" = Uuid, Path, description = "The item's id")),
    responses((status = 200, description = "The conflicts of interest", body = RecusalList)),
    security(("bearer" = ["forum:read"]))
)]
#[get("/{id}/recusals")]
pub async fn list(app: web::Data<App>, call: Call, id: web::Path<Uuid>) -> Result<HttpResponse, ApiError> {
    let id = AgendaItemId(id.into_inner());
    app.read::<_, ApiError>("recusal.list", call, move |reader, call| {
        seen::item(reader, call.viewer(), id)?;
        let with_reasons = call.viewer().kind != OrganisationKind::Directorate;
        let stored = recusals::of_item(reader, id)?;
        let items = stored.iter().map(|stored| views::recusal(stored, with_reasons)).collect();
        Answer::untagged(&RecusalList { items })
    })
    .await
}
