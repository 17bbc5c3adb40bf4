//! `PATCH /v1/networks/{id}`: its coordinator renames it or hands it over.

use actix_web::{HttpResponse, patch, web};
use contract::networks::{ChangeNetwork, Network as NetworkView};
use contract::problem::Fault;
use domain::ids::NetworkId;
use domain::networks::{Network, NetworkFault};
use persistence::networks::{self, StoredNetwork};
use serde_json::json;
use uuid::Uuid;

use super::record::{self, network_view};
use super::seen;
use crate::app::App;
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::input::Input;
use crate::http::patch::Patch;
use crate::http::write::{Stop, Write};

/// Changes a network.
///
/// Its coordinator's to do: another name, or another member that coordinates it from now on.
#[utoipa::path(
    tag = "networks",
    operation_id = "update_network",
    params(("id" = Uuid, Path, description = "The network's id")),
    request_body(content = ChangeNetwork, content_type = "application/merge-patch+json"),
    responses((status = 200, description = "The network", body = NetworkView)),
    security(("bearer" = ["needs:write"]))
)]
#[patch("/{id}")]
pub async fn patch(app: web::Data<App>, input: Input<Patch>, id: web::Path<Uuid>) -> Result<HttpResponse, ApiError> {
    let id = NetworkId(id.into_inner());
    let synthetic = app.synthetic();
    app.write("network.update", input, move |write: &mut Write<'_, _>, patch: &Patch| -> Result<Answer, Stop> {
        let before = seen::in_coordinators_turn(write, id)?;
        write.begin_on(before.version)?;
        let wanted: ChangeNetwork = patch.apply_to(json!(ChangeNetwork::of(&before.network)))?;
        let (name, coordinator) = wanted.read(synthetic).map_err(ApiError::invalid)?;
        let network = Network { name, ..before.network.handed_to(coordinator).map_err(refused)? };
        let now = write.call().now;
        let after = networks::save(write, &StoredNetwork { network, ..before.clone() }, now)?;
        record::network(write, ("network.update", "updated"), &patch.members(), Some(&before), &after)?;
        Ok(Answer::ok(&network_view(&after), after.version)?)
    })
    .await
}

/// What a network does not let pass, as it is answered.
pub(super) fn refused(fault: NetworkFault) -> ApiError {
    match fault {
        NetworkFault::CoordinatorNotMember => {
            ApiError::fault(Fault::new("coordinator_not_member", "/coordinator_orgnr"))
        }
        NetworkFault::CoordinatorOfOtherKind(kind) => {
            let fault = Fault::new("coordinator_of_other_kind", "/coordinator_orgnr");
            ApiError::fault(fault.with("organisation_kind", kind.as_str()))
        }
        NetworkFault::CoordinatorLeaves => ApiError::new("coordinator_leaves"),
    }
}
