//! `PUT` and `DELETE /v1/needs/{id}/shares/{network_id}`: a sender lays its need beside those of its network.

use actix_web::{HttpResponse, delete, put, web};
use contract::needs::Need as NeedView;
use domain::ids::{NeedId, NetworkId};
use domain::needs::{Need, Reading};
use persistence::{needs, networks};
use uuid::Uuid;

use super::load::{own, wrong_state};
use super::record::{shared, unshared, view};
use crate::app::App;
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::input::{Input, NoBody};
use crate::http::write::{Stop, Write};
use crate::networks::in_turn;
use crate::networks::withdrawal::withdraw_need;

/// Shares a need with a network.
///
/// A draft or a submitted need, by its sender, with a network of which it is a member. The members read it from now on
/// as those who are invited do, and see what is asked for in all. `If-Match` names the version of the need.
#[utoipa::path(
    tag = "needs",
    operation_id = "share_need",
    params(
        ("id" = Uuid, Path, description = "The need's id"),
        ("network_id" = Uuid, Path, description = "The network's id"),
    ),
    responses((status = 200, description = "The need, shared with the network", body = NeedView)),
    security(("bearer" = ["needs:write"]))
)]
#[put("/{id}/shares/{network_id}")]
pub async fn put(
    app: web::Data<App>,
    input: Input<NoBody>,
    path: web::Path<(Uuid, Uuid)>,
) -> Result<HttpResponse, ApiError> {
    let (id, network) = path.into_inner();
    let (id, network) = (NeedId(id), NetworkId(network));
    app.write("need.share", input, move |write: &mut Write<'_, _>, _: &NoBody| -> Result<Answer, Stop> {
        let viewer = write.call().viewer().clone();
        let before = own(write, &viewer, id)?;
        let stored = in_turn(write, network)?;
        stored.network.member(&viewer.orgnr).ok_or_else(ApiError::not_yours)?;
        write.begin_on(before.version)?;
        if !before.state.is_open() {
            return Err(wrong_state(before.state).into());
        }
        let after = if before.shared_with.contains(&network) {
            before
        } else {
            let now = write.call().now;
            let shared_with = before.shared_with.iter().copied().chain([network]).collect();
            let after = needs::save_progress(write, &Need { shared_with, ..before.clone() }, now)?;
            networks::share(write, id, network, now)?;
            shared(write, &before, &after)?;
            after
        };
        Ok(Answer::ok(&view(write, &after, &Reading::Own, &viewer.orgnr)?, after.version)?)
    })
    .await
}

/// Takes a need back from a network.
///
/// Its members see it no more, and coordinations go on without it. `If-Match` names the version of the need.
#[utoipa::path(
    tag = "needs",
    operation_id = "unshare_need",
    params(
        ("id" = Uuid, Path, description = "The need's id"),
        ("network_id" = Uuid, Path, description = "The network's id"),
    ),
    responses((status = 204, description = "No longer shared")),
    security(("bearer" = ["needs:write"]))
)]
#[delete("/{id}/shares/{network_id}")]
pub async fn delete(
    app: web::Data<App>,
    input: Input<NoBody>,
    path: web::Path<(Uuid, Uuid)>,
) -> Result<HttpResponse, ApiError> {
    let (id, network) = path.into_inner();
    let (id, network) = (NeedId(id), NetworkId(network));
    app.write("need.unshare", input, move |write: &mut Write<'_, _>, _: &NoBody| -> Result<Answer, Stop> {
        let viewer = write.call().viewer().clone();
        let before = own(write, &viewer, id)?;
        if !before.shared_with.contains(&network) {
            return Err(ApiError::not_found().into());
        }
        write.begin_on(before.version)?;
        withdraw_need(write, network, id)?;
        let now = write.call().now;
        let shared_with = before.shared_with.iter().copied().filter(|other| *other != network).collect();
        let after = needs::save_progress(write, &Need { shared_with, ..before.clone() }, now)?;
        unshared(write, &before, &after)?;
        Ok(Answer::no_content())
    })
    .await
}
