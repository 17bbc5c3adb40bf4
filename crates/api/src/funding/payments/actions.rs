//! `GET /v1/payments/{id}/actions`.

use actix_web::{HttpResponse, get, web};
use contract::actions::Action;
use domain::actor::Scope;
use domain::funding::PaymentCommand;
use domain::ids::PaymentId;
use persistence::Reader;
use persistence::funding::payments;
use uuid::Uuid;

use super::{for_rules, problem};
use crate::app::App;
use crate::error::ApiError;
use crate::funding::actions::action;
use crate::http::answer::Answer;
use crate::http::call::Call;

/// Tells what the caller may do to a payment.
///
/// Right now, and why not: it was prepared by the caller, its grant is not notified, a report is awaited.
#[utoipa::path(
    tag = "funding",
    operation_id = "list_payment_actions",
    params(("id" = Uuid, Path, description = "The payment's id")),
    responses((status = 200, description = "The actions", body = Vec<Action>)),
    security(("bearer" = ["funding:read"]))
)]
#[get("/{id}/actions")]
pub async fn actions(app: web::Data<App>, call: Call, id: web::Path<Uuid>) -> Result<HttpResponse, ApiError> {
    let id = PaymentId(id.into_inner());
    let inside = call.clone();
    let read = move |reader: &mut Reader| Answer::untagged(&actions_of(reader, &inside, id)?);
    let answer: Result<Answer, ApiError> = app.store.snapshot("payment.actions", read).await;
    Ok(answer?.into_response(&call))
}

fn actions_of(reader: &mut Reader, call: &Call, id: PaymentId) -> Result<Vec<Action>, ApiError> {
    let stored = payments::find(reader, call.viewer(), id)?.ok_or_else(ApiError::not_found)?;
    let payment = for_rules(reader, &stored)?;
    let is_own = call.viewer().county_governor.as_ref() == Some(&stored.county_governor);
    let refused = |others: Vec<ApiError>| -> Vec<ApiError> {
        (!is_own).then(ApiError::not_yours).into_iter().chain(others).collect()
    };
    let approval = payment.obstacles_to_approval(&call.actor).iter().map(problem).collect();
    let step = |command| payment.apply(command).err().iter().map(problem).collect();
    Ok(vec![
        action(call, "approve", Scope::FundingApprove, refused(approval)),
        action(call, "cancel", Scope::FundingWrite, refused(step(PaymentCommand::Cancel))),
        action(call, "mark-paid", Scope::FundingWrite, refused(step(PaymentCommand::MarkPaid))),
        action(call, "mark-failed", Scope::FundingWrite, refused(step(PaymentCommand::MarkFailed))),
    ])
}
