//! `GET /v1/networks/{id}/coordinations/{cid}`.

use actix_web::{HttpResponse, get, web};
use contract::networks::Coordination as CoordinationView;
use domain::ids::{CoordinationId, NetworkId};
use uuid::Uuid;

use crate::app::App;
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::call::Call;
use crate::networks::record::coordination_view;
use crate::networks::seen;

/// Reads a coordination.
///
/// Whoever sees the network sees it; of its needs those that the reader sees.
#[utoipa::path(
    tag = "networks",
    operation_id = "get_coordination",
    params(
        ("id" = Uuid, Path, description = "The network's id"),
        ("cid" = Uuid, Path, description = "The coordination's id"),
    ),
    responses((status = 200, description = "The coordination", body = CoordinationView)),
    security(("bearer" = ["needs:read"]))
)]
#[get("/{id}/coordinations/{cid}")]
pub async fn get(app: web::Data<App>, call: Call, path: web::Path<(Uuid, Uuid)>) -> Result<HttpResponse, ApiError> {
    let (network, id) = path.into_inner();
    let (network, id) = (NetworkId(network), CoordinationId(id));
    app.read::<_, ApiError>("coordination.get", call, move |reader, call| {
        seen::network(reader, call.viewer(), network)?;
        let stored = seen::coordination(reader, network, id)?;
        Answer::ok(&coordination_view(reader, call.viewer(), &stored)?, stored.version)
    })
    .await
}
