//! `POST /v1/needs/{id}/private-owners/{orgnr}/answer`: a private owner answers for itself (N05).

use actix_web::{HttpResponse, post, web};
use contract::needs::{PrivateOwner as PrivateOwnerView, PrivateOwnerReply};
use domain::ids::NeedId;
use domain::needs::{PrivateOwnerAnswer, PrivateOwnerFact};
use domain::orgnr::OrgNr;
use persistence::needs::{self, PrivateOwner};
use uuid::Uuid;

use super::view::{owner_around, view};
use crate::app::App;
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::input::Input;
use crate::http::write::{Stop, Write};
use crate::needs::load::{organisation_of, visible, wrong_state};
use crate::needs::record::change;

/// Answers whether a private owner joins.
///
/// The owner's own answer outranks what the municipality noted, and may change as long as the need is on its way.
/// Takes `If-Match`.
#[utoipa::path(
    tag = "needs",
    operation_id = "answer_private_owner",
    params(
        ("id" = Uuid, Path, description = "The need's id"),
        ("orgnr" = String, Path, description = "The owner's organisation number"),
    ),
    request_body = PrivateOwnerReply,
    responses((status = 200, description = "The owner as answered", body = PrivateOwnerView)),
    security(("bearer" = ["needs:write"]))
)]
#[post("/{id}/private-owners/{orgnr}/answer")]
pub async fn answer(
    app: web::Data<App>,
    input: Input<PrivateOwnerReply>,
    path: web::Path<(Uuid, String)>,
) -> Result<HttpResponse, ApiError> {
    let (id, orgnr) = path.into_inner();
    let (id, orgnr) = (NeedId(id), OrgNr::parse(&orgnr, app.synthetic()).map_err(|_| ApiError::not_found())?);
    app.write(
        "private_owner.answer",
        input,
        move |write: &mut Write<'_, _>, body: &PrivateOwnerReply| -> Result<Answer, Stop> {
            let viewer = write.call().viewer().clone();
            let (need, _) = visible(write, &viewer, id)?;
            let before = needs::find_private_owner(write, id, &orgnr)?.ok_or_else(ApiError::not_found)?;
            if viewer.orgnr != orgnr {
                return Err(ApiError::not_yours().into());
            }
            write.begin_on(before.version)?;
            if !need.state.is_open() {
                return Err(wrong_state(need.state).into());
            }
            needs::hold(write, &need)?;
            let now = write.call().now;
            let answered = PrivateOwner {
                answer: PrivateOwnerAnswer { own: Some(body.answer), ..before.answer.clone() },
                answered_at: Some(now),
                reason: body.reason.clone(),
                ..before.clone()
            };
            let after = needs::save_private_owner(write, &answered, now)?;
            // Its last unit may have closed since it was asked; its answer still stands.
            let fact = match owner_around(write, &need, &orgnr)? {
                Some(fact) => fact,
                None => PrivateOwnerFact {
                    orgnr: orgnr.clone(),
                    name: organisation_of(write, &viewer)?.name,
                    unit_kinds: Vec::new(),
                    answer: None,
                },
            };
            let shown = |said| view(id, &need.content, &fact, Some(said));
            let trail = |said| serde_json::to_value(shown(said)).ok();
            let changes = (trail(&before), trail(&after));
            change(write, &need, "need.answer_private_owner", "private_owner_answered", &["private_owners"], changes)?;
            Ok(Answer::ok(&shown(&after), after.version)?)
        },
    )
    .await
}
