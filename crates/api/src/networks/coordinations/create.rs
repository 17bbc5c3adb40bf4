//! `POST /v1/networks/{id}/coordinations`.

use actix_web::{HttpResponse, post, web};
use contract::networks::{Coordination as CoordinationView, CoordinationDocument};
use domain::ids::{CoordinationId, NetworkId};
use persistence::networks::coordinations;
use uuid::Uuid;

use super::rules::{check, require_coordinating};
use crate::app::App;
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::input::Input;
use crate::http::write::{Stop, Write};
use crate::networks::record::{self, coordination_view};
use crate::networks::seen;

/// Says which needs of a network belong together.
///
/// By any member that registers needs, or the coordinator. Every need that is named is shared with the network.
#[utoipa::path(
    tag = "networks",
    operation_id = "create_coordination",
    params(("id" = Uuid, Path, description = "The network's id")),
    request_body = CoordinationDocument,
    responses((status = 201, description = "The new coordination", body = CoordinationView)),
    security(("bearer" = ["needs:write"]))
)]
#[post("/{id}/coordinations")]
pub async fn create(
    app: web::Data<App>,
    input: Input<CoordinationDocument>,
    id: web::Path<Uuid>,
) -> Result<HttpResponse, ApiError> {
    let (network, id) = (NetworkId(id.into_inner()), CoordinationId(Uuid::now_v7()));
    let new = input.body.read(id, network, app.synthetic()).map_err(ApiError::invalid)?;
    app.write(
        "coordination.create",
        input,
        move |write: &mut Write<'_, _>, _: &CoordinationDocument| -> Result<Answer, Stop> {
            let stored = seen::in_turn(write, network)?;
            require_coordinating(write, &stored.network)?;
            write.begin()?;
            check(write, &stored.network, &new)?;
            let (viewer, now) = (write.call().viewer().clone(), write.call().now);
            let after = coordinations::insert(write, new.clone(), now)?;
            record::coordination(write, &stored.network, ("coordination.create", "created"), &[], None, &after)?;
            let view = coordination_view(write, &viewer, &after)?;
            Ok(Answer::created(&view, after.version, format!("/v1/networks/{network}/coordinations/{id}"))?)
        },
    )
    .await
}
