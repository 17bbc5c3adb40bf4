//! Columns that hold codes and documents of the domain.

use std::fmt::Display;
use std::str::FromStr;

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::error::StoreError;

/// Reads a code, number or id out of a column.
pub(crate) fn parse<T: FromStr<Err: Display>>(what: &'static str, text: &str) -> Result<T, StoreError> {
    text.parse().map_err(|why: T::Err| StoreError::corrupt(what, why))
}

/// Reads a code, number or id where there is one.
pub(crate) fn parse_some<T: FromStr<Err: Display>>(
    what: &'static str,
    text: Option<&str>,
) -> Result<Option<T>, StoreError> {
    text.map(|text| parse(what, text)).transpose()
}

/// A number in another width, out of a column or for one.
pub(crate) fn number<T: TryFrom<V, Error: Display>, V>(what: &'static str, value: V) -> Result<T, StoreError> {
    T::try_from(value).map_err(|why| StoreError::corrupt(what, why))
}

/// Reads a document out of a column.
pub(crate) fn document<T: DeserializeOwned>(what: &'static str, json: &str) -> Result<T, StoreError> {
    serde_json::from_str(json).map_err(|why| StoreError::corrupt(what, why))
}

/// Writes a document for a column.
pub(crate) fn to_document<T: Serialize>(what: &'static str, value: &T) -> Result<String, StoreError> {
    serde_json::to_string(value).map_err(|why| StoreError::corrupt(what, why))
}
