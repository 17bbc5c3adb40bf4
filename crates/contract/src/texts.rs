//! Every text that a person reads, from `locales/<language>/<feature>.yaml`, keyed by code.
//!
//! A file has up to four parts: `problems` (a title and what to do), `faults` and `findings` (a message with
//! `{placeholders}`), and `labels` (list → code → name). Codes are unique over all features.

mod figures;

use std::collections::BTreeMap;
use std::sync::LazyLock;

use domain::language::Language;
use serde::Deserialize;
use serde_json::{Map, Value};

/// The files, one per feature, in the order of the story.
macro_rules! locale_files {
    ($($feature:literal),+ $(,)?) => {
        const FILES: &[(&str, [&str; 3])] = &[$((
            $feature,
            [
                include_str!(concat!("../../../locales/nb/", $feature, ".yaml")),
                include_str!(concat!("../../../locales/nn/", $feature, ".yaml")),
                include_str!(concat!("../../../locales/en/", $feature, ".yaml")),
            ],
        )),+];
    };
}

locale_files![
    "general",
    "reference",
    "rulesets",
    "rounds",
    "needs",
    "dialogue",
    "networks",
    "guidance",
    "kartlegging",
    "forum",
    "funding",
    "tasks",
];

/// A problem in words.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProblemText {
    /// What went wrong, in a few words.
    pub title: String,
    /// What to do about it.
    pub detail: String,
}

/// What one file holds.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct LocaleFile {
    /// By problem code.
    pub problems: BTreeMap<String, ProblemText>,
    /// Messages by fault code.
    pub faults: BTreeMap<String, String>,
    /// Messages by finding code.
    pub findings: BTreeMap<String, String>,
    /// Names by list and code.
    pub labels: BTreeMap<String, BTreeMap<String, String>>,
}

/// All texts of one language.
static TEXTS: LazyLock<[LocaleFile; 3]> = LazyLock::new(|| {
    [0, 1, 2].map(|language| {
        FILES.iter().fold(LocaleFile::default(), |mut all, (feature, texts)| {
            let file: LocaleFile = yaml_serde::from_str(texts[language])
                .unwrap_or_else(|error| panic!("locales of {feature}, language {language}: {error}"));
            all.problems.extend(file.problems);
            all.faults.extend(file.faults);
            all.findings.extend(file.findings);
            for (list, labels) in file.labels {
                all.labels.entry(list).or_default().extend(labels);
            }
            all
        })
    })
});

/// Everything in one language, for code lists and tests.
pub fn all(language: Language) -> &'static LocaleFile {
    match language {
        Language::Nb => &TEXTS[0],
        Language::Nn => &TEXTS[1],
        Language::En => &TEXTS[2],
    }
}

/// A problem in words.
pub fn problem(language: Language, code: &str) -> Option<&'static ProblemText> {
    all(language).problems.get(code)
}

/// The message of a fault or finding, its figures put in; the code itself where there is no text. A figure named as
/// a list of codes, such as `unit_kind`, stands by its name in that list, `area` and `scheme` by theirs, and a day as
/// people write it.
pub fn message(language: Language, code: &str, params: &Map<String, Value>) -> String {
    let texts = all(language);
    let Some(template) = texts.faults.get(code).or_else(|| texts.findings.get(code)) else {
        return code.to_owned();
    };
    let worded = params.iter().map(|(name, value)| (name.clone(), figures::in_words(language, name, value)));
    fill(template, &worded.collect())
}

/// The name of a code in a list.
pub fn label(language: Language, list: &str, code: &str) -> Option<&'static str> {
    all(language).labels.get(list)?.get(code).map(String::as_str)
}

/// Puts figures in for their `{placeholders}`.
pub fn fill(template: &str, params: &Map<String, Value>) -> String {
    params.iter().fold(template.to_owned(), |text, (name, value)| {
        let value = match value {
            Value::String(value) => value.clone(),
            Value::Array(values) => values
                .iter()
                .map(|v| v.as_str().map_or_else(|| v.to_string(), str::to_owned))
                .collect::<Vec<_>>()
                .join(", "),
            other => other.to_string(),
        };
        text.replace(&format!("{{{name}}}"), &value)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::problem::PROBLEMS;

    fn placeholders(text: &str) -> Vec<&str> {
        let mut found: Vec<&str> =
            text.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(name, _)| name).collect();
        found.sort_unstable();
        found
    }

    #[test]
    fn the_three_languages_have_the_same_codes_and_placeholders() {
        let nb = all(Language::Nb);
        for language in [Language::Nn, Language::En] {
            let other = all(language);
            assert!(nb.problems.keys().eq(other.problems.keys()), "problems differ in {language}");
            for (part, theirs) in [(&nb.faults, &other.faults), (&nb.findings, &other.findings)] {
                assert!(part.keys().eq(theirs.keys()), "messages differ in {language}");
                for (code, text) in part {
                    assert_eq!(placeholders(text), placeholders(&theirs[code]), "{code} in {language}");
                }
            }
            assert!(nb.labels.keys().eq(other.labels.keys()), "lists differ in {language}");
            for (list, labels) in &nb.labels {
                assert!(labels.keys().eq(other.labels[list].keys()), "{list} differs in {language}");
            }
        }
    }

    /// [`message`] looks in both, and would find the one where the other is meant.
    #[test]
    fn no_code_is_both_a_fault_and_a_finding() {
        let texts = all(Language::Nb);
        let both: Vec<&String> = texts.faults.keys().filter(|code| texts.findings.contains_key(*code)).collect();
        assert!(both.is_empty(), "{both:?}");
    }

    #[test]
    fn every_problem_has_a_text_and_every_text_a_problem() {
        let mut codes: Vec<&str> = PROBLEMS.iter().map(|p| p.code).collect();
        codes.sort_unstable();
        let texts: Vec<&str> = all(Language::Nb).problems.keys().map(String::as_str).collect();
        assert_eq!(codes, texts);
    }

    #[test]
    fn a_code_stands_by_its_name_in_a_message() {
        let params = serde_json::json!({"unit_kind": "kindergarten"});
        let text = message(Language::Nn, "breadth_missing", params.as_object().unwrap());
        assert!(text.contains("barnehage manglar"), "{text}");
    }

    #[test]
    fn areas_schemes_and_days_stand_in_a_message_as_people_read_them() {
        let told = |language, code, params: Value| message(language, code, params.as_object().unwrap());
        let area = told(Language::Nb, "area_covered_by_statped", serde_json::json!({"area": "vision"}));
        assert!(area.contains("på området «synsvansker»"), "{area}");
        let scheme = serde_json::json!({"scheme": "dekomp", "unit_kind": "kindergarten"});
        let scheme = told(Language::Nn, "unit_kind_outside_scheme", scheme);
        assert!(
            scheme.starts_with(
                "Ordninga «Desentralisert ordning for kompetanseutvikling i skule» gjeld ikkje barnehage."
            ),
            "{scheme}"
        );
        let day = told(Language::En, "deadline_passed", serde_json::json!({"deadline_date": "2027-02-01"}));
        assert!(day.starts_with("The deadline 1 February 2027 is over."), "{day}");
    }
}
