//! The OpenAPI document as a client reads it.

use std::collections::BTreeSet;

use serde_json::Value;

/// An operation of the document.
pub struct Operation<'a> {
    /// Its path.
    pub path: &'a str,
    /// Its method, in lower case.
    pub method: &'a str,
    /// What the document says of it.
    pub body: &'a Value,
}

impl Operation<'_> {
    /// Its operation id, empty where it has none.
    pub fn id(&self) -> &str {
        self.body["operationId"].as_str().unwrap_or_default()
    }

    /// How a failed assertion names it.
    pub fn name(&self) -> String {
        format!("{} {} ({})", self.method.to_uppercase(), self.path, self.id())
    }

    /// Whether it is part of the contract that needs a token.
    pub fn needs_token(&self) -> bool {
        self.path.starts_with("/v1/")
    }
}

/// The document that the application is built with.
pub fn document() -> Value {
    let json = api::openapi::document().to_json().expect("the document can be written");
    serde_json::from_str(&json).expect("the document is JSON")
}

/// Every operation of a document.
pub fn operations(document: &Value) -> impl Iterator<Item = Operation<'_>> {
    let paths = document["paths"].as_object().expect("the document has paths");
    paths.iter().flat_map(|(path, item)| {
        let methods = ["get", "post", "put", "patch", "delete"].into_iter();
        methods.filter_map(move |method| Some(Operation { path, method, body: item.get(method)? }))
    })
}

/// The ids of all operations.
pub fn operation_ids() -> BTreeSet<String> {
    operations(&document()).map(|operation| operation.id().to_owned()).collect()
}

/// What a reference leads to; anything else as it is.
pub fn resolved<'a>(value: &'a Value, document: &'a Value) -> &'a Value {
    match value["$ref"].as_str().and_then(|to| to.strip_prefix('#')) {
        Some(pointer) => document.pointer(pointer).unwrap_or_else(|| panic!("{pointer} leads nowhere")),
        None => value,
    }
}
