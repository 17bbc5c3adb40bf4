//! `GET /v1/grants/{id}/instalments`: the plan by which a grant is paid.

use actix_web::{HttpResponse, get, web};
use contract::funding::payments::InstalmentPlan;
use domain::ids::GrantId;
use persistence::Reader;
use persistence::funding::grants::StoredGrant;
use persistence::funding::payments::{self, StoredPayment};
use uuid::Uuid;

use super::get::{find_as_party, is_own};
use crate::app::App;
use crate::error::ApiError;
use crate::funding::payments::get::view;
use crate::http::answer::Answer;
use crate::http::call::Call;

/// Reads a grant's instalments.
///
/// The payments of the plan, by due date, without those that are cancelled. The tag is the grant's: it is what
/// replacing the plan compares. A recipient that is not the sender sees its own instalments.
#[utoipa::path(
    tag = "funding",
    operation_id = "get_instalments",
    params(("id" = Uuid, Path, description = "The grant's id")),
    responses((status = 200, description = "The plan", body = InstalmentPlan)),
    security(("bearer" = ["funding:read"]))
)]
#[get("/{id}/instalments")]
pub async fn get(app: web::Data<App>, call: Call, id: web::Path<Uuid>) -> Result<HttpResponse, ApiError> {
    let id = GrantId(id.into_inner());
    let inside = call.clone();
    let read = move |reader: &mut Reader| {
        let viewer = inside.viewer();
        let (grant, _) = find_as_party(reader, viewer, id)?;
        let sees_all = is_own(&grant, viewer) || viewer.kind == domain::organisations::OrganisationKind::Directorate;
        let mut plan = payments::of_grant(reader, id)?;
        plan.retain(|payment| {
            sees_all || payment.sender == viewer.orgnr || payment.instalment.recipient == viewer.orgnr
        });
        Answer::ok(&plan_view(&grant, &plan), grant.version)
    };
    let answer: Result<Answer, ApiError> = app.store.snapshot("grant.instalments", read).await;
    Ok(answer?.into_response(&call))
}

/// A plan as it is shown: cancelled payments left out.
pub(super) fn plan_view(grant: &StoredGrant, payments: &[StoredPayment]) -> InstalmentPlan {
    let counting = payments.iter().filter(|payment| payment.state.counts_in_plan());
    InstalmentPlan { grant_id: grant.id.0, version: grant.version, instalments: counting.map(view).collect() }
}
