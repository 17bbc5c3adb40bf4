//! The forum's request for Statped (N07).

use chrono::{DateTime, Utc};
use domain::forum as rules;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;
use validator::Validate;

/// The forum's request for Statped.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct StatpedRequest {
    /// The seat on whose proposal.
    pub seat_id: Uuid,
    /// Why.
    #[schema(example = "Ingen universitet i regionen har kompetansen.")]
    pub reason: String,
    /// When.
    pub requested_at: DateTime<Utc>,
}

impl StatpedRequest {
    /// The request as it is shown.
    pub fn of(request: &rules::StatpedRequest) -> Self {
        Self { seat_id: request.seat.0, reason: request.reason.clone(), requested_at: request.at }
    }
}

/// That the forum asks for Statped, on whose proposal and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "seat_id": "01936b0e-7c1a-7000-8000-1234567890ab",
    "reason": "Ingen universitet i regionen har kompetansen."
}))]
pub struct RequestStatped {
    /// The seat on whose proposal; of this forum.
    pub seat_id: Uuid,
    /// Why Statped is to carry the measure out.
    #[schema(example = "Ingen universitet i regionen har kompetansen.", min_length = 1, max_length = 2000)]
    pub reason: String,
}
