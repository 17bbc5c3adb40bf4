//! `PUT /v1/needs/{id}/private-owners/{orgnr}`: the municipality notes what a private owner answered (N05).

use actix_web::{HttpResponse, put, web};
use contract::needs::{PrivateOwner as PrivateOwnerView, RecordPrivateOwner};
use contract::problem::Fault;
use domain::ids::NeedId;
use domain::needs::{Need, PrivateOwnerAnswer};
use domain::orgnr::OrgNr;
use domain::time::oslo_date;
use persistence::needs::{self, PrivateOwner};
use uuid::Uuid;

use super::view::{owner_around, view};
use crate::app::App;
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::input::Input;
use crate::http::write::{Stop, Write};
use crate::needs::load::{editable, own};
use crate::needs::record::change;

/// Notes what a private owner answered.
///
/// When it was invited, and whether it joins, declined or did not answer. The owner reads the need from now on; what
/// it answers itself outranks the note. The first note takes `If-None-Match: *`, later ones `If-Match`.
#[utoipa::path(
    tag = "needs",
    operation_id = "put_private_owner",
    params(
        ("id" = Uuid, Path, description = "The need's id"),
        ("orgnr" = String, Path, description = "The owner's organisation number"),
    ),
    request_body = RecordPrivateOwner,
    responses(
        (status = 200, description = "The owner as noted anew", body = PrivateOwnerView),
        (status = 201, description = "The owner as noted for the first time", body = PrivateOwnerView),
    ),
    security(("bearer" = ["needs:write"]))
)]
#[put("/{id}/private-owners/{orgnr}")]
pub async fn put(
    app: web::Data<App>,
    input: Input<RecordPrivateOwner>,
    path: web::Path<(Uuid, String)>,
) -> Result<HttpResponse, ApiError> {
    let (id, orgnr) = path.into_inner();
    let (id, orgnr) = (NeedId(id), OrgNr::parse(&orgnr, app.synthetic()).map_err(|_| ApiError::not_found())?);
    if input.body.invited_on > oslo_date(input.call.now) {
        return Err(ApiError::fault(Fault::new("invited_in_future", "/invited_on")));
    }
    app.write(
        "private_owner.put",
        input,
        move |write: &mut Write<'_, _>, body: &RecordPrivateOwner| -> Result<Answer, Stop> {
            let viewer = write.call().viewer().clone();
            let need = own(write, &viewer, id)?;
            let fact = owner_around(write, &need, &orgnr)?.ok_or_else(ApiError::not_found)?;
            let before = needs::find_private_owner(write, id, &orgnr)?;
            write.begin_put(before.as_ref().map(|owner| owner.version))?;
            editable(&need)?;
            needs::hold(write, &need)?;
            let after = noted(write, &need, &orgnr, before.as_ref(), body)?;
            let shown = |said: &PrivateOwner| view(id, &need.content, &fact, Some(said));
            let trail = |said: &PrivateOwner| serde_json::to_value(shown(said)).ok();
            let changes = (before.as_ref().and_then(trail), trail(&after));
            change(write, &need, "need.note_private_owner", "private_owner_noted", &["private_owners"], changes)?;
            Ok(if before.is_some() {
                Answer::ok(&shown(&after), after.version)?
            } else {
                let location = format!("/v1/needs/{id}/private-owners/{orgnr}");
                Answer::created(&shown(&after), after.version, location)?
            })
        },
    )
    .await
}

fn noted(
    write: &mut Write<'_, RecordPrivateOwner>,
    need: &Need,
    orgnr: &OrgNr,
    before: Option<&PrivateOwner>,
    body: &RecordPrivateOwner,
) -> Result<PrivateOwner, ApiError> {
    let now = write.call().now;
    let own_answer = before.and_then(|owner| owner.answer.own);
    let answer = PrivateOwnerAnswer { invited_on: body.invited_on, recorded: body.answer, own: own_answer };
    let Some(before) = before else {
        let first = PrivateOwner {
            need: need.id,
            owner: orgnr.clone(),
            answer,
            answered_at: None,
            reason: body.reason.clone(),
            version: 1,
            updated_at: now,
        };
        needs::insert_private_owner(write, &first)?;
        return Ok(first);
    };
    let reason = if own_answer.is_some() { before.reason.clone() } else { body.reason.clone() };
    Ok(needs::save_private_owner(write, &PrivateOwner { answer, reason, ..before.clone() }, now)?)
}
