//! `GET /v1/needs/{id}/partners`.

use actix_web::{HttpResponse, get, web};
use contract::needs::PartnerPage;
use domain::ids::NeedId;
use persistence::needs;
use uuid::Uuid;

use super::get::view;
use crate::app::App;
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::call::Call;
use crate::needs::load::visible;

/// Lists the invited partners of a need.
///
/// All of them, since they are few. A partner that is named but not invited yet stands in the need alone.
#[utoipa::path(
    tag = "needs",
    operation_id = "list_partners",
    params(("id" = Uuid, Path, description = "The need's id")),
    responses((status = 200, description = "The partners", body = PartnerPage)),
    security(("bearer" = ["needs:read"]))
)]
#[get("/{id}/partners")]
pub async fn list(app: web::Data<App>, call: Call, id: web::Path<Uuid>) -> Result<HttpResponse, ApiError> {
    let id = NeedId(id.into_inner());
    app.read::<_, ApiError>("partner.list", call, move |reader, call| {
        visible(reader, call.viewer(), id)?;
        let items = needs::partners(reader, id)?.iter().map(view).collect();
        Answer::untagged(&PartnerPage { items, next_cursor: None, total: None })
    })
    .await
}
