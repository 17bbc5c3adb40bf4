//! What follows from an operation's form, so that no operation has to write it down: the errors that it can give,
//! the headers that it takes and sends, and the parameters that every list knows.

use std::collections::{BTreeMap, BTreeSet};

use actix_web::http::Method;
use contract::problem::{PROBLEMS, Problem};
use contract::texts;
use domain::language::Language;
use serde_json::{Value, json};
use utoipa::openapi::header::HeaderBuilder;
use utoipa::openapi::path::{Operation, Parameter, ParameterBuilder, ParameterIn};
use utoipa::openapi::schema::{ArrayBuilder, Schema};
use utoipa::openapi::{ContentBuilder, KnownFormat, ObjectBuilder, Ref, RefOr, Required, Response, ResponseBuilder};
use utoipa::openapi::{SchemaFormat, Type};
use utoipa::{PartialSchema, ToSchema};

/// The name of an error response among the components, and when it is given.
const ERRORS: [(u16, &str, &str); 14] = [
    (400, "BadRequest", "The body, a parameter or a header cannot be read, or a filter is unknown"),
    (401, "Unauthorized", "The token is missing or no longer good"),
    (403, "Forbidden", "The caller may not do this"),
    (404, "NotFound", "It does not exist, or the caller may not see it"),
    (406, "NotAcceptable", "None of the accepted formats can be given"),
    (408, "RequestTimeout", "The body came too slowly"),
    (409, "Conflict", "Not possible in the present state"),
    (412, "PreconditionFailed", "Changed since it was read"),
    (413, "ContentTooLarge", "The body is too large"),
    (415, "UnsupportedMediaType", "The body is of another type"),
    (422, "UnprocessableContent", "The content is not valid, or a rule is broken; every fault is listed"),
    (428, "PreconditionRequired", "`If-Match` is missing"),
    (500, "InternalServerError", "Our own fault"),
    (503, "ServiceUnavailable", "Busy, or the database is away; see `Retry-After`"),
];

/// The error responses, for the document's components.
pub fn error_responses() -> BTreeMap<String, RefOr<Response>> {
    ERRORS
        .into_iter()
        .map(|(status, name, description)| {
            let content = ContentBuilder::new()
                .schema(Some(Ref::from_schema_name(Problem::name())))
                .example(Some(example_of(status)))
                .build();
            let response = ResponseBuilder::new().description(description).content("application/problem+json", content);
            let response = if status == 503 {
                response.header("Retry-After", header("Seconds to wait before the next try", "1"))
            } else {
                response
            };
            (name.to_owned(), RefOr::T(response.build()))
        })
        .collect()
}

/// A problem of this status as a caller sees it who reads English.
fn example_of(status: u16) -> Value {
    let code = PROBLEMS.iter().find(|problem| problem.status == status).map_or("internal_error", |found| found.code);
    let text = texts::problem(Language::En, code);
    json!({
        "type": format!("/problems/{code}"),
        "title": text.map_or(code, |text| text.title.as_str()),
        "status": status,
        "code": code,
        "detail": text.map_or(code, |text| text.detail.as_str()),
        "instance": "/v1/needs",
        "request_id": "01936b0e-7c1a-7000-8000-1234567890ab",
    })
}

/// What completes the operations of one document.
pub struct Completion {
    /// Schemas with a `next_cursor`: pages of lists.
    pages: BTreeSet<String>,
    /// Schemas with a `version`: single resources, which have a tag.
    versioned: BTreeSet<String>,
}

impl Completion {
    /// Reads off the schemas which answers are pages and which are single resources.
    pub fn of(schemas: &BTreeMap<String, RefOr<Schema>>) -> Self {
        let having = |member: &str| {
            schemas.iter().filter(|(_, schema)| has(schema, member, schemas)).map(|(name, _)| name.clone()).collect()
        };
        Self { pages: having("next_cursor"), versioned: having("version") }
    }

