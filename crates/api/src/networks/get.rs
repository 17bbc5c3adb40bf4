//! `GET /v1/networks/{id}`.

use actix_web::{HttpResponse, get, web};
use contract::networks::Network as NetworkView;
use domain::ids::NetworkId;
use uuid::Uuid;

use super::record::network_view;
use super::seen;
use crate::app::App;
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::call::Call;

/// Reads a network.
///
/// With its members. They see it, and the county governor in whose area it works.
#[utoipa::path(
    tag = "networks",
    operation_id = "get_network",
    params(("id" = Uuid, Path, description = "The network's id")),
    responses((status = 200, description = "The network", body = NetworkView)),
    security(("bearer" = ["needs:read"]))
)]
#[get("/{id}")]
pub async fn get(app: web::Data<App>, call: Call, id: web::Path<Uuid>) -> Result<HttpResponse, ApiError> {
    let id = NetworkId(id.into_inner());
    app.read::<_, ApiError>("network.get", call, move |reader, call| {
        let stored = seen::network(reader, call.viewer(), id)?;
        Answer::ok(&network_view(&stored), stored.version)
    })
    .await
}
