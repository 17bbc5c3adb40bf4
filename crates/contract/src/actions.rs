//! What a caller may do to a resource right now, and why not.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Something that can be done to a resource.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Action {
    /// Its name, as in the path that does it.
    #[schema(example = "submit")]
    pub action: String,
    /// Whether the caller may do it now.
    pub allowed: bool,
    /// Why not; empty where it is allowed.
    pub reasons: Vec<Reason>,
}

/// Why something cannot be done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Reason {
    /// The code of the problem or finding that would be the answer.
    #[schema(example = "partner_not_confirmed")]
    pub code: String,
    /// The same in words.
    #[schema(example = "En partner har ikke bekreftet ennå.")]
    pub message: String,
}
