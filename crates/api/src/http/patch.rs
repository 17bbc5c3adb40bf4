//! Changes as JSON merge patch (RFC 7396): members that are sent replace, null removes, arrays are replaced whole.

use serde::Deserialize;
use serde_json::{Map, Value};
use utoipa::ToSchema;
use validator::Validate;

use crate::error::ApiError;
use crate::http::shape::{self, Body};

/// A merge patch. Its operation says which members it takes.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[schema(value_type = Object)]
pub struct Patch(Map<String, Value>);

impl Validate for Patch {
    fn validate(&self) -> Result<(), validator::ValidationErrors> {
        Ok(())
    }
}

impl Patch {
    /// The whole after the patch, held against the shape that a whole must have.
    pub fn apply_to<T: Body>(&self, whole: Value) -> Result<T, ApiError> {
        shape::check(merge(whole, &Value::Object(self.0.clone())))
    }

    /// The names of the members it touches.
    pub fn members(&self) -> Vec<&str> {
        self.0.keys().map(String::as_str).collect()
    }
}

fn merge(target: Value, patch: &Value) -> Value {
    let Value::Object(patch) = patch else { return patch.clone() };
    let mut merged = match target {
        Value::Object(members) => members,
        _ => Map::new(),
    };
    for (name, value) in patch {
        if value.is_null() {
            merged.remove(name);
        } else {
            let old = merged.remove(name).unwrap_or(Value::Null);
            merged.insert(name.clone(), merge(old, value));
        }
    }
    Value::Object(merged)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn members_replace_nulls_remove_and_arrays_are_whole() {
        let merged =
            merge(json!({"a": 1, "b": {"c": 2, "d": 3}, "e": [1, 2]}), &json!({"a": null, "b": {"c": 9}, "e": [3]}));
        assert_eq!(merged, json!({"b": {"c": 9, "d": 3}, "e": [3]}));
    }
}
