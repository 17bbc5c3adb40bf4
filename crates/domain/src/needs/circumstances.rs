//! What stands around a measure: whom it reaches, what else pays for it, and how it was prepared.

use serde::{Deserialize, Serialize};

use super::content::TargetGroup;
use crate::ids::GrantId;
use crate::money::Nok;

/// How many of one staff group a measure is for: numbers, never names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Audience {
    /// The group.
    pub group: TargetGroup,
    /// How many of them are to take part.
    pub number: u32,
}

crate::codes! {
    /// What became of an application for money elsewhere.
    ApplicationOutcome {
        /// Not answered yet.
        Pending = "pending",
        /// Granted.
        Granted = "granted",
        /// Declined.
        Declined = "declined",
    }
}

/// Money that the sender has applied for elsewhere, for the same measure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OtherApplication {
    /// Whom it was sent to, or the scheme.
    pub source: String,
    /// The amount.
    pub amount: Nok,
    /// What became of it.
    pub outcome: ApplicationOutcome,
}

/// That the need asks for more money for a measure that has a grant already (N17).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Supplement {
    /// The running grant that it adds to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grant: Option<GrantId>,
    /// What the supplement is for.
    pub reason: String,
}

/// What the sender has done in good time before the deadline (N18).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Preparation {
    /// It has read the guidelines of the scheme and the round.
    pub guidelines_read: bool,
    /// It has talked with its partner, the university.
    pub dialogue_with_university: bool,
    /// It has talked with Statped.
    pub dialogue_with_statped: bool,
}
