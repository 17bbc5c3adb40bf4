//! `POST /oauth/token`: a client shows its secret and gets a token (RFC 6749 §4.4, errors as §5.2).

use actix_web::http::StatusCode;
use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, post, web};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use domain::actor::Scope;
use persistence::StoreError;
use persistence::auth::Client;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;
use utoipa::ToSchema;

use crate::app::App;
use crate::auth::issuer::TOKEN_SECONDS;
use crate::error::ApiError;

/// What a client sends, as a form. Its id and secret stand here or in the `Authorization` header.
#[derive(Deserialize, ToSchema)]
pub struct TokenRequest {
    /// `client_credentials`.
    #[schema(example = "client_credentials")]
    grant_type: Option<String>,
    /// The client's id, where it is not in the header.
    #[schema(example = "vestland-secretariat")]
    client_id: Option<String>,
    /// The client's secret, where it is not in the header.
    #[schema(example = "s3cr3t")]
    client_secret: Option<String>,
    /// Scopes, separated by spaces; all of the client's where left out.
    #[schema(example = "needs:write kartlegging:write")]
    scope: Option<String>,
}

/// A token.
#[derive(Serialize, ToSchema)]
pub struct TokenAnswer {
    /// Send it as `Authorization: Bearer …`.
    #[schema(example = "eyJhbGciOiJFZERTQSJ9.e30.c2ln")]
    access_token: String,
    /// `Bearer`.
    #[schema(example = "Bearer")]
    token_type: &'static str,
    /// Seconds until it expires.
    #[schema(example = 600)]
    expires_in: u64,
    /// What it may be used for.
    #[schema(example = "needs:write kartlegging:write")]
    scope: String,
}

/// Why there is no token.
#[derive(Serialize, ToSchema)]
pub struct TokenError {
    /// `invalid_request`, `invalid_client`, `unsupported_grant_type` or `invalid_scope`.
    #[schema(example = "invalid_client")]
    error: &'static str,
    /// What to do.
    #[schema(example = "the client is unknown or its secret is wrong")]
    error_description: &'static str,
}

/// Gets an access token.
///
/// The client names itself by HTTP Basic or in the form, and gets a token of ten minutes for the organisation that it
/// belongs to.
#[utoipa::path(
    tag = "access",
    operation_id = "create_token",
    request_body(content = TokenRequest, content_type = "application/x-www-form-urlencoded"),
    responses(
        (status = 200, description = "A token", body = TokenAnswer),
        (status = 400, description = "The request or a scope is not valid", body = TokenError),
        (status = 401, description = "The client is unknown or its secret is wrong", body = TokenError),
    ),
    security(())
)]
#[post("/oauth/token")]
pub async fn token(app: web::Data<App>, req: HttpRequest, body: web::Bytes) -> Result<HttpResponse, ApiError> {
    let Ok(form) = serde_html_form::from_bytes::<TokenRequest>(&body) else {
        return Ok(refuse("invalid_request", "send the parameters as application/x-www-form-urlencoded, each once"));
    };
    match form.grant_type.as_deref() {
        Some("client_credentials") => {}
        Some(_) => return Ok(refuse("unsupported_grant_type", "the grant_type is client_credentials")),
        None => return Ok(refuse("invalid_request", "grant_type is missing")),
    }
    let Some((id, secret)) = credentials(&req, &form) else {
        return Ok(refuse("invalid_client", "send client id and secret by HTTP Basic or in the form"));
    };
    let found = app.store.read("token", move |reader| persistence::auth::find_client(reader, &id)).await;
    let client = found.map_err(|error: StoreError| ApiError::from(error))?;
    let Some(client) = client.filter(|client| client.active && secret_is_right(client, &secret)) else {
        return Ok(refuse("invalid_client", "the client is unknown or its secret is wrong"));
    };
    let Some(scopes) = granted(&client, form.scope.as_deref()) else {
        return Ok(refuse("invalid_scope", "the client may not have one of these scopes"));
    };
    let access_token = app.issuer.issue(&client.id, &client.orgnr, &scopes).map_err(ApiError::internal)?;
    let scope = scopes.iter().map(|scope| scope.as_str()).collect::<Vec<_>>().join(" ");
    let answer = TokenAnswer { access_token, token_type: "Bearer", expires_in: TOKEN_SECONDS, scope };
    Ok(HttpResponse::Ok().insert_header((header::CACHE_CONTROL, "no-store")).json(answer))
}

/// By Basic (percent-encoded, RFC 6749 §2.3.1) or in the form, not both.
fn credentials(req: &HttpRequest, form: &TokenRequest) -> Option<(String, String)> {
    let basic = req.headers().get(header::AUTHORIZATION).and_then(|v| v.to_str().ok());
    match (basic, &form.client_id, &form.client_secret) {
        (Some(basic), None, None) => {
            let (scheme, encoded) = basic.split_once(' ')?;
            let decoded = scheme.eq_ignore_ascii_case("basic").then(|| STANDARD.decode(encoded.trim()).ok())??;
            let (id, secret) = std::str::from_utf8(&decoded).ok()?.split_once(':')?;
            let pairs = format!("i={id}&s={secret}");
            let fields: Vec<(String, String)> = serde_html_form::from_str(&pairs).ok()?;
            let [(_, id), (_, secret)] = <[(String, String); 2]>::try_from(fields).ok()?;
            Some((id, secret))
        }
        (None, Some(id), Some(secret)) => Some((id.clone(), secret.clone())),
        _ => None,
    }
}

/// The digest of a secret as the register keeps it.
pub fn digest_of(secret: &str) -> String {
    hex::encode(Sha256::digest(secret))
}

fn secret_is_right(client: &Client, secret: &str) -> bool {
    digest_of(secret).as_bytes().ct_eq(client.secret_hash.as_bytes()).into()
}

/// The scopes asked for, if the client may have them all; all of its own where none are named.
fn granted(client: &Client, asked: Option<&str>) -> Option<Vec<Scope>> {
    let Some(asked) = asked.filter(|asked| !asked.trim().is_empty()) else { return Some(client.scopes.clone()) };
    asked
        .split_whitespace()
        .map(|scope| scope.parse::<Scope>().ok().filter(|&wanted| client.scopes.iter().any(|own| own.covers(wanted))))
        .collect()
}

fn refuse(error: &'static str, error_description: &'static str) -> HttpResponse {
    let status = if error == "invalid_client" { StatusCode::UNAUTHORIZED } else { StatusCode::BAD_REQUEST };
    let mut response = HttpResponse::build(status);
    response.insert_header((header::CACHE_CONTROL, "no-store"));
    if status == StatusCode::UNAUTHORIZED {
        response.insert_header((header::WWW_AUTHENTICATE, "Basic"));
    }
    response.json(TokenError { error, error_description })
}
