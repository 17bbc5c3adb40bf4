//! The OpenAPI document: made from the router, so that it can show nothing but what works.

mod completion;
mod examples;

use std::sync::LazyLock;

use actix_web::http::Method;
use actix_web::{App as ActixApp, HttpResponse, get, web};
use contract::problem::{PROBLEMS, Problem};
use domain::actor::Scope;
use serde::Serialize;
use serde_json::{Value, json};
use utoipa::openapi::path::{Operation, PathItem};
use utoipa::openapi::security::{ClientCredentials, Flow, OAuth2, Scopes, SecurityScheme};
use utoipa::openapi::{Components, InfoBuilder, License, OpenApi, Server};
use utoipa::{PartialSchema, ToSchema};
use utoipa_actix_web::AppExt;

use crate::error::ApiError;
use crate::openapi::completion::Completion;
use crate::routes;

/// Both forms of the document, written when somebody first asks: the server is not to start later for it.
static JSON: LazyLock<String> = LazyLock::new(|| document().to_pretty_json().expect("the document is JSON"));
static YAML: LazyLock<String> = LazyLock::new(|| document().to_yaml().expect("the document is YAML"));

/// The operations as the router has them, before anything is added that only readers of the document need.
pub fn routed() -> OpenApi {
    ActixApp::new().into_utoipa_app().configure(routes::all).split_for_parts().1
}

/// The document of everything the router has.
pub fn document() -> OpenApi {
    let mut document = routed();
    document.info = InfoBuilder::new()
        .title("Kompetanseløft")
        .version(env!("CARGO_PKG_VERSION"))
        .description(Some(include_str!("openapi.md")))
        .license(Some(License::builder().name("MIT").identifier(Some("MIT")).build()))
        .build();
    document.servers = Some(vec![Server::new("/")]);
    document.tags = Some(tags());
    let components = document.components.get_or_insert_with(Components::new);
    components.schemas.insert(Problem::name().into_owned(), Problem::schema());
    let mut nested = Vec::new();
    Problem::schemas(&mut nested);
    components.schemas.extend(nested);
    components.add_security_scheme("bearer", access());
    components.responses.extend(completion::error_responses());
    let completion = Completion::of(&components.schemas);
    for (path, item) in &mut document.paths.paths {
        for (method, operation) in methods_of_mut(item) {
            completion.complete(path, &method, operation);
        }
    }
    examples::add(&mut document);
    document
}

/// How a client gets in: a bearer token from our own issuer. Told as a flow, so that /docs can fetch the token.
fn access() -> SecurityScheme {
    let scopes = Scope::ALL.iter().map(|scope| (scope.as_str(), scope.meaning()));
    let flow = Flow::ClientCredentials(ClientCredentials::new("/oauth/token", scopes.collect::<Scopes>()));
    SecurityScheme::OAuth2(OAuth2::with_description([flow], "Client id and secret buy a bearer token (JWT)"))
}

fn tags() -> Vec<utoipa::openapi::Tag> {
    const TAGS: [(&str, &str); 12] = [
        ("access", "Tokens, and who I am"),
        ("reference", "Codes, counties, municipalities, competence areas, rulesets"),
        ("organisations", "Organisations, their units"),
        ("rounds", "Rounds of applications"),
        ("needs", "Needs, from draft to decision"),
        ("guidance", "Guidance: questions with answers, and learning resources"),
        ("networks", "Regional networks: needs side by side, coordinations, meetings"),
        ("kartlegging", "Kartlegging: what units can and need"),
        ("forum", "The collaboration forum: meetings, items, recommendations"),
        ("funding", "Frames, grants, payments, reports"),
        ("events", "What happened"),
        ("service", "The service itself"),
    ];
    TAGS.into_iter()
        .map(|(name, text)| utoipa::openapi::tag::TagBuilder::new().name(name).description(Some(text)).build())
        .collect()
}

fn methods_of_mut(item: &mut PathItem) -> impl Iterator<Item = (Method, &mut Operation)> {
    [
        (Method::GET, item.get.as_mut()),
        (Method::POST, item.post.as_mut()),
        (Method::PUT, item.put.as_mut()),
        (Method::PATCH, item.patch.as_mut()),
        (Method::DELETE, item.delete.as_mut()),
    ]
    .into_iter()
    .filter_map(|(method, operation)| Some((method, operation?)))
}

/// Every operation of a document: path, method, operation.
pub fn operations(document: &OpenApi) -> Vec<(&str, Method, &Operation)> {
    document
        .paths
        .paths
        .iter()
        .flat_map(|(path, item)| {
            [
                (Method::GET, item.get.as_ref()),
                (Method::POST, item.post.as_ref()),
                (Method::PUT, item.put.as_ref()),
                (Method::PATCH, item.patch.as_ref()),
                (Method::DELETE, item.delete.as_ref()),
            ]
            .into_iter()
            .filter_map(|(method, operation)| Some((path.as_str(), method, operation?)))
        })
        .collect()
}

/// The contract as JSON.
///
/// OpenAPI 3.1, made from the operations that this server has.
#[utoipa::path(
    tag = "service",
    operation_id = "get_openapi_json",
    responses((status = 200, description = "The document", body = Value, content_type = "application/json",
        example = json!({ "openapi": "3.1.0" }))),
    security(())
)]
#[get("/openapi.json")]
pub async fn json() -> Result<HttpResponse, ApiError> {
    written("application/json", &JSON).await
}

/// The contract as YAML.
///
/// The same document.
#[utoipa::path(
    tag = "service",
    operation_id = "get_openapi_yaml",
    responses((status = 200, description = "The document", body = String, content_type = "application/yaml")),
    security(())
)]
#[get("/openapi.yaml")]
pub async fn yaml() -> Result<HttpResponse, ApiError> {
    written("application/yaml", &YAML).await
}

/// One form of the document. Whoever asks first waits until it is written, and nobody else: it takes longer than a
/// connection waits for its turn.
async fn written(content_type: &'static str, form: &'static LazyLock<String>) -> Result<HttpResponse, ApiError> {
    let text = web::block(|| form.as_str()).await.map_err(ApiError::internal)?;
    Ok(HttpResponse::Ok().content_type(content_type).body(text))
}

/// A problem code explained.
#[derive(Serialize, ToSchema)]
pub struct ProblemExplained {
    /// The code.
    #[schema(example = "not_found")]
    code: &'static str,
    /// Its HTTP status.
    #[schema(example = 404)]
    status: u16,
    /// Title and what to do, by language.
    #[schema(value_type = Object)]
    texts: Value,
}

/// Explains a problem code.
///
/// Where the `type` of a problem leads.
#[utoipa::path(
    tag = "service",
    operation_id = "get_problem",
    params(("code" = String, Path, description = "The problem's code", example = "not_found")),
    responses(
        (status = 200, description = "The problem", body = ProblemExplained),
        (status = 404, description = "There is no such problem", body = Problem, content_type = "application/problem+json"),
    ),
    security(())
)]
#[get("/problems/{code}")]
pub async fn problem(code: web::Path<String>) -> Result<HttpResponse, ApiError> {
    let known = PROBLEMS.iter().find(|p| p.code == *code).ok_or_else(ApiError::not_found)?;
    let texts: serde_json::Map<String, Value> = domain::language::Language::ALL
        .iter()
        .filter_map(|&language| {
            let text = contract::texts::problem(language, known.code)?;
            Some((language.to_string(), json!({ "title": text.title, "detail": text.detail })))
        })
        .collect();
    Ok(HttpResponse::Ok().json(ProblemExplained { code: known.code, status: known.status, texts: texts.into() }))
}
