//! `POST /v1/networks`: a municipality, county authority or county governor founds a network.

use actix_web::{HttpResponse, post, web};
use contract::networks::{CreateNetwork, Network as NetworkView};
use domain::actor::Viewer;
use domain::ids::NetworkId;
use domain::networks::Network;
use persistence::networks;
use uuid::Uuid;

use super::record::{self, network_view};
use super::seen;
use crate::app::App;
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::input::Input;
use crate::http::write::{Stop, Write};

/// Founds a network.
///
/// Whoever founds it coordinates it and is its first member. It works in the area of the county governor that covers
/// the founder's county; that office sees it, too.
#[utoipa::path(
    tag = "networks",
    operation_id = "create_network",
    request_body = CreateNetwork,
    responses((status = 201, description = "The new network", body = NetworkView)),
    security(("bearer" = ["needs:write"]))
)]
#[post("")]
pub async fn create(app: web::Data<App>, input: Input<CreateNetwork>) -> Result<HttpResponse, ApiError> {
    let name = input.body.read(app.synthetic()).map_err(ApiError::invalid)?;
    let viewer = input.call.viewer().clone();
    let county_governor = office_of(&app, &viewer)?;
    let id = NetworkId(Uuid::now_v7());
    let network = Network { id, name, county_governor, coordinator: viewer.orgnr.clone(), members: Vec::new() };
    let founded = app
        .write("network.create", input, move |write: &mut Write<'_, _>, _: &CreateNetwork| -> Result<Answer, Stop> {
            write.begin()?;
            let now = write.call().now;
            networks::insert(write, &network, now)?;
            let stored = seen::network(write, &viewer, id)?;
            record::network(write, ("network.create", "created"), &[], None, &stored)?;
            Ok(Answer::created(&network_view(&stored), stored.version, format!("/v1/networks/{id}"))?)
        })
        .await;
    app.actors.forget_all();
    founded
}

/// The office in whose area the founder works: its own, or the one that covers its county.
fn office_of(app: &App, viewer: &Viewer) -> Result<String, ApiError> {
    if let Some(own) = &viewer.county_governor {
        return Ok(own.clone());
    }
    let number = viewer.county.as_ref().map(ToString::to_string).ok_or_else(ApiError::not_yours)?;
    let county = app.reference.counties.iter().find(|county| county.number == number);
    county.map(|county| county.county_governor.clone()).ok_or_else(ApiError::not_yours)
}
