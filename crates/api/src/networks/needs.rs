//! `GET /v1/networks/{id}/needs`.

use actix_web::{HttpResponse, get, web};
use contract::networks::{SharedNeed as SharedNeedView, SharedNeedPage};
use domain::ids::NetworkId;
use persistence::needs::{self, SharedNeed};
use serde::Deserialize;
use uuid::Uuid;

use super::seen;
use crate::app::App;
use crate::error::ApiError;
use crate::http::call::Call;
use crate::http::listing::{self, Listed, Source};
use crate::http::query::ListQuery;

/// The list has no filters of its own.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SharedNeedQuery {}

impl Listed for SharedNeedView {
    fn key(&self) -> String {
        self.id.to_string()
    }
}

/// Lists the needs that are shared with a network, side by side.
///
/// Drafts and submitted ones, with areas, amounts and partners. A county governor that is no member sees those that
/// are submitted.
#[utoipa::path(
    tag = "networks",
    operation_id = "list_network_needs",
    params(("id" = Uuid, Path, description = "The network's id")),
    responses((status = 200, description = "A page of shared needs", body = SharedNeedPage)),
    security(("bearer" = ["needs:read"]))
)]
#[get("/{id}/needs")]
pub async fn list(
    app: web::Data<App>,
    call: Call,
    id: web::Path<Uuid>,
    query: ListQuery<SharedNeedQuery>,
) -> Result<HttpResponse, ApiError> {
    let id = NetworkId(id.into_inner());
    let source = Source {
        name: "network.list_needs",
        list: move |reader: &mut _, call: &Call, _: &SharedNeedQuery, window: &_| {
            seen::network(reader, call.viewer(), id)?;
            Ok(needs::shared(reader, call.viewer(), id, window)?.into_iter().map(view).collect())
        },
        count: move |reader: &mut _, call: &Call, _: &SharedNeedQuery, window: &_| {
            Ok(needs::count_shared(reader, call.viewer(), id, window)?)
        },
    };
    listing::answer(app, call, query, &format!("/v1/networks/{id}/needs"), source).await
}

fn view(shared: SharedNeed) -> SharedNeedView {
    SharedNeedView::of(&shared.need, (shared.sender_name, shared.sender_kind), shared.shared_at)
}
