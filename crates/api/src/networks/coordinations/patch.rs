//! `PATCH /v1/networks/{id}/coordinations/{cid}`.

use actix_web::{HttpResponse, patch, web};
use contract::networks::{Coordination as CoordinationView, CoordinationDocument};
use domain::ids::{CoordinationId, NetworkId};
use domain::networks::Coordination;
use persistence::networks::coordinations::{self, StoredCoordination};
use serde_json::json;
use uuid::Uuid;

use super::rules::{check, require_coordinating};
use crate::app::App;
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::input::Input;
use crate::http::patch::Patch;
use crate::http::write::{Stop, Write};
use crate::networks::record::{self, coordination_view};
use crate::networks::seen;

/// Changes a coordination.
///
/// By any member that registers needs, or the coordinator, while it is open. `closed` puts it behind, also when a
/// joint draft was made of it, or takes it up again.
#[utoipa::path(
    tag = "networks",
    operation_id = "update_coordination",
    params(
        ("id" = Uuid, Path, description = "The network's id"),
        ("cid" = Uuid, Path, description = "The coordination's id"),
    ),
    request_body(content = CoordinationDocument, content_type = "application/merge-patch+json"),
    responses((status = 200, description = "The coordination", body = CoordinationView)),
    security(("bearer" = ["needs:write"]))
)]
#[patch("/{id}/coordinations/{cid}")]
pub async fn patch(
    app: web::Data<App>,
    input: Input<Patch>,
    path: web::Path<(Uuid, Uuid)>,
) -> Result<HttpResponse, ApiError> {
    let (network, id) = path.into_inner();
    let (network, id) = (NetworkId(network), CoordinationId(id));
    let synthetic = app.synthetic();
    app.write("coordination.update", input, move |write: &mut Write<'_, _>, patch: &Patch| -> Result<Answer, Stop> {
        let stored = seen::in_turn(write, network)?;
        let before = seen::coordination(write, network, id)?;
        require_coordinating(write, &stored.network)?;
        write.begin_on(before.version)?;
        let document: CoordinationDocument = patch.apply_to(json!(CoordinationDocument::of(&before.coordination)))?;
        let read = document.read(id, network, synthetic).map_err(ApiError::invalid)?;
        let wanted = Coordination { draft: before.coordination.draft, ..read };
        before.coordination.check_change(&wanted).map_err(|error| ApiError::state(error.state))?;
        check(write, &stored.network, &wanted)?;
        let (viewer, now) = (write.call().viewer().clone(), write.call().now);
        let after = StoredCoordination { coordination: wanted, ..before.clone() };
        let after = coordinations::save(write, &after, now)?;
        let deed = ("coordination.update", "updated");
        record::coordination(write, &stored.network, deed, &patch.members(), Some(&before), &after)?;
        Ok(Answer::ok(&coordination_view(write, &viewer, &after)?, after.version)?)
    })
    .await
}
