//! Findings: what a rule has to say about something, and how hard it says it.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

crate::codes! {
    /// How hard a finding bites.
    Severity {
        /// Stops the step.
        Blocker = "blocker",
        /// Asks for an explanation and lets it pass.
        Warning = "warning",
        /// Guides.
        Info = "info",
    }
}

/// One breach of a rule, without words: texts are found by `code` in the locales, with `params` put in.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Finding {
    /// What was found, such as `private_owner_not_mentioned`; open list, key of the message.
    pub code: String,
    /// The rule that says so, such as `N05`.
    pub rule: String,
    /// How hard it bites; the round's ruleset decides where the rule leaves it open.
    pub severity: Severity,
    /// JSON pointer to the member it is about, empty for the whole.
    pub pointer: String,
    /// Figures and names for the message; never personal data.
    #[serde(default)]
    pub params: Map<String, Value>,
}

impl Finding {
    /// A finding of a rule at a place.
    pub fn new(rule: &str, code: &str, severity: Severity, pointer: impl Into<String>) -> Self {
        Self { code: code.to_owned(), rule: rule.to_owned(), severity, pointer: pointer.into(), params: Map::new() }
    }

    /// The same with a figure or name for the message.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.params.insert(name.to_owned(), value.into());
        self
    }
}
