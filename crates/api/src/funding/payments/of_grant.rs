//! `GET /v1/grants/{id}/payments`.

use actix_web::{HttpResponse, get, web};
use contract::funding::payments::PaymentPage;
use domain::ids::GrantId;
use persistence::Reader;
use persistence::funding::payments::{self, PaymentFilter};
use serde::Deserialize;
use utoipa::IntoParams;
use uuid::Uuid;

use super::get::view;
use crate::app::App;
use crate::error::ApiError;
use crate::funding::grants::get::find_as_party;
use crate::http::call::Call;
use crate::http::listing::{self, Source};
use crate::http::query::ListQuery;

/// A grant's payments have no filters of their own.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct GrantPaymentQuery {}

/// Lists a grant's payments.
///
/// Oldest first, cancelled ones too. A recipient that is not the sender sees its own payments.
#[utoipa::path(
    tag = "funding",
    operation_id = "list_grant_payments",
    params(("id" = Uuid, Path, description = "The grant's id"), GrantPaymentQuery),
    responses((status = 200, description = "A page of payments", body = PaymentPage)),
    security(("bearer" = ["funding:read"]))
)]
#[get("/{id}/payments")]
pub async fn of_grant(
    app: web::Data<App>,
    call: Call,
    id: web::Path<Uuid>,
    query: ListQuery<GrantPaymentQuery>,
) -> Result<HttpResponse, ApiError> {
    let id = GrantId(id.into_inner());
    let of_grant = PaymentFilter { grant: Some(id), ..PaymentFilter::default() };
    let counted = of_grant.clone();
    let source = Source {
        name: "grant.payments",
        list: move |reader: &mut Reader, call: &Call, _: &GrantPaymentQuery, window: &_| {
            find_as_party(reader, call.viewer(), id)?;
            Ok(payments::list(reader, call.viewer(), &of_grant, window)?.iter().map(view).collect())
        },
        count: move |reader: &mut Reader, call: &Call, _: &GrantPaymentQuery, window: &_| {
            Ok(payments::count(reader, call.viewer(), &counted, window)?)
        },
    };
    listing::answer(app, call, query, &format!("/v1/grants/{id}/payments"), source).await
}
