//! `GET /v1/needs/{id}`.

use actix_web::{HttpResponse, get, web};
use contract::needs::Need as NeedView;
use domain::ids::NeedId;
use domain::needs::Reading;
use persistence::needs::{self, OwnHead};
use uuid::Uuid;

use super::load::visible;
use super::record::external_refs;
use crate::app::App;
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::call::Call;

/// Reads a need.
///
/// The sender reads the draft as it stands. Partners, participants, Statped and private owners read it, too, from their
/// invitation on, with their own budget lines only; so do the members of a network that it is shared with, and see the
/// amount asked for besides. The county governor, the forum's seats and the directorate read the newest submission and
/// never a draft; the contact is for the sender and the county governor alone.
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
    let shown = app.clone();
    app.read::<_, ApiError>("need.get", call, move |reader, call| {
        let viewer = call.viewer();
        if viewer.kind.is_owner()
            && let Some(head) = needs::own_head(reader, &viewer.orgnr, id)?
            && let Some(answer) = shown.own_needs.get(&head)
        {
            return Ok(answer);
        }
        let (need, reading) = visible(reader, viewer, id)?;
        let refs = needs::external_refs(reader, id, &viewer.orgnr)?;
        let answer = Answer::ok(&NeedView::of(&need, &reading, external_refs(refs.clone())), need.version)?;
        if reading == Reading::Own {
            shown.own_needs.keep(OwnHead { id, version: need.version, refs }, &answer);
        }
        Ok(answer)
    })
    .await
}