    /// Completes one operation under `/v1`; what lies outside describes itself.
    pub fn complete(&self, path: &str, method: &Method, operation: &mut Operation) {
        if !path.starts_with("/v1/") {
            return;
        }
        let takes_if_match = takes_if_match(method, operation);
        add_errors(operation, &statuses(path, method, operation.request_body.is_some(), takes_if_match));
        if *method == Method::POST {
            add(
                operation,
                text_header(
                    "Idempotency-Key",
                    "1–255 visible ASCII characters; a retry with the same key gets the same answer, for 7 days",
                ),
            );
        }
        if takes_if_match {
            add(
                operation,
                text_header("If-Match", "The version that is changed: `\"<version>\"` or the whole entity tag"),
            );
        }
        if *method == Method::PUT && says(operation, "`If-None-Match: *`") {
            add(operation, text_header("If-None-Match", "`*`, in place of `If-Match`, where there is nothing yet"));
        }
        self.complete_answer(method, operation);
    }

    fn complete_answer(&self, method: &Method, operation: &mut Operation) {
        let Some((status, answer)) = success(operation) else { return };
        let Some(schema) = schema_name(answer) else { return };
        if status == "201" {
            answer.headers.insert(
                "Location".to_owned(),
                header("Where the new resource is", "/v1/rounds/01936b0e-7c1a-7000-8000-1234567890ab").into(),
            );
        }
        if self.pages.contains(&schema) {
            answer.headers.insert(
                "Link".to_owned(),
                header("The next page, as `rel=\"next\"`", "</v1/rounds?cursor=MDE5>; rel=\"next\"").into(),
            );
            for (content_type, description) in [
                ("text/csv", "The whole list, a line per item, under the names of the members"),
                ("application/x-ndjson", "The whole list, a line of JSON per item"),
            ] {
                let schema = ObjectBuilder::new().schema_type(Type::String).description(Some(description));
                let content = ContentBuilder::new().schema(Some(schema)).build();
                answer.content.insert(content_type.to_owned(), content.into());
            }
            for parameter in list_parameters() {
                add(operation, parameter);
            }
        } else if self.versioned.contains(&schema) {
            answer.headers.insert("ETag".to_owned(), header("Version and hash of the body", "\"3.9f86d081\"").into());
            if *method == Method::GET {
                let not_modified = ResponseBuilder::new().description("Still what `If-None-Match` names").build();
                operation.responses.responses.insert("304".to_owned(), not_modified.into());
                add(
                    operation,
                    text_header(
                        "If-None-Match",
                        "An entity tag; when it still holds, the answer is 304 without a body",
                    ),
                );
            }
        }
    }
}

/// Whether a schema has a member: by itself, or from one of those that it is made of.
fn has(schema: &RefOr<Schema>, member: &str, schemas: &BTreeMap<String, RefOr<Schema>>) -> bool {
    match schema {
        RefOr::T(Schema::Object(object)) => object.properties.contains_key(member),
        RefOr::T(Schema::AllOf(all)) => all.items.iter().any(|part| has(part, member, schemas)),
        RefOr::T(_) => false,
        RefOr::Ref(reference) => {
            name_of(reference).and_then(|name| schemas.get(name)).is_some_and(|it| has(it, member, schemas))
        }
    }
}

/// The errors that an operation of this form can give.
fn statuses(path: &str, method: &Method, has_body: bool, takes_if_match: bool) -> Vec<u16> {
    let writes = *method != Method::GET;
    let mut statuses = vec![400, 401, 403, 406, 500, 503];
    if path.contains('{') || writes {
        statuses.push(404);
    }
    if writes {
        statuses.extend([409, 422]);
    }
    if has_body {
        statuses.extend([408, 413, 415]);
    }
    if takes_if_match {
        statuses.extend([412, 428]);
    }
    statuses.sort_unstable();
    statuses
}

fn add_errors(operation: &mut Operation, statuses: &[u16]) {
    for (status, name, _) in ERRORS.iter().filter(|(status, ..)| statuses.contains(status)) {
        let reference = RefOr::Ref(Ref::from_response_name(*name));
        operation.responses.responses.entry(status.to_string()).or_insert(reference);
    }
}

