//! Organisations and units on the wire.

use chrono::{DateTime, Utc};
use domain::organisations as domain_organisations;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::needs::lists::UnitKind;

/// The closed lists of organisations, as the OpenAPI document shows them.
pub mod lists {
    crate::code_schema! {
        OrganisationKind of domain::organisations::OrganisationKind = "What an organisation is; decides what it may do.",
        LanguageDecision of domain::organisations::LanguageDecision = "The language in which the state writes to a municipality or county authority.",
    }
}

/// An organisation that takes part.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Organisation {
    /// Its organisation number.
    #[schema(example = "974760673")]
    pub orgnr: String,
    /// Its name.
    #[schema(example = "Bergen kommune")]
    pub name: String,
    /// Its kind.
    #[schema(value_type = lists::OrganisationKind, example = "municipality")]
    pub kind: domain_organisations::OrganisationKind,
    /// The municipality that it is, or lies in.
    #[schema(example = "4601")]
    pub municipality_number: Option<String>,
    /// The county that it is, or lies in.
    #[schema(example = "46")]
    pub county_number: Option<String>,
    /// Its office code, where it is a county governor.
    #[schema(example = "vestland")]
    pub county_governor: Option<String>,
    /// The language in which it is written to, where it has decided on one.
    #[schema(value_type = Option<lists::LanguageDecision>, example = "nn")]
    pub language_decision: Option<domain_organisations::LanguageDecision>,
    /// Whether it takes part today.
    pub active: bool,
    /// Raised by every change.
    #[schema(example = 1)]
    pub version: i64,
    /// When it was added.
    pub created_at: DateTime<Utc>,
    /// When it was last changed.
    pub updated_at: DateTime<Utc>,
}

crate::page! {
    /// A page of organisations.
    OrganisationPage of Organisation
}

/// A kindergarten, school, PPT office or SFO.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Unit {
    /// Its organisation number.
    #[schema(example = "974760843")]
    pub orgnr: String,
    /// Its name.
    #[schema(example = "Solsikken barnehage")]
    pub name: String,
    /// Its kind.
    #[schema(value_type = UnitKind, example = "kindergarten")]
    pub kind: domain_organisations::UnitKind,
    /// The organisation that owns it.
    #[schema(example = "974760673")]
    pub owner_orgnr: String,
    /// The municipality where it lies.
    #[schema(example = "4601")]
    pub municipality_number: String,
    /// The county where it lies.
    #[schema(example = "46")]
    pub county_number: String,
    /// Whether its owner is private.
    pub private: bool,
    /// Whether it is in operation.
    pub active: bool,
    /// The municipalities that a PPT office serves; empty for others.
    #[schema(example = json!(["4601"]))]
    pub serves: Vec<String>,
    /// Raised by every change.
    #[schema(example = 1)]
    pub version: i64,
    /// When it was added.
    pub created_at: DateTime<Utc>,
    /// When it was last changed.
    pub updated_at: DateTime<Utc>,
}

crate::page! {
    /// A page of units.
    UnitPage of Unit
}
