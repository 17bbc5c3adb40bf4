//! `GET /v1/needs/{id}`.

use actix_web::{HttpResponse, get, web};
use contract::needs::Need as NeedView;
use domain::ids::NeedId;
use uuid::Uuid;

use super::load::visible;
use super::record::view;
use crate::app::App;
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::call::Call;

/// Reads a need.
///
/// The sender reads the draft as it stands. Partners and private owners read it, too, from their invitation on, with
/// their own budget lines only. The county governor, the forum's seats and the directorate read the newest
/// submission and never a draft; the contact is for the sender and the county governor alone.
#[utoipa::path(
    tag = "needs",
    operation_id = "get_need",
    params(("id" = Uuid, Path, description = "The need's id")),
    responses((status = 200, description = "The need", body = NeedView)),
    security(("bearer" = ["needs:read"]))
)]
#[get("/{id}")]
pub async fn get(app: web::Data<App>, call: Call, id: web::Path<Uuid>) -> Result<HttpResponse, ApiError> {
    let id = NeedId(id.into_inner());
    app.read::<_, ApiError>("need.get", call, move |reader, call| {
        let (need, reading) = visible(reader, call.viewer(), id)?;
        let view = view(reader, &need, &reading, &call.viewer().orgnr)?;
        Answer::ok(&view, need.version)
    })
    .await
}
