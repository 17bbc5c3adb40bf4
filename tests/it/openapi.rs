//! The OpenAPI document is all that frontend teams see: it equals the code, and says everything.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use crate::support::openapi::{Operation, document, operations, resolved};
use crate::support::repository;

/// The media types of a request's or an answer's content, with what the document says of each.
fn contents(of: &Value) -> impl Iterator<Item = (&String, &Value)> {
    of["content"].as_object().into_iter().flatten()
}

/// The request of an operation and all its answers, each with its name for a failed assertion.
fn messages<'a>(operation: &Operation<'a>, document: &'a Value) -> Vec<(String, &'a Value)> {
    let answers = operation.body["responses"].as_object().into_iter().flatten();
    let request = operation.body.get("requestBody").map(|request| ("request".to_owned(), request));
    request
        .into_iter()
        .chain(answers.map(|(status, answer)| (status.clone(), answer)))
        .map(|(name, message)| (format!("{} {name}", operation.name()), resolved(message, document)))
        .collect()
}

fn is_json(content_type: &str) -> bool {
    content_type == "application/json" || content_type.ends_with("+json")
}

fn is_told(value: &Value) -> bool {
    value.as_str().is_some_and(|text| !text.trim().is_empty())
}

#[test]
fn the_committed_document_is_what_the_server_serves() {
    let built = api::openapi::document().to_yaml().expect("the document can be written");
    assert!(repository::read("openapi.yaml") == built, "openapi.yaml is out of date: run `make openapi`");
}

#[test]
fn every_operation_has_an_id_of_its_own_that_says_what_it_does_to_what() {
    let document = document();
    let mut seen: BTreeMap<String, String> = BTreeMap::new();
    for operation in operations(&document) {
        let id = operation.id().to_owned();
        let parts: Vec<&str> = id.split('_').collect();
        let lower =
            |part: &&str| !part.is_empty() && part.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit());
        assert!(parts.len() >= 2 && parts.iter().all(lower), "<verb>_<resource>: {}", operation.name());
        if let Some(other) = seen.insert(id, operation.name()) {
            panic!("the same id twice: {other} and {}", operation.name());
        }
    }
    assert!(!seen.is_empty());
}

