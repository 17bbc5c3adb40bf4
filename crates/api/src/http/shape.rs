//! The shape of bodies: held against the very schema that the OpenAPI document shows, so that every fault comes
//! at once and the document cannot promise other than what is checked.

use std::any::TypeId;
use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::{Arc, LazyLock, RwLock};

use chrono::{DateTime, Datelike, NaiveDate};
use contract::problem::Fault;
use domain::national_id::contains_national_id;
use domain::pointer::below;
use jsonschema::error::ValidationErrorKind;
use jsonschema::{ValidationError, Validator};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use utoipa::{PartialSchema, ToSchema};
use validator::Validate;

use crate::error::ApiError;

/// What a body must be able to do. Every type that derives these is one.
pub trait Body: DeserializeOwned + ToSchema + PartialSchema + Validate + Send + Sync + 'static {}
impl<T: DeserializeOwned + ToSchema + PartialSchema + Validate + Send + Sync + 'static> Body for T {}

/// So many faults are told at once. A body that has more was not written by hand, and its answer must not outgrow it.
const MOST_FAULTS: usize = 200;

/// Holds a value against the schema of its type and makes it one, or tells every fault there is, up to a limit.
pub fn check<T: Body>(value: Value) -> Result<T, ApiError> {
    let mut faults = faults_in_texts(&value);
    let judged = without_blanks(&value);
    faults.extend(validator_of::<T>().iter_errors(&judged).take(MOST_FAULTS).flat_map(|error| faults_of(&error)));
    faults.truncate(MOST_FAULTS);
    if !faults.is_empty() {
        return Err(ApiError::invalid(faults));
    }
    let body: T = serde_json::from_value(value).map_err(|error| {
        // The schema let pass what the type does not take: a number out of the machine's range, an impossible date.
        let fault = Fault::new("wrong_format", "").with("format", error.to_string());
        ApiError::fault(fault)
    })?;
    match body.validate() {
        Ok(()) => Ok(body),
        Err(errors) => Err(ApiError::invalid(faults_between_members(&errors))),
    }
}

/// The same with blank texts empty, so that what has to say something is not answered with white space. Copied only
/// where there is such a text, since hardly any body has one.
fn without_blanks(value: &Value) -> Cow<'_, Value> {
    fn is_blank(text: &str) -> bool {
        !text.is_empty() && text.trim().is_empty()
    }
    fn has_blanks(value: &Value) -> bool {
        match value {
            Value::String(text) => is_blank(text),
            Value::Array(items) => items.iter().any(has_blanks),
            Value::Object(members) => members.values().any(has_blanks),
            _ => false,
        }
    }
    fn empty_blanks(value: &mut Value) {
        match value {
            Value::String(text) if is_blank(text) => text.clear(),
            Value::Array(items) => items.iter_mut().for_each(empty_blanks),
            Value::Object(members) => members.values_mut().for_each(empty_blanks),
            _ => {}
        }
    }
    let mut judged = Cow::Borrowed(value);
    if has_blanks(value) {
        empty_blanks(judged.to_mut());
    }
    judged
}

/// National identity numbers (N15) and NUL characters, in any text of any body, names of members included.
fn faults_in_texts(value: &Value) -> Vec<Fault> {
    fn look(text: &str, pointer: &str, faults: &mut Vec<Fault>) {
        if text.contains('\0') {
            faults.push(Fault::new("nul_character", pointer));
        } else if contains_national_id(text) {
            faults.push(Fault::new("national_id", pointer).with("rule", "N15"));
        }
    }
    fn walk(value: &Value, pointer: &str, faults: &mut Vec<Fault>) {
        match value {
            Value::String(text) => look(text, pointer, faults),
            Value::Array(items) => {
                for (n, item) in items.iter().enumerate() {
                    walk(item, &format!("{pointer}/{n}"), faults);
                }
            }
            Value::Object(members) => {
                for (name, member) in members {
                    look(name, pointer, faults);
                    walk(member, &below(pointer, name), faults);
                }
            }
            _ => {}
        }
    }
    let mut faults = Vec::new();
    walk(value, "", &mut faults);
    faults
}

/// Validators are made once per type.
static VALIDATORS: LazyLock<RwLock<HashMap<TypeId, Arc<Validator>>>> = LazyLock::new(RwLock::default);

fn validator_of<T: Body>() -> Arc<Validator> {
    let id = TypeId::of::<T>();
    if let Some(known) = VALIDATORS.read().expect("no holder panics").get(&id) {
        return Arc::clone(known);
    }
    let made = Arc::new(make_validator::<T>());
    VALIDATORS.write().expect("no holder panics").insert(id, Arc::clone(&made));
    made
}

