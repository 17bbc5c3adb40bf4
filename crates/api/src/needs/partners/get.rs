//! `GET /v1/needs/{id}/partners/{orgnr}`.

use actix_web::{HttpResponse, get, web};
use contract::needs::Partner as PartnerView;
use domain::ids::NeedId;
use domain::orgnr::OrgNr;
use persistence::needs::{self, Partner};
use uuid::Uuid;

use crate::app::App;
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::call::Call;
use crate::needs::load::visible;

/// Reads an invited partner of a need.
#[utoipa::path(
    tag = "needs",
    operation_id = "get_partner",
    description = "Its answer, and the version to give back in `If-Match` when answering.",
    params(
        ("id" = Uuid, Path, description = "The need's id"),
        ("orgnr" = String, Path, description = "The partner's organisation number"),
    ),
    responses((status = 200, description = "The partner", body = PartnerView)),
    security(("bearer" = ["needs:read"]))
)]
#[get("/{id}/partners/{orgnr}")]
pub async fn get(app: web::Data<App>, call: Call, path: web::Path<(Uuid, String)>) -> Result<HttpResponse, ApiError> {
    let (id, orgnr) = path.into_inner();
    let (id, orgnr) = (NeedId(id), OrgNr::parse(&orgnr, app.synthetic()).map_err(|_| ApiError::not_found())?);
    app.read::<_, ApiError>("partner.get", call, move |reader, call| {
        visible(reader, call.viewer(), id)?;
        let partner = needs::find_partner(reader, id, &orgnr)?.ok_or_else(ApiError::not_found)?;
        Answer::ok(&view(&partner), partner.version)
    })
    .await
}

/// A partner as everybody sees it who sees the need.
pub(super) fn view(partner: &Partner) -> PartnerView {
    PartnerView {
        need_id: partner.need.0,
        orgnr: partner.orgnr.to_string(),
        name: partner.name.clone(),
        state: partner.state,
        invited_at: partner.invited_at,
        answered_at: partner.answered_at,
        reason: partner.reason.clone(),
        version: partner.version,
        updated_at: partner.updated_at,
    }
}
