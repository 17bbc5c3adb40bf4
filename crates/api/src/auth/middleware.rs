//! Authentication: who calls, and whether its token may call this operation at all.

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header;
use actix_web::middleware::Next;
use actix_web::{Error, HttpMessage, web};

use crate::app::App;
use crate::auth::actors;
use crate::auth::policy::{Policy, Rule};
use crate::config::Mode;
use crate::error::ApiError;
use crate::http::methods;

/// Lets a request to an operation through with its [`domain::actor::Actor`] in the extensions. What is no operation is
/// answered here, as 404 or 405: the router would hand `GET /v1/needs/check` to the operation that reads by id.
pub async fn authenticate(
    req: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let Some(app) = req.app_data::<web::Data<App>>().cloned() else {
        return Ok(req.error_response(ApiError::internal(anyhow::anyhow!("no app"))));
    };
    if app.mode == Mode::Demo && !is_local(&req) {
        return Ok(req.error_response(ApiError::new("host_not_allowed")));
    }
    if !req.path().starts_with("/v1/") {
        return next.call(req).await.map(ServiceResponse::map_into_boxed_body);
    }
    if req.uri().path().contains("%00") {
        // No name of ours has a NUL character, and a database may refuse even to look for one.
        return Ok(req.error_response(ApiError::not_found()));
    }
    let Some(rule) = rule_of(&req) else {
        return match methods::answer(req.request()) {
            Ok(answer) => Ok(req.into_response(answer)),
            Err(error) => Ok(req.error_response(error)),
        };
    };
    match admit(&app, &req, rule).await {
        Ok(()) => next.call(req).await.map(ServiceResponse::map_into_boxed_body),
        Err(error) => Ok(req.error_response(error)),
    }
}

fn rule_of(req: &ServiceRequest) -> Option<Rule> {
    let policy = req.app_data::<web::Data<Policy>>()?;
    policy.find(&req.match_pattern()?, req.method()).copied()
}

async fn admit(app: &web::Data<App>, req: &ServiceRequest, rule: Rule) -> Result<(), ApiError> {
    let token = req
        .headers()
        .get(header::AUTHORIZATION)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.split_once(' '))
        .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"))
        .map(|(_, token)| token.trim().to_owned())
        .ok_or_else(|| ApiError::new("unauthenticated").header("WWW-Authenticate", "Bearer"))?;
    let mut actor = actors::authenticate(app, &token).await?;
    rule.check(&actor)?;
    if let Some(person) = acting_person(req)? {
        let named = std::sync::Arc::make_mut(&mut actor);
        named.person = named.person.take().or(Some(person));
    }
    req.extensions_mut().insert(actor);
    Ok(())
}

/// `Acting-Person`: an opaque name of at most 64 characters that a machine client may send.
fn acting_person(req: &ServiceRequest) -> Result<Option<String>, ApiError> {
    let Some(value) = req.headers().get("acting-person") else { return Ok(None) };
    let person =
        value.to_str().ok().filter(|p| (1..=64).contains(&p.len())).filter(|p| p.bytes().all(|b| b.is_ascii_graphic()));
    match person {
        Some(person) if !domain::national_id::contains_national_id(person) => Ok(Some(person.to_owned())),
        _ => {
            let fault = contract::problem::Fault::new("invalid_header_value", "Acting-Person")
                .with("name", "Acting-Person")
                .with("expected", "1–64 visible ASCII characters, no identity number");
            Err(ApiError::new("invalid_header").because(fault))
        }
    }
}

/// Demo mode answers only on this machine, and only to a name of this machine, so that no page elsewhere can reach
/// it through a browser.
fn is_local(req: &ServiceRequest) -> bool {
    let host = req.headers().get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    let name = if let Some(v6) = host.strip_prefix('[') {
        v6.split(']').next().unwrap_or_default()
    } else {
        host.rsplit_once(':').map_or(host, |(name, _)| name)
    };
    matches!(name, "localhost" | "127.0.0.1" | "::1")
}
