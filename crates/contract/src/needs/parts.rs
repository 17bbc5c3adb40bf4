//! The parts of a need's document, the same in what is sent and in what is shown.

use domain::needs as domain_needs;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::lists;

/// The school years over which a measure runs, both included.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Period {
    /// The first school year.
    #[schema(example = "2027-2028", pattern = r"^\d{4}-\d{4}$")]
    pub from: String,
    /// The last school year.
    #[schema(example = "2027-2028", pattern = r"^\d{4}-\d{4}$")]
    pub to: String,
}

/// A competence area that the measure is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AreaNeed {
    /// The area's code.
    #[schema(example = "language_speech", max_length = 64)]
    pub area: String,
    /// How deep.
    #[schema(value_type = lists::AreaLevel, example = "basic")]
    pub level: domain_needs::AreaLevel,
    /// To what end.
    #[schema(value_type = lists::AreaPurpose, example = "build")]
    pub purpose: domain_needs::AreaPurpose,
}

/// A kindergarten, school, PPT office or SFO that has a part in the measure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct UnitPart {
    /// The unit's organisation number.
    #[schema(example = "974760843", max_length = 20)]
    pub orgnr: String,
    /// What it does.
    #[schema(value_type = lists::UnitRole, example = "takes_part")]
    pub role: domain_needs::UnitRole,
}

/// An organisation that the sender names as participant or partner.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NamedOrganisation {
    /// Its organisation number.
    #[schema(example = "974760843", max_length = 20)]
    pub orgnr: String,
    /// What it brings, in the sender's words.
    #[serde(default)]
    #[schema(example = "Utvikler og leder samlingene", max_length = 2000)]
    pub contribution: Option<String>,
}

/// Statped's part in a measure (N07).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct StatpedPart {
    /// Statped's organisation number.
    #[schema(example = "971845635", max_length = 20)]
    pub orgnr: String,
    /// `contributor`, where you and your partner both ask for it; `provider`, where no partner can contribute and the
    /// forum asks for it.
    #[schema(value_type = lists::StatpedRole, example = "contributor")]
    pub role: domain_needs::StatpedRole,
    /// What it is to do.
    #[schema(example = "Veileder personalet i bruk av ASK", min_length = 1, max_length = 4000)]
    pub contribution: String,
    /// Whether the contribution goes to your partner, and not to you.
    #[serde(default)]
    #[schema(example = false)]
    pub to_partner: bool,
}

/// Another competence environment that is used beside the partner (N08).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OtherEnvironment {
    /// Its organisation number; without one, its name.
    #[serde(default)]
    #[schema(example = "971845635", max_length = 20)]
    pub orgnr: Option<String>,
    /// What it is called.
    #[serde(default)]
    #[schema(example = "Lesesenteret", min_length = 1, max_length = 200)]
    pub name: Option<String>,
    /// What it is to do.
    #[schema(example = "Kurs i leseopplæring for ressurslærere", min_length = 1, max_length = 4000)]
    pub contribution: String,
    /// Why it is needed; has to be said before the need is submitted.
    #[serde(default)]
    #[schema(example = "Partneren vår har ikke fagmiljø på området", max_length = 4000)]
    pub reason: Option<String>,
}

/// The kartlegging that the need is built on (N13).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Evidence {
    /// Committed batches of kartlegging.
    #[serde(default)]
    #[schema(max_items = 50)]
    pub batches: Vec<Uuid>,
    /// Why there is none, or what else the need is built on.
    #[serde(default)]
    #[schema(example = "Kartleggingen fra 2026 viser størst behov i de to nyeste barnehagene.", max_length = 4000)]
    pub explanation: Option<String>,
}

/// Whether the measure is anchored with one group (N12).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AnchoringAnswer {
    /// Whether it is.
    pub anchored: bool,
    /// How, or why not.
    #[serde(default)]
    #[schema(example = "Drøftet i ledermøte og med tillitsvalgte i oktober.", max_length = 2000)]
    pub how: Option<String>,
}

/// Anchoring with the three groups (N12).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Anchoring {
    /// Leaders.
    #[serde(default)]
    pub leaders: Option<AnchoringAnswer>,
    /// Staff.
    #[serde(default)]
    pub staff: Option<AnchoringAnswer>,
    /// Union representatives.
    #[serde(default)]
    pub unions: Option<AnchoringAnswer>,
}

/// One line of the budget (N10).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct BudgetLine {
    /// The sender's own name for the line, unique within the need.
    #[schema(example = "samlinger-2027", min_length = 1, max_length = 64)]
    pub key: String,
    /// What it pays for.
    #[schema(value_type = lists::BudgetKind, example = "delivery")]
    pub kind: domain_needs::BudgetKind,
    /// The school year; its money is charged to the year in which it begins.
    #[schema(example = "2027-2028", pattern = r"^\d{4}-\d{4}$")]
    pub school_year: String,
    /// Who gets the money: the sender, an owner taking part, or a partner.
    #[schema(example = "974760843", max_length = 20)]
    pub recipient: String,
    /// How much, in whole kroner.
    #[schema(example = 250_000, minimum = 1, maximum = 100_000_000_000_i64)]
    pub amount_nok: i64,
    /// What the sender wants to say about it.
    #[serde(default)]
    #[schema(example = "Seks samlinger à to timer.", max_length = 1000)]
    pub note: Option<String>,
}

/// Whom to ask about the need: a role, not a person. Seen by the sender and the county governor only.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Contact {
    /// The role.
    #[schema(example = "skolefaglig rådgiver", min_length = 1, max_length = 200)]
    pub role: String,
    /// Its work address.
    #[schema(example = "oppvekst@kommune.no", format = "email", max_length = 200)]
    pub email: String,
    /// Its work telephone.
    #[serde(default)]
    #[schema(example = "+47 55 00 00 00", max_length = 40)]
    pub phone: Option<String>,
}
