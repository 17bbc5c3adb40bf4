//! Schemes and rulesets on the wire.

use chrono::NaiveDate;
use domain::rulesets as domain_rulesets;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use crate::reference::Labels;

/// The closed lists of rulesets, as the OpenAPI document shows them.
pub mod lists {
    crate::code_schema! {
        Strictness of domain::rulesets::Strictness = "How hard a breach of a rule bites, or that it does not apply.",
        Source of domain::rulesets::Source = "Where a setting comes from: the source texts, another public source, or our own choice.",
    }
}

/// A grant scheme.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Scheme {
    /// Its code.
    #[schema(example = "kollektiv")]
    pub code: String,
    /// Its names.
    pub labels: Labels,
    /// The versions of its rules, oldest first.
    #[schema(example = json!(["kollektiv-2026"]))]
    pub rulesets: Vec<String>,
}

crate::page! {
    /// A page of schemes.
    SchemePage of Scheme
}

/// The rules of one scheme in one version. A round names the ruleset under which its needs are checked, treated and
/// granted.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Ruleset {
    /// Its code.
    #[schema(example = "kollektiv-2026")]
    pub code: String,
    /// The scheme.
    #[schema(example = "kollektiv")]
    pub scheme: String,
    /// The scheme's names.
    pub labels: Labels,
    /// The first day on which rounds are opened under it.
    pub in_force_from: NaiveDate,
    /// The last one; null while it is in force.
    pub in_force_until: Option<NaiveDate>,
    /// How hard each rule bites whose severity is open.
    pub rules: Vec<RulesetRule>,
    /// The numbers and lists of the rules.
    pub settings: Vec<RulesetSetting>,
}

/// How hard a rule bites under a ruleset.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct RulesetRule {
    /// The rule's code.
    #[schema(example = "N05")]
    pub rule: String,
    /// How hard a breach bites.
    #[schema(value_type = lists::Strictness, example = "blocker")]
    pub severity: domain_rulesets::Strictness,
    /// Where that comes from.
    #[schema(value_type = lists::Source, example = "seed")]
    pub source: domain_rulesets::Source,
}

/// A number or list of a ruleset.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct RulesetSetting {
    /// Its name.
    #[schema(example = "coordination_percent")]
    pub name: String,
    /// Its value: a number, a code, or a list of codes.
    #[schema(example = 10)]
    pub value: Value,
    /// Where it comes from.
    #[schema(value_type = lists::Source, example = "design")]
    pub source: domain_rulesets::Source,
}

crate::page! {
    /// A page of rulesets.
    RulesetPage of Ruleset
}

impl From<&domain_rulesets::Names> for Labels {
    fn from(names: &domain_rulesets::Names) -> Self {
        Self { nb: names.nb.clone(), nn: names.nn.clone(), en: names.en.clone() }
    }
}

impl From<&domain_rulesets::Ruleset> for Ruleset {
    fn from(ruleset: &domain_rulesets::Ruleset) -> Self {
        let rules = ruleset.rules.iter();
        Self {
            code: ruleset.code.clone(),
            scheme: ruleset.scheme.clone(),
            labels: Labels::from(&ruleset.name),
            in_force_from: ruleset.in_force.from,
            in_force_until: ruleset.in_force.until,
            rules: rules
                .map(|(rule, setting)| RulesetRule {
                    rule: rule.clone(),
                    severity: setting.value,
                    source: setting.source,
                })
                .collect(),
            settings: settings_of(&ruleset.settings),
        }
    }
}

/// The settings one by one, under the names that they have in the files.
fn settings_of(settings: &domain_rulesets::Settings) -> Vec<RulesetSetting> {
    let written = serde_json::to_value(settings).unwrap_or_default();
    let members = written.as_object().cloned().unwrap_or_default();
    let setting = |(name, mut setting): (String, Value)| {
        let source = serde_json::from_value(setting["source"].take()).ok()?;
        Some(RulesetSetting { name, value: setting["value"].take(), source })
    };
    members.into_iter().filter_map(setting).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::rulesets::Rulesets;
    use serde_json::json;

    #[test]
    fn every_setting_of_a_file_is_shown_with_its_source() {
        let rulesets = Rulesets::embedded().unwrap();
        let shown = Ruleset::from(rulesets.get("dekomp-2021").unwrap());
        assert_eq!(shown.settings.len(), 12);
        let own_contribution = shown.settings.iter().find(|s| s.name == "own_contribution_percent").unwrap();
        assert_eq!((&own_contribution.value, own_contribution.source), (&json!(30), domain_rulesets::Source::Read));
        assert_eq!(shown.rules.len(), 9);
    }
}