fn make_validator<T: Body>() -> Validator {
    let mut schemas = vec![(T::name().into_owned(), T::schema())];
    T::schemas(&mut schemas);
    let schemas: serde_json::Map<String, Value> =
        schemas.into_iter().map(|(name, schema)| (name, json!(schema))).collect();
    let document = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$ref": format!("#/components/schemas/{}", T::name()),
        "components": { "schemas": schemas },
    });
    jsonschema::options()
        .should_validate_formats(true)
        .with_format("date", |text: &str| text.parse::<NaiveDate>().is_ok_and(is_of_our_time))
        .with_format("date-time", |text: &str| {
            DateTime::parse_from_rfc3339(text).is_ok_and(|at| is_of_our_time(at.naive_utc().date()))
        })
        .build(&document)
        .unwrap_or_else(|error| panic!("the schema of {} is not one: {error}", T::name()))
}

/// Whether a day is one that anybody here means. Years beyond four digits could not even be written back.
fn is_of_our_time(day: NaiveDate) -> bool {
    (1900..=2999).contains(&day.year())
}

fn faults_of(error: &ValidationError<'_>) -> Vec<Fault> {
    use ValidationErrorKind as Kind;
    let place = error.instance_path().to_string();
    let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let limit = |code: &str, limit: Value| vec![Fault::new(code, place.clone()).with("limit", limit)];
    match error.kind() {
        Kind::AdditionalProperties { unexpected } | Kind::UnevaluatedProperties { unexpected } => unexpected
            .iter()
            .map(|member| Fault::new("unknown_member", below(&place, member)).with("member", member.as_str()))
            .collect(),
        Kind::Required { property } => {
            let member = text(property);
            vec![Fault::new("missing_member", below(&place, &member)).with("member", member)]
        }
        Kind::Type { kind } => vec![Fault::new("wrong_type", place).with("expected", type_names(kind))],
        Kind::Enum { options } => vec![Fault::new("not_in_list", place).with("options", options.clone())],
        Kind::Format { format } => vec![Fault::new("wrong_format", place).with("format", format.as_str())],
        Kind::Pattern { pattern } => vec![Fault::new("wrong_pattern", place).with("pattern", pattern.as_str())],
        Kind::MaxLength { limit: most } => limit("too_long", json!(most)),
        Kind::MinLength { limit: least } => limit("too_short", json!(least)),
        Kind::Maximum { limit: most } | Kind::ExclusiveMaximum { limit: most } => limit("too_large", most.clone()),
        Kind::Minimum { limit: least } | Kind::ExclusiveMinimum { limit: least } => limit("too_small", least.clone()),
        Kind::MaxItems { limit: most } => limit("too_many_items", json!(most)),
        Kind::MinItems { limit: least } => limit("too_few_items", json!(least)),
        Kind::UniqueItems => vec![Fault::new("not_unique", place)],
        Kind::AnyOf { context } | Kind::OneOfNotValid { context } => closest_branch(context, &place),
        _ => vec![Fault::new("wrong_format", place).with("format", error.kind().keyword())],
    }
}

/// Of several schemas that a value may follow, the faults of the one it comes closest to; an optional member is
/// "null or this", and nobody means null by sending something else.
fn closest_branch(branches: &[Vec<ValidationError<'static>>], place: &str) -> Vec<Fault> {
    let is_null_branch = |errors: &&Vec<ValidationError<'_>>| {
        !errors.iter().any(|e| matches!(e.kind(), ValidationErrorKind::Type { kind } if type_names(kind) == "null"))
    };
    branches
        .iter()
        .filter(is_null_branch)
        .map(|errors| errors.iter().flat_map(faults_of).collect::<Vec<_>>())
        .min_by_key(Vec::len)
        .filter(|faults| !faults.is_empty())
        .unwrap_or_else(|| vec![Fault::new("wrong_type", place).with("expected", "one of the documented forms")])
}

fn type_names(kind: &jsonschema::error::TypeKind) -> String {
    use jsonschema::error::TypeKind;
    match kind {
        TypeKind::Single(one) => one.to_string(),
        TypeKind::Multiple(several) => several.iter().map(|t| t.to_string()).collect::<Vec<_>>().join(" / "),
    }
}

/// Faults that `validator` finds: rules between members, which a schema cannot say. Values are never echoed.
fn faults_between_members(errors: &validator::ValidationErrors) -> Vec<Fault> {
    errors
        .field_errors()
        .into_iter()
        .flat_map(|(field, errors)| {
            let pointer = if field == "__all__" { String::new() } else { below("", &field) };
            errors.iter().map(move |error| Fault::new(&error.code, pointer.clone())).collect::<Vec<_>>()
        })
        .collect()
}
