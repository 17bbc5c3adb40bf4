//! Rulesets: the numbers and severities of the rules, as versioned data in `rulesets/*.toml`.
//!
//! A round names its ruleset, so that measures run out under the rules they were granted under. The files are
//! read when the server starts, and a faulty one stops the start.

mod file;

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::finding::Severity;
use crate::forum::SeatGroup;
use crate::needs::BudgetKind;
use crate::organisations::{OrganisationKind, UnitKind};

pub use file::{RulesetError, Rulesets};

crate::codes! {
    /// Where a setting comes from.
    Source {
        /// One of the two source documents.
        Seed = "seed",
        /// Another public source.
        Read = "read",
        /// Our own choice where no source decides.
        Design = "design",
    }
}

crate::codes! {
    /// How hard a rule bites under a ruleset, or that it does not apply.
    Strictness {
        /// Stops the step.
        Blocker = "blocker",
        /// Asks for an explanation and lets it pass.
        Warning = "warning",
        /// Guides.
        Info = "info",
        /// Does not apply.
        Off = "off",
    }
}

crate::codes! {
    /// What reports are to tell about (G08).
    ReportPurpose {
        /// How the measure was carried out.
        Process = "process",
        /// What children, pupils and staff gained from it.
        Benefit = "benefit",
    }
}

/// A value and where it comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Setting<T> {
    /// The value.
    pub value: T,
    /// Where it comes from.
    pub source: Source,
}

/// A name in the three languages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Names {
    /// Bokmål.
    pub nb: String,
    /// Nynorsk.
    pub nn: String,
    /// English.
    pub en: String,
}

/// The dates between which rounds are opened under a ruleset.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InForce {
    /// The first day.
    pub from: NaiveDate,
    /// The last day; none while it is in force.
    #[serde(default)]
    pub until: Option<NaiveDate>,
}

impl InForce {
    /// Whether rounds are opened under it on a date.
    pub fn holds(&self, date: NaiveDate) -> bool {
        self.from <= date && self.until.is_none_or(|until| date <= until)
    }
}

/// The rules of one scheme in one version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ruleset {
    /// Its code, such as `kollektiv-2026`.
    pub code: String,
    /// The scheme, such as `kollektiv`.
    pub scheme: String,
    /// The scheme's name.
    pub name: Names,
    /// When rounds are opened under it.
    pub in_force: InForce,
    /// How hard each rule bites whose severity is open, by rule code.
    pub rules: BTreeMap<String, Setting<Strictness>>,
    /// The numbers and lists of the rules.
    pub settings: Settings,
}

/// The numbers and lists of the rules.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// The kinds of units that a need may address.
    pub unit_kinds: Setting<Vec<UnitKind>>,
    /// The kinds of organisations that may be the partner of a measure (N06).
    pub partner_kinds: Setting<Vec<OrganisationKind>>,
    /// What no budget line may pay for (N09).
    pub refused_budget_kinds: Setting<Vec<BudgetKind>>,
    /// How many per cent of the amount may go to coordination (N10).
    pub coordination_percent: Setting<u32>,
    /// How many school years a need may span (N10).
    pub years_at_most: Setting<u32>,
    /// The own contribution in per cent of the grant; nought where none is asked for (N11).
    pub own_contribution_percent: Setting<u32>,
    /// How many months old the kartlegging behind a need may be (N13).
    pub kartlegging_months: Setting<u32>,
    /// The groups without which a forum adopts nothing (F01, F09).
    pub required_groups: Setting<Vec<SeatGroup>>,
    /// The least number of respondents in a published cell (K05).
    pub suppress_below: Setting<u32>,
    /// How many weeks there are to appeal (G11).
    pub appeal_weeks: Setting<u32>,
    /// What reports are to tell about (G08).
    pub report_purpose: Setting<ReportPurpose>,
    /// The indicators that a report answers (G08).
    pub report_indicators: Setting<Vec<String>>,
}

impl Ruleset {
    /// Where a rule comes from: this ruleset where it decides on it, else the rule itself.
    pub fn source(&self, rule: &str) -> Source {
        match (self.rules.get(rule), rule) {
            (Some(setting), _) => setting.source,
            (None, "N01" | "N07" | "N08" | "N15" | "N18") => Source::Seed,
            (None, "N16") => Source::Design,
            (None, _) => Source::Read,
        }
    }

    /// How hard a breach of a rule bites; `None` where the rule is off. Asked only for rules whose severity is
    /// open: a rule that the ruleset does not know bites hardest.
    pub fn severity(&self, rule: &str) -> Option<Severity> {
        match self.rules.get(rule).map(|setting| setting.value) {
            Some(Strictness::Off) => None,
            Some(Strictness::Info) => Some(Severity::Info),
            Some(Strictness::Warning) => Some(Severity::Warning),
            Some(Strictness::Blocker) | None => Some(Severity::Blocker),
        }
    }
}
