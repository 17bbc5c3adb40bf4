//! A sender's own codes for units, on the wire.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;
use validator::Validate;

/// Which unit a code stands for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct PutUnitCode {
    /// The unit's organisation number.
    #[schema(example = "974760673", max_length = 20)]
    pub unit_orgnr: String,
}

/// A code by which an organisation calls a unit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct UnitCode {
    /// Its id.
    pub id: Uuid,
    /// The scheme that it belongs to; what `code_scheme` of a batch names.
    #[schema(example = "oppvekstsystem")]
    pub scheme: String,
    /// The code; what `unit_orgnr` of a row may say instead of a number.
    #[schema(example = "B-017")]
    pub code: String,
    /// The unit that it stands for.
    #[schema(example = "974760673")]
    pub unit_orgnr: String,
    /// Raised by every change.
    #[schema(example = 1)]
    pub version: i64,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it was last changed.
    pub updated_at: DateTime<Utc>,
}

crate::page! {
    /// A page of codes for units.
    UnitCodePage of UnitCode
}
