//! `PUT /v1/networks/{id}/members/{orgnr}`.

use actix_web::{HttpResponse, put, web};
use contract::networks::Network as NetworkView;
use domain::ids::NetworkId;
use domain::orgnr::OrgNr;
use persistence::{networks, organisations};
use uuid::Uuid;

use crate::app::App;
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::input::{Input, NoBody};
use crate::http::write::{Stop, Write};
use crate::networks::record::{self, network_view};
use crate::networks::seen;

/// Makes an organisation a member of a network.
///
/// Its coordinator's to do. Any kind of organisation may be a member; one that is already stays one. `If-Match` names
/// the version of the network.
#[utoipa::path(
    tag = "networks",
    operation_id = "put_network_member",
    params(
        ("id" = Uuid, Path, description = "The network's id"),
        ("orgnr" = String, Path, description = "The organisation number"),
    ),
    responses((status = 200, description = "The network with the member", body = NetworkView)),
    security(("bearer" = ["needs:write"]))
)]
#[put("/{id}/members/{orgnr}")]
pub async fn put(
    app: web::Data<App>,
    input: Input<NoBody>,
    path: web::Path<(Uuid, String)>,
) -> Result<HttpResponse, ApiError> {
    let (id, orgnr) = path.into_inner();
    let (id, orgnr) = (NetworkId(id), OrgNr::parse(&orgnr, app.synthetic()).map_err(|_| ApiError::not_found())?);
    let joined = app
        .write("network.put_member", input, move |write: &mut Write<'_, _>, _: &NoBody| -> Result<Answer, Stop> {
            let before = seen::in_coordinators_turn(write, id)?;
            let known = organisations::find(write, &orgnr)?.filter(|organisation| organisation.active);
            known.ok_or_else(ApiError::not_found)?;
            write.begin_on(before.version)?;
            if before.network.member(&orgnr).is_some() {
                return Ok(Answer::ok(&network_view(&before), before.version)?);
            }
            let (viewer, now) = (write.call().viewer().clone(), write.call().now);
            networks::save(write, &before, now)?;
            networks::add_member(write, id, &orgnr, now)?;
            let after = seen::network(write, &viewer, id)?;
            record::network(write, ("network.put_member", "member_joined"), &["members"], Some(&before), &after)?;
            Ok(Answer::ok(&network_view(&after), after.version)?)
        })
        .await;
    app.actors.forget_all();
    joined
}
