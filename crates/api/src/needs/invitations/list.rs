//! `GET /v1/invitations`.

use actix_web::{HttpResponse, get, web};
use contract::needs::{Invitation as InvitationView, InvitationPage, lists};
use domain::needs::InvitationState;
use persistence::listing::Window;
use persistence::needs::{self, Invitation};
use serde::Deserialize;
use utoipa::IntoParams;

use crate::app::App;
use crate::error::ApiError;
use crate::http::call::Call;
use crate::http::listing::{self, Listed, Source};
use crate::http::query::ListQuery;

/// Filters of the list of invitations.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct InvitationQuery {
    /// Only invitations in this state; `pending` are those that wait for your answer.
    #[param(value_type = Option<lists::InvitationState>, example = "pending")]
    state: Option<InvitationState>,
}

impl Listed for InvitationView {
    fn key(&self) -> String {
        self.need_id.to_string()
    }
}

/// Lists what your organisation is asked to take part in.
///
/// As partner, participant or private owner, by need. `id` in the list's filters is the need's.
#[utoipa::path(
    tag = "needs",
    operation_id = "list_invitations",
    params(InvitationQuery),
    responses((status = 200, description = "A page of invitations", body = InvitationPage)),
    security(("bearer" = ["needs:read"]))
)]
#[get("")]
pub async fn list(
    app: web::Data<App>,
    call: Call,
    query: ListQuery<InvitationQuery>,
) -> Result<HttpResponse, ApiError> {
    let source = Source {
        name: "invitation.list",
        list: |reader: &mut _, call: &Call, filter: &InvitationQuery, window: &Window| {
            let found = needs::invitations(reader, &call.viewer().orgnr, filter.state, window)?;
            Ok(found.into_iter().map(view).collect())
        },
        count: |reader: &mut _, call: &Call, filter: &InvitationQuery, window: &Window| {
            let whole = Window { after: None, limit: i64::MAX, ..window.clone() };
            let found = needs::invitations(reader, &call.viewer().orgnr, filter.state, &whole)?;
            i64::try_from(found.len()).map_err(ApiError::internal)
        },
    };
    listing::answer(app, call, query, "/v1/invitations", source).await
}

fn view(invitation: Invitation) -> InvitationView {
    InvitationView {
        need_id: invitation.need.0,
        role: invitation.role,
        state: invitation.state,
        title: invitation.title,
        need_state: invitation.need_state,
        sender_orgnr: invitation.sender.to_string(),
        sender_name: invitation.sender_name,
        invited_at: invitation.invited_at,
        version: invitation.version,
        updated_at: invitation.updated_at,
    }
}
