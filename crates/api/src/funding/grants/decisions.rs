//! `GET /v1/grants/{id}/decisions`: the chain.

use actix_web::{HttpResponse, get, web};
use contract::funding::grants::{Decision as DecisionView, DecisionPage, years};
use domain::ids::GrantId;
use persistence::Reader;
use persistence::funding::decisions::{self, StoredDecision};
use uuid::Uuid;

use super::get::find_as_party;
use crate::app::App;
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::call::Call;

/// Lists a grant's decisions.
///
/// The whole chain, oldest first; exactly one is live. Seen by the office and the directorate, and from notification
/// on by the sender and the recipients.
#[utoipa::path(
    tag = "funding",
    operation_id = "list_grant_decisions",
    params(("id" = Uuid, Path, description = "The grant's id")),
    responses((status = 200, description = "The decisions", body = DecisionPage)),
    security(("bearer" = ["funding:read"]))
)]
#[get("/{id}/decisions")]
pub async fn list_decisions(app: web::Data<App>, call: Call, id: web::Path<Uuid>) -> Result<HttpResponse, ApiError> {
    let id = GrantId(id.into_inner());
    let inside = call.clone();
    let read = move |reader: &mut Reader| {
        find_as_party(reader, inside.viewer(), id)?;
        let items = decisions::chain(reader, id)?.into_iter().map(view).collect();
        Answer::untagged(&DecisionPage { items, next_cursor: None, total: None })
    };
    let answer: Result<Answer, ApiError> = app.store.snapshot("grant.decisions", read).await;
    Ok(answer?.into_response(&call))
}

fn view(decision: StoredDecision) -> DecisionView {
    DecisionView {
        id: decision.id.0,
        grant_id: decision.grant.0,
        n: decision.n,
        kind: decision.kind,
        state: decision.state,
        outcome: decision.outcome,
        recommendation_id: decision.recommendation.map(|id| id.0),
        recommended_nok: decision.recommended.kroner(),
        amount_nok: decision.amount.kroner(),
        years: years(&decision.lines),
        reason: decision.reason,
        departs: decision.departure_reason.is_some(),
        departure_reason: decision.departure_reason,
        agenda_item_id: decision.agenda_item.map(|id| id.0),
        decided_at: decision.decided_at,
    }
}
