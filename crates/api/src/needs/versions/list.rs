//! `GET /v1/needs/{id}/versions`.

use actix_web::{HttpResponse, get, web};
use contract::needs::{NeedVersionItem, NeedVersionPage};
use domain::ids::NeedId;
use domain::money::Nok;
use persistence::needs;
use uuid::Uuid;

use crate::app::App;
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::call::Call;
use crate::needs::load::visible;

/// Lists the submissions of a need.
///
/// Oldest first; all of them, since they are few.
#[utoipa::path(
    tag = "needs",
    operation_id = "list_need_versions",
    params(("id" = Uuid, Path, description = "The need's id")),
    responses((status = 200, description = "The submissions", body = NeedVersionPage)),
    security(("bearer" = ["needs:read"]))
)]
#[get("/{id}/versions")]
pub async fn list(app: web::Data<App>, call: Call, id: web::Path<Uuid>) -> Result<HttpResponse, ApiError> {
    let id = NeedId(id.into_inner());
    app.read::<_, ApiError>("need_version.list", call, move |reader, call| {
        let (need, reading) = visible(reader, call.viewer(), id)?;
        let heads = needs::versions(reader, need.id)?;
        let whole = reading.of_whole_budget();
        let items = heads
            .into_iter()
            .map(|head| NeedVersionItem {
                n: head.n,
                title: head.title,
                amount_nok: Some(head.amount).filter(|_| whole).map(Nok::kroner),
                submitted_at: head.submitted_at,
            })
            .collect();
        Answer::untagged(&NeedVersionPage { items, next_cursor: None, total: None })
    })
    .await
}
