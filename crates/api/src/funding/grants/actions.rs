//! `GET /v1/grants/{id}/actions`.

use actix_web::{HttpResponse, get, web};
use contract::actions::Action;
use domain::actor::Scope;
use domain::funding::GrantCommand;
use domain::funding::decisions::Outcome;
use domain::ids::GrantId;
use persistence::funding::grants::{self, StoredGrant};
use uuid::Uuid;

use super::get::is_own;
use crate::app::App;
use crate::error::ApiError;
use crate::funding::actions::action;
use crate::http::answer::Answer;
use crate::http::call::Call;

/// Tells what the caller may do to a grant.
///
/// Right now, and why not.
#[utoipa::path(
    tag = "funding",
    operation_id = "list_grant_actions",
    params(("id" = Uuid, Path, description = "The grant's id")),
    responses((status = 200, description = "The actions", body = Vec<Action>)),
    security(("bearer" = ["funding:read"]))
)]
#[get("/{id}/actions")]
pub async fn actions(app: web::Data<App>, call: Call, id: web::Path<Uuid>) -> Result<HttpResponse, ApiError> {
    let id = GrantId(id.into_inner());
    app.read::<_, ApiError>("grant.actions", call, move |reader, call| {
        let grant = grants::find(reader, call.viewer(), id)?.ok_or_else(ApiError::not_found)?;
        let refused = |state: Option<ApiError>| -> Vec<ApiError> {
            let role = (!is_own(&grant, call.viewer())).then(ApiError::not_yours);
            role.into_iter().chain(state).collect()
        };
        let notify = grant.state.apply(GrantCommand::Notify, grant.outcome).err();
        Answer::untagged(&[
            action(call, "notify", Scope::FundingWrite, refused(notify.map(|wrong| ApiError::state(wrong.state)))),
            action(call, "instalments", Scope::FundingWrite, refused(no_instalments(&grant))),
        ])
    })
    .await
}

/// Why a grant's instalments cannot be put.
pub(super) fn no_instalments(grant: &StoredGrant) -> Option<ApiError> {
    let takes = grant.state.takes_instalments() && grant.outcome != Outcome::Declined;
    (!takes).then(|| ApiError::state(grant.state).with("outcome", grant.outcome.as_str()))
}
