//! Rulesets: the numbers and severities of the rules, as versioned data.
