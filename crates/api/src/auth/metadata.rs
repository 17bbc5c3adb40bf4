//! What others need to know to use and check our tokens.

use actix_web::{HttpResponse, get, web};
use domain::actor::Scope;
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

use crate::app::App;

/// The issuer's metadata (RFC 8414).
#[derive(Serialize, ToSchema)]
pub struct Metadata {
    /// The issuer, as in `iss`.
    #[schema(example = "http://127.0.0.1:8080")]
    issuer: String,
    /// Where tokens are given.
    #[schema(example = "http://127.0.0.1:8080/oauth/token")]
    token_endpoint: String,
    /// Where the keys are.
    #[schema(example = "http://127.0.0.1:8080/.well-known/jwks.json")]
    jwks_uri: String,
    /// How a client may ask.
    grant_types_supported: [&'static str; 1],
    /// How a client may name itself.
    token_endpoint_auth_methods_supported: [&'static str; 2],
    /// Every scope.
    scopes_supported: Vec<&'static str>,
}

/// Describes the token issuer.
///
/// For client libraries that configure themselves.
#[utoipa::path(
    tag = "access",
    operation_id = "get_issuer_metadata",
    responses((status = 200, description = "The metadata", body = Metadata)),
    security(())
)]
#[get("/.well-known/oauth-authorization-server")]
pub async fn metadata(app: web::Data<App>) -> HttpResponse {
    let issuer = app.issuer.name().to_owned();
    HttpResponse::Ok().json(Metadata {
        token_endpoint: format!("{issuer}/oauth/token"),
        jwks_uri: format!("{issuer}/.well-known/jwks.json"),
        grant_types_supported: ["client_credentials"],
        token_endpoint_auth_methods_supported: ["client_secret_basic", "client_secret_post"],
        scopes_supported: Scope::ALL.iter().map(|scope| scope.as_str()).collect(),
        issuer,
    })
}

/// A key set (RFC 7517).
#[derive(Serialize, ToSchema)]
pub struct KeySet {
    /// The keys.
    #[schema(value_type = Vec<Object>)]
    keys: Value,
}

/// Gives the keys that check our tokens.
///
/// As a JSON Web Key Set.
#[utoipa::path(
    tag = "access",
    operation_id = "get_key_set",
    responses((status = 200, description = "The keys", body = KeySet)),
    security(())
)]
#[get("/.well-known/jwks.json")]
pub async fn key_set(app: web::Data<App>) -> HttpResponse {
    let mut set = app.issuer.key_set();
    HttpResponse::Ok().json(KeySet { keys: set["keys"].take() })
}
