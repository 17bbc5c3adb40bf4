//! Examples of whole bodies, put together from the examples of their members, so that every body has one and no
//! one writes it twice.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};
use utoipa::openapi::schema::Schema;
use utoipa::openapi::{Content, OpenApi, RefOr};

use super::methods_of_mut;

/// Gives every body its example, where its members have theirs: at the schema that is the whole of it, or beside it
/// where that has no name.
pub fn add(document: &mut OpenApi) {
    let written = json!(document);
    let schemas = &written["components"]["schemas"];
    let bodies = schemas_of_bodies(&written);
    for content in contents_of_answers(document) {
        if let (None, Some(RefOr::T(schema))) = (&content.example, &content.schema) {
            content.example = example_of(&json!(schema), schemas);
        }
    }
    let Some(components) = &mut document.components else { return };
    for name in bodies {
        let example = example_of(&schemas[&name], schemas);
        if let Some(RefOr::T(schema)) = components.schemas.get_mut(&name) {
            set(schema, example);
        }
    }
}

/// The JSON of every answer.
fn contents_of_answers(document: &mut OpenApi) -> impl Iterator<Item = &mut Content> {
    let operations = document.paths.paths.values_mut().flat_map(methods_of_mut).map(|(_, operation)| operation);
    let answers = operations.flat_map(|operation| operation.responses.responses.values_mut());
    answers.filter_map(|answer| match answer {
        RefOr::T(answer) => match answer.content.get_mut("application/json") {
            Some(RefOr::T(content)) => Some(content),
            _ => None,
        },
        RefOr::Ref(_) => None,
    })
}

fn set(schema: &mut Schema, example: Option<Value>) {
    match schema {
        Schema::Object(object) => object.example = object.example.take().or(example),
        Schema::Array(array) => array.example = array.example.take().or(example),
        Schema::OneOf(one) => one.example = one.example.take().or(example),
        Schema::AllOf(all) => all.example = all.example.take().or(example),
        _ => {}
    }
}

/// The names of schemas that a request or an answer refers to as its JSON body.
fn schemas_of_bodies(document: &Value) -> BTreeSet<String> {
    fn walk(value: &Value, found: &mut BTreeSet<String>) {
        let Value::Object(members) = value else { return };
        for (name, member) in members {
            let reference = member["schema"]["$ref"].as_str().and_then(|to| to.strip_prefix("#/components/schemas/"));
            match reference {
                Some(schema) if name.ends_with("json") => {
                    found.insert(schema.to_owned());
                }
                _ => walk(member, found),
            }
        }
    }
    let mut found = BTreeSet::new();
    walk(&document["paths"], &mut found);
    found
}

/// An example of what a schema describes; nothing where a member without an example is in the way.
fn example_of(schema: &Value, schemas: &Value) -> Option<Value> {
    let given = [&schema["example"], &schema["examples"][0], &schema["const"], &schema["enum"][0]];
    if let Some(example) = given.into_iter().find(|value| !value.is_null()) {
        return Some(example.clone());
    }
    if let Some(name) = schema["$ref"].as_str().and_then(|to| to.strip_prefix("#/components/schemas/")) {
        return example_of(&schemas[name], schemas);
    }
    if let Some(branches) = schema["oneOf"].as_array().or_else(|| schema["anyOf"].as_array()) {
        return branches
            .iter()
            .filter(|branch| branch["type"] != "null")
            .find_map(|branch| example_of(branch, schemas));
    }
    if let Some(parts) = schema["allOf"].as_array() {
        let parts: Option<Vec<Value>> = parts.iter().map(|part| example_of(part, schemas)).collect();
        let members = parts?.into_iter().filter_map(|part| part.as_object().cloned()).flatten();
        return Some(Value::Object(members.collect()));
    }
    match type_of(schema) {
        Some("object") => example_of_object(schema, schemas),
        Some("array") => Some(example_of(&schema["items"], schemas).map_or_else(|| json!([]), |item| json!([item]))),
        Some("boolean") => Some(json!(false)),
        Some("integer" | "number") => Some(schema.get("minimum").cloned().unwrap_or_else(|| json!(1))),
        Some("string") => example_of_format(schema["format"].as_str()?),
        _ => None,
    }
}

fn example_of_object(schema: &Value, schemas: &Value) -> Option<Value> {
    let members = schema["properties"].as_object().into_iter().flatten();
    let members: Option<Map<String, Value>> =
        members.map(|(name, member)| Some((name.clone(), example_of(member, schemas)?))).collect();
    members.map(Value::Object)
}

fn example_of_format(format: &str) -> Option<Value> {
    match format {
        "uuid" => Some(json!("01936b0e-7c1a-7000-8000-1234567890ab")),
        "date-time" => Some(json!("2026-11-21T11:00:00Z")),
        "date" => Some(json!("2027-02-01")),
        _ => None,
    }
}

/// The type of a schema; of several the first that is not null.
fn type_of(schema: &Value) -> Option<&str> {
    match &schema["type"] {
        Value::Array(types) => types.iter().filter_map(Value::as_str).find(|name| *name != "null"),
        one => one.as_str(),
    }
}
