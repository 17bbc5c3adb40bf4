//! Keys that an organisation keeps for our resources in systems of its own.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A key in an outside system, unique per organisation. Everyone sees its own keys only.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ExternalRef {
    /// The system.
    #[schema(example = "elements", min_length = 1, max_length = 64)]
    pub system: String,
    /// The key there.
    #[schema(example = "2026/1234", min_length = 1, max_length = 200)]
    pub key: String,
}
