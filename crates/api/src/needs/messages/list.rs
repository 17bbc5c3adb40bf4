//! `GET /v1/needs/{id}/messages`.

use actix_web::{HttpResponse, get, web};
use contract::needs::{Message as MessageView, MessagePage};
use domain::ids::NeedId;
use persistence::needs::messages::{self, MessageFilter};
use serde::Deserialize;
use utoipa::IntoParams;
use uuid::Uuid;

use super::record::{dialogue, view};
use crate::app::App;
use crate::error::ApiError;
use crate::http::call::Call;
use crate::http::listing::{self, Listed, Source};
use crate::http::query::ListQuery;

/// Filters of the list of messages.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct MessageQuery {
    /// `true`: only those that wait for you to read them. `false`: only the others.
    #[param(example = true)]
    unread: Option<bool>,
}

impl Listed for MessageView {
    fn key(&self) -> String {
        self.id.to_string()
    }
}

/// Lists the messages on a need.
///
/// Oldest first. They are between the sender and the county governor of the round: to everybody else, also who sees the
/// need, they are not there.
#[utoipa::path(
    tag = "needs",
    operation_id = "list_messages",
    params(("id" = Uuid, Path, description = "The need's id"), MessageQuery),
    responses((status = 200, description = "A page of messages", body = MessagePage)),
    security(("bearer" = ["needs:read"]))
)]
#[get("/{id}/messages")]
pub async fn list(
    app: web::Data<App>,
    call: Call,
    id: web::Path<Uuid>,
    query: ListQuery<MessageQuery>,
) -> Result<HttpResponse, ApiError> {
    let id = NeedId(id.into_inner());
    let query = query.map(|query| MessageFilter { unread: query.unread });
    let source = Source {
        name: "message.list",
        list: move |reader: &mut _, call: &Call, filter: &MessageFilter, window: &_| {
            let (need, side) = dialogue(reader, call.viewer(), id)?;
            let found = messages::list(reader, need.id, side, filter, window)?;
            Ok(found.iter().map(|shown| view(shown, side)).collect())
        },
        count: move |reader: &mut _, call: &Call, filter: &MessageFilter, window: &_| {
            let (need, side) = dialogue(reader, call.viewer(), id)?;
            Ok(messages::count(reader, need.id, side, filter, window)?)
        },
    };
    listing::answer(app, call, query, &format!("/v1/needs/{id}/messages"), source).await
}
