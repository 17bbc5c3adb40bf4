//! Documents as text columns keep them: JSON, beside real columns for all that is queried.

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::error::StoreError;

/// A document as its column keeps it.
pub(crate) fn to_json<T: Serialize>(table: &'static str, value: &T) -> Result<String, StoreError> {
    serde_json::to_string(value).map_err(|e| StoreError::corrupt(table, e))
}

/// A document as its column has it.
pub(crate) fn from_json<T: DeserializeOwned>(table: &'static str, text: &str) -> Result<T, StoreError> {
    serde_json::from_str(text).map_err(|e| StoreError::corrupt(table, e))
}
