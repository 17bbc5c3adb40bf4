//! `GET /v1/me`: who I am here.

use actix_web::{HttpResponse, get, web};
use contract::me::{Me, MyNetwork};

use crate::app::App;
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::call::Call;

/// Tells who the caller is.
///
/// The organisation, its kind, seats and networks in our register, the person where known, and what the token may be used for.
#[utoipa::path(
    tag = "access",
    operation_id = "get_me",
    responses((status = 200, description = "The caller", body = Me)),
    security(("bearer" = []))
)]
#[get("")]
pub async fn me(app: web::Data<App>, call: Call) -> Result<HttpResponse, ApiError> {
    let work = |reader: &mut persistence::Reader, call: &Call| {
        let own = &call.viewer().orgnr;
        let organisation =
            persistence::organisations::find(reader, own)?.ok_or_else(|| ApiError::new("unauthenticated"))?;
        let networks = persistence::networks::of_member(reader, own)?;
        let networks = networks.into_iter().map(|n| MyNetwork { network_id: n.id.0, name: n.name }).collect();
        Answer::untagged(&Me::of(&call.actor, &organisation, networks))
    };
    app.read::<_, ApiError>("me", call, work).await
}
