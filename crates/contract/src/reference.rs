//! Reference data on the wire.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A name in the three languages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Labels {
    /// Bokmål.
    #[schema(example = "skole")]
    pub nb: String,
    /// Nynorsk.
    #[schema(example = "skule")]
    pub nn: String,
    /// English.
    #[schema(example = "school")]
    pub en: String,
}

/// A code with its names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Code {
    /// The code, as it stands in resources.
    #[schema(example = "school")]
    pub code: String,
    /// Its names.
    pub labels: Labels,
}

/// A step from one state to another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Transition {
    /// The state before.
    #[schema(example = "draft")]
    pub from: String,
    /// What leads on.
    #[schema(example = "submit")]
    pub command: String,
    /// The state after.
    #[schema(example = "submitted")]
    pub to: String,
}

/// A code list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CodeList {
    /// Its name.
    #[schema(example = "unit_kind")]
    pub name: String,
    /// Its codes, in the order of the story.
    pub codes: Vec<Code>,
    /// For states: which command leads where. Empty for other lists.
    pub transitions: Vec<Transition>,
}

/// A code list's name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CodeListName {
    /// The name.
    #[schema(example = "unit_kind")]
    pub name: String,
    /// How many codes it has.
    #[schema(example = 5)]
    pub codes: usize,
}

/// The names of all code lists.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CodeListNames {
    /// The names.
    pub items: Vec<CodeListName>,
}

/// A county.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct County {
    /// Its number.
    #[schema(example = "46")]
    pub number: String,
    /// Its name.
    #[schema(example = "Vestland")]
    pub name: String,
    /// The county governor that covers it.
    #[schema(example = "vestland")]
    pub county_governor: String,
}

/// A municipality.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Municipality {
    /// Its number.
    #[schema(example = "4601")]
    pub number: String,
    /// Its full name, with its Sámi and Kven names where it has them.
    #[schema(example = "Bergen")]
    pub name: String,
    /// Its Norwegian name.
    #[schema(example = "Bergen")]
    pub norwegian_name: String,
    /// Its county.
    #[schema(example = "46")]
    pub county_number: String,
    /// From this date on the number is in use.
    pub valid_from: NaiveDate,
    /// The last date of the number, where it has ended.
    pub valid_to: Option<NaiveDate>,
}

/// A competence area.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CompetenceArea {
    /// Its code.
    #[schema(example = "reading_writing")]
    pub code: String,
    /// Its group: `special_needs` or `inclusive_practice`.
    #[schema(example = "special_needs")]
    pub area_group: String,
    /// Its names.
    pub labels: Labels,
}

crate::page! {
    /// A page of counties.
    CountyPage of County
}

crate::page! {
    /// A page of municipalities.
    MunicipalityPage of Municipality
}

crate::page! {
    /// A page of competence areas.
    CompetenceAreaPage of CompetenceArea
}
