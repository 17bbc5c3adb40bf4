//! `GET /v1/needs/{id}/attachments`.

use actix_web::{HttpResponse, get, web};
use contract::needs::{Attachment as AttachmentView, AttachmentPage, lists};
use domain::ids::NeedId;
use domain::needs::AttachmentPurpose;
use persistence::needs::attachments::{self, AttachmentFilter};
use serde::Deserialize;
use utoipa::IntoParams;
use uuid::Uuid;

use crate::app::App;
use crate::error::ApiError;
use crate::http::call::Call;
use crate::http::listing::{self, Listed, Source};
use crate::http::query::ListQuery;
use crate::needs::load::visible;

/// Filters of the list of attachments.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct AttachmentListQuery {
    /// Only those for this.
    #[param(value_type = Option<lists::AttachmentPurpose>, example = "case")]
    purpose: Option<AttachmentPurpose>,
    /// Only those that belong to the submission with this number.
    #[param(example = 1)]
    submission: Option<i64>,
}

impl Listed for AttachmentView {
    fn key(&self) -> String {
        self.id.to_string()
    }
}

/// Lists the attachments of a need.
///
/// Oldest first, those that the caller sees: for the dialogue only as sender or county governor; for the case once they
/// are submitted, as the sender, those that it invited and the networks that the need is shared with also before. What
/// was taken out of the draft stays with the submissions that had it, and has a `last_version`.
#[utoipa::path(
    tag = "needs",
    operation_id = "list_attachments",
    params(("id" = Uuid, Path, description = "The need's id"), AttachmentListQuery),
    responses((status = 200, description = "A page of attachments", body = AttachmentPage)),
    security(("bearer" = ["needs:read"]))
)]
#[get("/{id}/attachments")]
pub async fn list(
    app: web::Data<App>,
    call: Call,
    id: web::Path<Uuid>,
    query: ListQuery<AttachmentListQuery>,
) -> Result<HttpResponse, ApiError> {
    let id = NeedId(id.into_inner());
    let query = query.map(|query| AttachmentFilter { purpose: query.purpose, submission: query.submission });
    let source = Source {
        name: "attachment.list",
        list: move |reader: &mut _, call: &Call, filter: &AttachmentFilter, window: &_| {
            let (need, reading) = visible(reader, call.viewer(), id)?;
            let found = attachments::list(reader, need.id, &reading, filter, window)?;
            let met = found.into_iter().map(|attachment| attachment.as_met(&reading, need.submitted_version));
            Ok(met.map(|attachment| AttachmentView::from(&attachment)).collect())
        },
        count: move |reader: &mut _, call: &Call, filter: &AttachmentFilter, window: &_| {
            let (need, reading) = visible(reader, call.viewer(), id)?;
            Ok(attachments::count(reader, need.id, &reading, filter, window)?)
        },
    };
    listing::answer(app, call, query, &format!("/v1/needs/{id}/attachments"), source).await
}
