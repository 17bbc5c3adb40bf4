//! `GET /v1/networks/{id}/coordinations`.

use actix_web::{HttpResponse, get, web};
use contract::networks::{Coordination as CoordinationView, CoordinationPage};
use domain::ids::NetworkId;
use persistence::networks::coordinations;
use serde::Deserialize;
use uuid::Uuid;

use crate::app::App;
use crate::error::ApiError;
use crate::http::call::Call;
use crate::http::listing::{self, Listed, Source};
use crate::http::query::ListQuery;
use crate::networks::record::coordination_view;
use crate::networks::seen;

/// The list has no filters of its own.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CoordinationQuery {}

impl Listed for CoordinationView {
    fn key(&self) -> String {
        self.id.to_string()
    }
}

/// Lists the coordinations of a network.
///
/// Oldest first, for whoever sees the network.
#[utoipa::path(
    tag = "networks",
    operation_id = "list_coordinations",
    params(("id" = Uuid, Path, description = "The network's id")),
    responses((status = 200, description = "A page of coordinations", body = CoordinationPage)),
    security(("bearer" = ["needs:read"]))
)]
#[get("/{id}/coordinations")]
pub async fn list(
    app: web::Data<App>,
    call: Call,
    id: web::Path<Uuid>,
    query: ListQuery<CoordinationQuery>,
) -> Result<HttpResponse, ApiError> {
    let id = NetworkId(id.into_inner());
    let source = Source {
        name: "coordination.list",
        list: move |reader: &mut _, call: &Call, _: &CoordinationQuery, window: &_| {
            seen::network(reader, call.viewer(), id)?;
            let stored = coordinations::list(reader, id, window)?;
            Ok(stored
                .iter()
                .map(|coordination| coordination_view(reader, call.viewer(), coordination))
                .collect::<Result<_, _>>()?)
        },
        count: move |reader: &mut _, _: &Call, _: &CoordinationQuery, window: &_| {
            Ok(coordinations::count(reader, id, window)?)
        },
    };
    listing::answer(app, call, query, &format!("/v1/networks/{id}/coordinations"), source).await
}
