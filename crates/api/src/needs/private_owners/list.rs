//! `GET /v1/needs/{id}/private-owners`.

use actix_web::{HttpResponse, get, web};
use contract::needs::PrivateOwnerPage;
use domain::ids::NeedId;
use persistence::needs;
use uuid::Uuid;

use super::view::{owners_around, view};
use crate::app::App;
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::call::Call;
use crate::needs::load::visible;

/// Lists the private owners around a need.
///
/// Every private owner with active units in the municipalities that take part, asked or not: those `concerned` have
/// to be mentioned before a municipality can submit (N05).
#[utoipa::path(
    tag = "needs",
    operation_id = "list_private_owners",
    params(("id" = Uuid, Path, description = "The need's id")),
    responses((status = 200, description = "The private owners", body = PrivateOwnerPage)),
    security(("bearer" = ["needs:read"]))
)]
#[get("/{id}/private-owners")]
pub async fn list(app: web::Data<App>, call: Call, id: web::Path<Uuid>) -> Result<HttpResponse, ApiError> {
    let id = NeedId(id.into_inner());
    app.read::<_, ApiError>("private_owner.list", call, move |reader, call| {
        let (need, reading) = visible(reader, call.viewer(), id)?;
        let said = if reading.of_draft() {
            needs::private_owners(reader, id)?
        } else {
            needs::private_owners_as_submitted(reader, &need)?
        };
        let facts = owners_around(reader, &need)?;
        let items = facts.iter().map(|fact| view(id, &need.content, fact, said.get(&fact.orgnr))).collect();
        Answer::untagged(&PrivateOwnerPage { items, next_cursor: None, total: None })
    })
    .await
}
