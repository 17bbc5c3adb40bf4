//! Instruments on the wire.

use chrono::{DateTime, Utc};
use domain::kartlegging::{CodeOf, Instrument as Rules, InstrumentError};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use validator::Validate;

use super::lists;
use crate::needs::lists::UnitKind;
use crate::problem::Fault;
use crate::reference::Labels;

/// What is asked, of whom, about which units, on which scale. A code names one version and never changes its
/// meaning; a change is a new instrument of the same family.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Instrument {
    /// Its code; what `instrument` in an upload names.
    #[schema(example = "basis-2026")]
    pub code: String,
    /// What all its versions have in common.
    #[schema(example = "basis")]
    pub family: String,
    /// Its number in the family, from 1.
    #[schema(example = 1)]
    pub version: i64,
    /// Its name for people.
    pub title: Labels,
    /// What it asks.
    pub description: Labels,
    /// The scale of `current` and `needed`.
    pub scale: Scale,
    /// The kinds of units that it asks: `kindergarten`, `school`, `upper_secondary`, `ppt`, `sfo`.
    #[schema(example = json!(["kindergarten", "school", "ppt"]))]
    pub unit_kinds: Vec<String>,
    /// The groups that it asks: `leaders`, `pedagogical_staff`, `assistants`, `support_service`, `all`.
    #[schema(example = json!(["leaders", "pedagogical_staff"]))]
    pub respondent_groups: Vec<String>,
    /// The competence areas that it asks about.
    pub areas: Vec<InstrumentArea>,
    /// What it asks about besides, on the same scale; in a row the code stands where an area's does.
    pub indicators: Vec<InstrumentIndicator>,
    /// When its texts were last changed.
    pub updated_at: DateTime<Utc>,
}

/// The scale of an instrument: from `min` to `max`, with at most one decimal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Scale {
    /// The lowest answer.
    #[schema(example = 1)]
    pub min: i64,
    /// The highest answer.
    #[schema(example = 5)]
    pub max: i64,
    /// What each whole number means.
    pub points: Vec<ScalePoint>,
}

/// What one whole number of a scale means.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ScalePoint {
    /// The number.
    #[schema(example = 3)]
    pub value: i64,
    /// Its meaning.
    pub labels: Labels,
}

/// A competence area that an instrument asks about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct InstrumentArea {
    /// Its code; what `area` in a row names.
    #[schema(example = "vision")]
    pub code: String,
    /// Its name.
    pub labels: Labels,
}

/// Something that an instrument asks about and that is no competence area.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct InstrumentIndicator {
    /// Its code; what `area` in a row names.
    #[schema(example = "common_time")]
    pub code: String,
    /// Its name.
    pub labels: Labels,
}

/// A text in the three languages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Names {
    /// Bokmål.
    #[schema(example = "Tid til felles arbeid", min_length = 1, max_length = 1000)]
    pub nb: String,
    /// Nynorsk.
    #[schema(example = "Tid til felles arbeid", min_length = 1, max_length = 1000)]
    pub nn: String,
    /// English.
    #[schema(example = "Time for common work", min_length = 1, max_length = 1000)]
    pub en: String,
}

/// A new instrument: of a family of its own, or the next version of one that is there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct CreateInstrument {
    /// Its code, never used before: lower-case letters, digits, hyphens and underscores.
    #[schema(example = "trivsel-2027", min_length = 1, max_length = 64)]
    pub code: String,
    /// What all its versions have in common. The version is the next number in it.
    #[schema(example = "trivsel", min_length = 1, max_length = 64)]
    pub family: String,
    /// Its name for people.
    pub title: Names,
    /// What it asks.
    pub description: Names,
    /// The scale of `current` and `needed`: two to ten whole numbers, none below 0.
    pub scale: NewScale,
    /// The kinds of units that it asks.
    #[schema(value_type = Vec<UnitKind>, min_items = 1, max_items = 5, example = json!(["kindergarten", "school"]))]
    pub unit_kinds: Vec<domain::organisations::UnitKind>,
    /// The groups that it asks.
    #[schema(value_type = Vec<lists::RespondentGroup>, min_items = 1, max_items = 5, example = json!(["leaders", "all"]))]
    pub respondent_groups: Vec<domain::kartlegging::RespondentGroup>,
    /// Codes of the competence areas that it asks about.
    #[schema(min_items = 1, max_items = 100, example = json!(["vision", "hearing"]))]
    pub areas: Vec<String>,
    /// What it asks about besides.
    #[serde(default)]
    #[schema(max_items = 100)]
    pub indicators: Vec<NewIndicator>,
}

