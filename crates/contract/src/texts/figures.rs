//! How the figures of a message stand in it: codes by their names, and days as people write them. Programs read the
//! `params` beside the message, which keep the codes and ISO dates.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use chrono::{Datelike, NaiveDate};
use domain::language::Language;
use domain::rulesets::{Names, Rulesets};
use serde::Deserialize;
use serde_json::Value;

use super::label;

/// Competence areas are reference data, so their names stand there and not in the locales.
const AREAS: &str = include_str!("../../../../reference/competence-areas.csv");

#[derive(Deserialize)]
struct AreaLine {
    code: String,
    label_nb: String,
    label_nn: String,
    label_en: String,
}

static AREA_NAMES: LazyLock<BTreeMap<String, Names>> = LazyLock::new(|| {
    csv::Reader::from_reader(AREAS.as_bytes())
        .into_deserialize::<AreaLine>()
        .map(|line| {
            let line = line.unwrap_or_else(|error| panic!("reference/competence-areas.csv: {error}"));
            (line.code, Names { nb: line.label_nb, nn: line.label_nn, en: line.label_en })
        })
        .collect()
});

/// Schemes have their names from their rulesets.
static RULESETS: LazyLock<Rulesets> =
    LazyLock::new(|| Rulesets::embedded().unwrap_or_else(|error| panic!("rulesets: {error}")));

/// A figure as it stands in a message; each item of a list for itself.
pub(super) fn in_words(language: Language, param: &str, value: &Value) -> Value {
    match value {
        Value::String(text) => text_in_words(language, param, text).map_or_else(|| value.clone(), Value::from),
        Value::Array(items) => items.iter().map(|item| in_words(language, param, item)).collect(),
        _ => value.clone(),
    }
}

/// None where the text stands as it is, such as a number of an organisation or a code that nobody knows.
fn text_in_words(language: Language, param: &str, text: &str) -> Option<String> {
    let names = match param {
        "area" | "areas" => AREA_NAMES.get(text)?,
        "scheme" | "schemes" => &RULESETS.iter().find(|ruleset| ruleset.scheme == text)?.name,
        _ if is_day(param) => return text.parse().ok().map(|day| day_in_words(language, day)),
        list => return label(language, list, text).map(str::to_owned),
    };
    let name = match language {
        Language::Nb => &names.nb,
        Language::Nn => &names.nn,
        Language::En => &names.en,
    };
    Some(name.clone())
}

/// Days are told by the names of their members, as everywhere in the contract; a title that looks like a date is none.
fn is_day(param: &str) -> bool {
    param.ends_with("_date") || param.ends_with("_on") || param == "reply_by"
}

fn day_in_words(language: Language, day: NaiveDate) -> String {
    let month = label(language, "month", &day.month().to_string()).unwrap_or_default();
    let dot = if language == Language::En { "" } else { "." };
    format!("{}{dot} {month} {}", day.day(), day.year())
}

#[cfg(test)]
mod tests {
    use rstest::rstest;
    use serde_json::json;

    use super::*;

    #[rstest]
    #[case(Language::Nb, "synsvansker")]
    #[case(Language::Nn, "synsvanskar")]
    #[case(Language::En, "visual impairment")]
    fn an_area_stands_by_its_name(#[case] language: Language, #[case] name: &str) {
        assert_eq!(in_words(language, "area", &json!("vision")), json!(name));
    }

    #[rstest]
    #[case(Language::Nb, "Tilskudd til kollektiv kompetanseutvikling")]
    #[case(Language::Nn, "Tilskot til kollektiv kompetanseutvikling")]
    #[case(Language::En, "Grants for collective competence development")]
    fn a_scheme_stands_by_its_name(#[case] language: Language, #[case] name: &str) {
        assert_eq!(in_words(language, "scheme", &json!("kollektiv")), json!(name));
    }

    #[test]
    fn each_of_several_stands_by_its_name() {
        assert_eq!(
            in_words(Language::Nn, "areas", &json!(["vision", "hearing"])),
            json!(["synsvanskar", "høyrselsvanskar"])
        );
        assert_eq!(
            in_words(Language::Nn, "unit_kind", &json!(["school", "sfo"])),
            json!(["skule", "skulefritidsordning"])
        );
    }

    #[test]
    fn what_has_no_name_stands_as_it_is() {
        for (param, text) in
            [("area", "astrology"), ("scheme", "astrology"), ("orgnr", "974760673"), ("opens_on", "soon")]
        {
            assert_eq!(in_words(Language::Nb, param, &json!(text)), json!(text));
        }
        assert_eq!(in_words(Language::Nb, "owners", &json!(3)), json!(3));
    }

    #[rstest]
    #[case(Language::Nb, "1. februar 2027")]
    #[case(Language::Nn, "1. februar 2027")]
    #[case(Language::En, "1 February 2027")]
    fn a_day_stands_as_people_write_it(
        #[case] language: Language,
        #[case] day: &str,
        #[values("deadline_date", "ended_on", "opens_on", "reply_by")] param: &str,
    ) {
        assert_eq!(in_words(language, param, &json!("2027-02-01")), json!(day));
    }

    #[test]
    fn every_month_has_a_name() {
        for language in Language::ALL.iter().copied() {
            for month in 1..=12 {
                assert!(label(language, "month", &month.to_string()).is_some(), "{month} in {language}");
            }
        }
    }

    #[test]
    fn what_is_no_day_keeps_its_form() {
        for param in ["expected", "title"] {
            assert_eq!(in_words(Language::Nb, param, &json!("2027-02-01")), json!("2027-02-01"));
        }
    }
}