/// What changes or removes something names its version; a transition that does so says it in its description. What is
/// named by its content needs none.
fn takes_if_match(method: &Method, operation: &Operation) -> bool {
    let is_digested = operation.parameters.iter().flatten().any(is_digest);
    let by_method = [Method::PATCH, Method::DELETE, Method::PUT].contains(method) && !is_digested;
    by_method || (*method == Method::POST && says(operation, "`If-Match`"))
}

fn says(operation: &Operation, word: &str) -> bool {
    operation.description.as_deref().is_some_and(|text| text.contains(word))
}

fn is_digest(parameter: &RefOr<Parameter>) -> bool {
    matches!(parameter, RefOr::T(parameter) if parameter.name == "Content-Digest")
}

fn success(operation: &mut Operation) -> Option<(String, &mut Response)> {
    operation.responses.responses.iter_mut().find_map(|(status, response)| match response {
        RefOr::T(response) if status.starts_with('2') => Some((status.clone(), response)),
        _ => None,
    })
}

/// The name of the schema that an answer's JSON has.
fn schema_name(answer: &Response) -> Option<String> {
    let RefOr::T(content) = answer.content.get("application/json")? else { return None };
    let Some(RefOr::Ref(reference)) = &content.schema else { return None };
    name_of(reference).map(str::to_owned)
}

fn name_of(reference: &Ref) -> Option<&str> {
    reference.ref_location.rsplit('/').next()
}

/// What every list knows besides its own filters.
fn list_parameters() -> [Parameter; 5] {
    let integer = ObjectBuilder::new().schema_type(Type::Integer).minimum(Some(1)).maximum(Some(200));
    let id = ObjectBuilder::new().schema_type(Type::String).max_length(Some(64));
    let instant =
        ObjectBuilder::new().schema_type(Type::String).format(Some(SchemaFormat::KnownFormat(KnownFormat::DateTime)));
    let ids = ArrayBuilder::new().items(id).max_items(Some(200));
    [
        query("limit", "Items of a page; 50 unless told", integer.default(Some(json!(50))).build(), json!(50)),
        query("cursor", "`next_cursor` of the page before", String::schema(), Value::Null),
        query(
            "updated_since",
            "Only items changed at or after this instant",
            instant.build(),
            json!("2026-11-21T11:00:00Z"),
        ),
        query("id", "Only these, by id or number; may be repeated, up to 200 times", ids.build(), Value::Null),
        query("include_total", "Whether to count the whole list", bool::schema(), json!(true)),
    ]
}

fn query(name: &str, description: &str, schema: impl Into<RefOr<Schema>>, example: Value) -> Parameter {
    parameter(ParameterIn::Query, name, description, schema.into(), Some(example).filter(|value| !value.is_null()))
}

fn text_header(name: &str, description: &str) -> Parameter {
    parameter(ParameterIn::Header, name, description, String::schema(), None)
}

fn parameter(
    place: ParameterIn,
    name: &str,
    description: &str,
    schema: RefOr<Schema>,
    example: Option<Value>,
) -> Parameter {
    ParameterBuilder::new()
        .name(name)
        .parameter_in(place)
        .required(Required::False)
        .description(Some(description))
        .schema(Some(schema))
        .example(example)
        .build()
}

fn add(operation: &mut Operation, parameter: Parameter) {
    let parameters = operation.parameters.get_or_insert_default();
    let there = |known: &RefOr<Parameter>| matches!(known, RefOr::T(known) if known.name == parameter.name);
    if !parameters.iter().any(there) {
        parameters.push(parameter.into());
    }
}

fn header(description: &str, example: &str) -> utoipa::openapi::Header {
    HeaderBuilder::new()
        .description(Some(description))
        .schema(Some(ObjectBuilder::new().schema_type(Type::String).examples([json!(example)])))
        .build()
}