#[test]
fn every_operation_says_what_it_is_and_who_may_call_it() {
    let document = document();
    let declared: BTreeSet<&str> =
        document["tags"].as_array().into_iter().flatten().filter_map(|tag| tag["name"].as_str()).collect();
    for operation in operations(&document) {
        let (name, body) = (operation.name(), operation.body);
        assert!(is_told(&body["summary"]), "no summary: {name}");
        assert!(is_told(&body["description"]), "no description: {name}");
        let tags: Vec<&str> = body["tags"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        assert!(tags.len() == 1 && declared.contains(tags[0]), "one declared tag: {name} has {tags:?}");
        let security = body["security"].as_array().unwrap_or_else(|| panic!("no security: {name}"));
        let asks_for_token = security.iter().all(|way| way.get("bearer").is_some());
        assert_eq!(asks_for_token, operation.needs_token(), "a token is needed under /v1 and nowhere else: {name}");
    }
}

#[test]
fn every_operation_shows_every_error_that_it_can_give() {
    let document = document();
    for operation in operations(&document).filter(Operation::needs_token) {
        let (name, body) = (operation.name(), operation.body);
        let mut expected = vec![400, 401, 403, 406, 500, 503];
        let writes = operation.method != "get";
        if writes {
            expected.extend([404, 409, 422]);
        } else if operation.path.contains('{') {
            expected.push(404);
        }
        if body.get("requestBody").is_some() {
            expected.extend([408, 413, 415]);
        }
        let headers =
            body["parameters"].as_array().into_iter().flatten().filter(|parameter| parameter["in"] == "header");
        let headers: BTreeSet<&str> = headers.filter_map(|parameter| parameter["name"].as_str()).collect();
        if headers.contains("If-Match") {
            expected.extend([412, 428]);
        }
        assert_eq!(headers.contains("Idempotency-Key"), operation.method == "post", "POST and nothing else: {name}");
        assert!(headers.contains("If-Match") || !matches!(operation.method, "patch" | "delete"), "no If-Match: {name}");
        for status in expected {
            let answer = resolved(&body["responses"][status.to_string()], &document);
            let schema = &answer["content"]["application/problem+json"]["schema"];
            assert_eq!(schema, &json!({ "$ref": "#/components/schemas/Problem" }), "{status} of {name}");
        }
    }
}

#[test]
fn whatever_has_a_tag_says_how_it_is_read_again_and_made_once() {
    let document = document();
    let all: Vec<Operation<'_>> = operations(&document).collect();
    let takes = |id: &str, header: &str| {
        let operation = all.iter().find(|operation| operation.id() == id).unwrap_or_else(|| panic!("no {id}"));
        let mut parameters = operation.body["parameters"].as_array().into_iter().flatten();
        (parameters.any(|it| it["in"] == "header" && it["name"] == header), operation.body["responses"].clone())
    };
    // Also what is made of two schemas, of which only one has the version.
    for id in ["get_round", "get_need", "get_response", "get_unit_code"] {
        let (is_taken, responses) = takes(id, "If-None-Match");
        assert!(is_taken && responses.get("304").is_some(), "{id}");
        assert!(responses["200"]["headers"].get("ETag").is_some(), "{id}");
    }
    for id in ["put_unit_code", "put_private_owner", "put_attendance", "put_recusal"] {
        assert!(takes(id, "If-None-Match").0 && takes(id, "If-Match").0, "{id}");
    }
    assert!(!takes("put_network_member", "If-None-Match").0);
}

#[test]
fn every_member_parameter_header_and_answer_is_described() {
    let document = document();
    let mut missing = Vec::new();
    for (schema, body) in document["components"]["schemas"].as_object().into_iter().flatten() {
        for (member, described) in body["properties"].as_object().into_iter().flatten() {
            // What may be null and is a type of its own is described where it refers to that type.
            let branches = described["oneOf"].as_array().into_iter().flatten();
            if !branches.chain([described]).any(|place| is_told(&place["description"])) {
                missing.push(format!("{schema}.{member}"));
            }
        }
    }
    for operation in operations(&document) {
        for parameter in operation.body["parameters"].as_array().into_iter().flatten() {
            if !is_told(&parameter["description"]) {
                missing.push(format!("{}: parameter {}", operation.name(), parameter["name"]));
            }
        }
        for (status, answer) in operation.body["responses"].as_object().into_iter().flatten() {
            if !is_told(&resolved(answer, &document)["description"]) {
                missing.push(format!("{}: answer {status}", operation.name()));
            }
        }
    }
    assert!(missing.is_empty(), "without a description:\n{}", missing.join("\n"));
}

#[test]
fn every_text_in_a_body_has_an_example_a_format_or_a_list() {
    let document = document();
    let mut missing = Vec::new();
    for (schema, body) in document["components"]["schemas"].as_object().into_iter().flatten() {
        for (member, described) in body["properties"].as_object().into_iter().flatten() {
            let is_text = |of: &Value| of["type"] == "string" || of["type"] == json!(["string", "null"]);
            let says =
                |of: &Value| ["example", "examples", "format", "enum", "const"].iter().any(|key| of.get(key).is_some());
            if is_text(described) && !says(described) {
                missing.push(format!("{schema}.{member}"));
            }
        }
    }
    assert!(missing.is_empty(), "give these an example:\n{}", missing.join("\n"));
}

#[test]
fn every_json_body_has_an_example_that_fits_its_schema() {
    let document = document();
    let mut faults = Vec::new();
    let mut seen = BTreeSet::new();
    for operation in operations(&document) {
        for (name, message) in messages(&operation, &document) {
            for (content_type, content) in contents(message).filter(|(content_type, _)| is_json(content_type)) {
                let own = content.get("example");
                let Some(example) = own.or_else(|| resolved(&content["schema"], &document).get("example")) else {
                    faults.push(format!("{name} has no example of {content_type}"));
                    continue;
                };
                if !seen.insert((content["schema"].to_string(), example.to_string())) {
                    continue;
                }
                let mut schema = content["schema"].clone();
                schema["components"] = document["components"].clone();
                let validator = jsonschema::options()
                    .should_validate_formats(true)
                    .build(&schema)
                    .unwrap_or_else(|error| panic!("{name}: {error}"));
                faults.extend(validator.iter_errors(example).map(|e| format!("{name}, {}: {e}", e.instance_path())));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn what_is_sent_refuses_unknown_members() {
    let document = document();
    for operation in operations(&document) {
        let request = &operation.body["requestBody"]["content"]["application/json"]["schema"];
        if request.is_null() {
            continue;
        }
        let schema = resolved(request, &document);
        let schema = schema.get("items").map_or(schema, |item| resolved(item, &document));
        let closed =
            |schema: &Value| schema["additionalProperties"] == false || schema["unevaluatedProperties"] == false;
        let branches = schema["oneOf"].as_array().map(|branches| branches.iter().map(|b| resolved(b, &document)));
        let is_closed = closed(schema) || branches.is_some_and(|mut branches| branches.all(closed));
        assert!(is_closed, "{} takes members that it does not know", operation.name());
    }
}
