//! What stands around a measure, the same in what is sent and in what is shown.

use domain::ids::GrantId;
use domain::money::Nok;
use domain::needs as domain_needs;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::lists;

/// How many of one staff group a measure is for: numbers, never names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Audience {
    /// The group; each at most once.
    #[schema(value_type = lists::TargetGroup, example = "pedagogical_staff")]
    pub group: domain_needs::TargetGroup,
    /// How many of them are to take part.
    #[schema(example = 85, minimum = 1, maximum = 1_000_000)]
    pub number: u32,
}

/// Money applied for elsewhere, for the same measure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OtherApplication {
    /// Whom it was sent to, or the scheme.
    #[schema(example = "Fylkeskommunens tilskudd til folkehelsetiltak", min_length = 1, max_length = 300)]
    pub source: String,
    /// The amount, in whole kroner.
    #[schema(example = 100_000, minimum = 1, maximum = 100_000_000_000_i64)]
    pub amount_nok: i64,
    /// What became of it.
    #[schema(value_type = lists::ApplicationOutcome, example = "pending")]
    pub outcome: domain_needs::ApplicationOutcome,
}

/// That the need asks for more money for a measure that has a grant already (N17).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Supplement {
    /// The sender's running grant that it adds to; must be named before submission.
    #[serde(default)]
    pub grant_id: Option<Uuid>,
    /// What the supplement is for.
    #[schema(example = "To barnehager til vil være med.", min_length = 1, max_length = 2000)]
    pub reason: String,
}

/// What was done in good time before the deadline (N18): a checklist.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Preparation {
    /// The guidelines of the scheme and the round are read.
    #[serde(default)]
    pub guidelines_read: bool,
    /// The partner in the university sector has been talked with.
    #[serde(default)]
    pub dialogue_with_university: bool,
    /// Statped has been talked with.
    #[serde(default)]
    pub dialogue_with_statped: bool,
}

impl From<domain_needs::Audience> for Audience {
    fn from(audience: domain_needs::Audience) -> Self {
        Self { group: audience.group, number: audience.number }
    }
}

impl From<Audience> for domain_needs::Audience {
    fn from(audience: Audience) -> Self {
        Self { group: audience.group, number: audience.number }
    }
}

impl From<domain_needs::OtherApplication> for OtherApplication {
    fn from(other: domain_needs::OtherApplication) -> Self {
        Self { source: other.source, amount_nok: other.amount.kroner(), outcome: other.outcome }
    }
}

impl From<OtherApplication> for domain_needs::OtherApplication {
    fn from(other: OtherApplication) -> Self {
        Self { source: other.source, amount: Nok::new(other.amount_nok), outcome: other.outcome }
    }
}

impl From<domain_needs::Supplement> for Supplement {
    fn from(supplement: domain_needs::Supplement) -> Self {
        Self { grant_id: supplement.grant.map(|id| id.0), reason: supplement.reason }
    }
}

impl From<Supplement> for domain_needs::Supplement {
    fn from(supplement: Supplement) -> Self {
        Self { grant: supplement.grant_id.map(GrantId), reason: supplement.reason }
    }
}

impl From<domain_needs::Preparation> for Preparation {
    fn from(done: domain_needs::Preparation) -> Self {
        Self {
            guidelines_read: done.guidelines_read,
            dialogue_with_university: done.dialogue_with_university,
            dialogue_with_statped: done.dialogue_with_statped,
        }
    }
}

impl From<Preparation> for domain_needs::Preparation {
    fn from(done: Preparation) -> Self {
        Self {
            guidelines_read: done.guidelines_read,
            dialogue_with_university: done.dialogue_with_university,
            dialogue_with_statped: done.dialogue_with_statped,
        }
    }
}