/// Something else that a new instrument asks about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewIndicator {
    /// Its code, unlike that of every competence area.
    #[schema(example = "common_time", min_length = 1, max_length = 64)]
    pub code: String,
    /// Its name.
    pub labels: Names,
}

/// The scale of a new instrument.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewScale {
    /// What each whole number means, lowest first, none left out.
    #[schema(min_items = 2, max_items = 10, example = json!([
        {"value": 1, "labels": {"nb": "lite", "nn": "lite", "en": "little"}},
        {"value": 2, "labels": {"nb": "mye", "nn": "mykje", "en": "much"}}
    ]))]
    pub points: Vec<NewScalePoint>,
}

/// What one whole number of a new scale means.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewScalePoint {
    /// The number.
    #[schema(example = 3, minimum = 0, maximum = 100)]
    pub value: i64,
    /// Its meaning.
    pub labels: Names,
}

impl From<Names> for domain::kartlegging::Labels {
    fn from(names: Names) -> Self {
        Self { nb: names.nb, nn: names.nn, en: names.en }
    }
}

impl CreateInstrument {
    /// The instrument as this version of its family.
    pub fn into_rules(self, version: i64) -> Rules {
        let points = self.scale.points;
        Rules {
            code: self.code,
            family: self.family,
            version,
            title: self.title.into(),
            description: self.description.into(),
            scale: domain::kartlegging::Scale {
                min: points.first().map_or(0, |point| point.value),
                max: points.last().map_or(0, |point| point.value),
                points: points
                    .into_iter()
                    .map(|point| domain::kartlegging::ScalePoint { value: point.value, label: point.labels.into() })
                    .collect(),
            },
            unit_kinds: self.unit_kinds,
            respondent_groups: self.respondent_groups,
            areas: self.areas,
            indicators: self
                .indicators
                .into_iter()
                .map(|indicator| domain::kartlegging::Indicator {
                    code: indicator.code,
                    label: indicator.labels.into(),
                })
                .collect(),
        }
    }
}

impl From<InstrumentError> for Fault {
    fn from(error: InstrumentError) -> Self {
        match error {
            InstrumentError::Code(of, code) => Self::new("instrument_code", pointer_to(of)).with("value", code),
            InstrumentError::Scale => Self::new("scale_unsound", "/scale/points"),
            InstrumentError::Empty(list) => Self::new("too_few_items", format!("/{list}")).with("limit", 1),
            InstrumentError::Twice("indicators", n) => Self::new("named_twice", pointer_to(CodeOf::Indicator(n))),
            InstrumentError::Twice(list, n) => Self::new("named_twice", format!("/{list}/{n}")),
            InstrumentError::UnknownArea(n, area) => {
                Self::new("unknown_area", format!("/areas/{n}")).with("area", area)
            }
            InstrumentError::IndicatorIsArea(n, code) => {
                Self::new("indicator_is_area", pointer_to(CodeOf::Indicator(n))).with("area", code)
            }
            InstrumentError::Shape(_) | InstrumentError::Version => {
                Self::new("wrong_format", "").with("format", "TOML")
            }
        }
    }
}

fn pointer_to(code: CodeOf) -> String {
    match code {
        CodeOf::Instrument => "/code".to_owned(),
        CodeOf::Family => "/family".to_owned(),
        CodeOf::Indicator(n) => format!("/indicators/{n}/code"),
    }
}

impl Instrument {
    /// An instrument as it is shown, its areas named by the reference data.
    pub fn of(rules: Rules, updated_at: DateTime<Utc>, name_of: impl Fn(&str) -> Labels) -> Self {
        let points = rules.scale.points.into_iter();
        Self {
            code: rules.code,
            family: rules.family,
            version: rules.version,
            title: rules.title.into(),
            description: rules.description.into(),
            scale: Scale {
                min: rules.scale.min,
                max: rules.scale.max,
                points: points.map(|p| ScalePoint { value: p.value, labels: p.label.into() }).collect(),
            },
            unit_kinds: rules.unit_kinds.iter().map(ToString::to_string).collect(),
            respondent_groups: rules.respondent_groups.iter().map(ToString::to_string).collect(),
            areas: rules.areas.into_iter().map(|code| InstrumentArea { labels: name_of(&code), code }).collect(),
            indicators: rules
                .indicators
                .into_iter()
                .map(|indicator| InstrumentIndicator { code: indicator.code, labels: indicator.label.into() })
                .collect(),
            updated_at,
        }
    }
}

crate::page! {
    /// A page of instruments.
    InstrumentPage of Instrument
}
