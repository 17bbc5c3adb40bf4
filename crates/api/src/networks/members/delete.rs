//! `DELETE /v1/networks/{id}/members/{orgnr}`.

use actix_web::{HttpResponse, delete, web};
use domain::ids::NetworkId;
use domain::orgnr::OrgNr;
use persistence::networks::{self, StoredNetwork};
use uuid::Uuid;

use crate::app::App;
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::input::{Input, NoBody};
use crate::http::write::{Stop, Write};
use crate::networks::patch::refused;
use crate::networks::withdrawal::{lay_down_lead, take_out_all_of};
use crate::networks::{record, seen};

/// Takes a member out of a network.
///
/// By the coordinator, or by the member itself; the coordinator hands over first. What the member has shared with the
/// network is seen there no more, and what it leads has no lead. `If-Match` names the version of the network.
#[utoipa::path(
    tag = "networks",
    operation_id = "delete_network_member",
    params(
        ("id" = Uuid, Path, description = "The network's id"),
        ("orgnr" = String, Path, description = "The member's organisation number"),
    ),
    responses((status = 204, description = "No member any more")),
    security(("bearer" = ["needs:write"]))
)]
#[delete("/{id}/members/{orgnr}")]
pub async fn delete(
    app: web::Data<App>,
    input: Input<NoBody>,
    path: web::Path<(Uuid, String)>,
) -> Result<HttpResponse, ApiError> {
    let (id, orgnr) = path.into_inner();
    let (id, orgnr) = (NetworkId(id), OrgNr::parse(&orgnr, app.synthetic()).map_err(|_| ApiError::not_found())?);
    let left = app
        .write("network.delete_member", input, move |write: &mut Write<'_, _>, _: &NoBody| -> Result<Answer, Stop> {
            let before = seen::in_turn(write, id)?;
            let own = write.call().viewer().orgnr.clone();
            before.network.member(&orgnr).ok_or_else(ApiError::not_found)?;
            if own != orgnr && !before.network.is_coordinated_by(&own) {
                return Err(ApiError::not_yours().into());
            }
            write.begin_on(before.version)?;
            let network = before.network.without(&orgnr).map_err(refused)?;
            let now = write.call().now;
            let after = networks::save(write, &StoredNetwork { network, ..before.clone() }, now)?;
            take_out_all_of(write, &after, &orgnr)?;
            lay_down_lead(write, &after.network, &orgnr)?;
            networks::remove_member(write, id, &orgnr)?;
            record::network(write, ("network.delete_member", "member_left"), &["members"], Some(&before), &after)?;
            Ok(Answer::no_content())
        })
        .await;
    app.actors.forget_all();
    left
}
