//! What the money is asked for.

use serde::{Deserialize, Serialize};

use crate::money::Nok;
use crate::orgnr::OrgNr;
use crate::time::SchoolYear;

crate::codes! {
    /// What a budget line pays for (N10). Positions and study credits are known so that they can be refused
    /// with a reason (N09).
    BudgetKind {
        /// Finding out what is needed.
        NeedsAssessment = "needs_assessment",
        /// Planning the measure.
        Planning = "planning",
        /// Carrying it out.
        Delivery = "delivery",
        /// Evaluating it.
        Evaluation = "evaluation",
        /// Coordinating it, up to the ruleset's share.
        Coordination = "coordination",
        /// A position: refused (N09).
        Position = "position",
        /// Study credits: refused where the ruleset says so (N09).
        StudyCredits = "study_credits",
    }
}

/// One line of a need's budget: so much, for this, in that school year, to that recipient.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BudgetLine {
    /// The sender's own name for the line, unique within the need, so that later steps can point at it.
    pub key: String,
    /// What it pays for.
    pub kind: BudgetKind,
    /// The school year; it is charged to the frame of the calendar year in which it begins (G01).
    pub school_year: SchoolYear,
    /// Who gets the money: an owner taking part, or a partner.
    pub recipient: OrgNr,
    /// How much.
    pub amount: Nok,
    /// What the sender wants to say about it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}
