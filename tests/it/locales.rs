//! Every text is written in its language, and every code that the program can answer with has its text. That codes
//! and figures are the same in all three languages is held in `contract::texts`.

use std::collections::{BTreeMap, BTreeSet};

use contract::texts;
use domain::language::Language;

use crate::support::repository;

/// Words that give the language away: on the left as bokmål writes them, on the right as nynorsk does.
const TELLING: [(&str, &str); 31] = [
    ("ikke", "ikkje"),
    ("fra", "frå"),
    ("skole", "skule"),
    ("skoler", "skular"),
    ("høgskole", "høgskule"),
    ("kommuner", "kommunar"),
    ("barnehager", "barnehagar"),
    ("tilskudd", "tilskot"),
    ("tilskuddet", "tilskotet"),
    ("eier", "eigar"),
    ("eiere", "eigarar"),
    ("være", "vere"),
    ("gjøre", "gjere"),
    ("bare", "berre"),
    ("hva", "kva"),
    ("hvem", "kven"),
    ("hvor", "kvar"),
    ("hvordan", "korleis"),
    ("hvilken", "kva"),
    ("hvilke", "kva"),
    ("noen", "nokon"),
    ("noe", "noko"),
    ("uke", "veke"),
    ("uker", "veker"),
    ("advarsel", "åtvaring"),
    ("tjeneste", "teneste"),
    ("mottaker", "mottakar"),
    ("mottakere", "mottakarar"),
    ("deltaker", "deltakar"),
    ("utbetalinger", "utbetalingar"),
    ("midler", "midlar"),
];

/// Every text of a language by its key.
fn all(language: Language) -> BTreeMap<String, &'static str> {
    let file = texts::all(language);
    let mut all = BTreeMap::new();
    for (code, text) in &file.problems {
        all.insert(format!("problems.{code}.title"), text.title.as_str());
        all.insert(format!("problems.{code}.detail"), text.detail.as_str());
    }
    for (part, messages) in [("faults", &file.faults), ("findings", &file.findings)] {
        all.extend(messages.iter().map(|(code, text)| (format!("{part}.{code}"), text.as_str())));
    }
    for (list, labels) in &file.labels {
        all.extend(labels.iter().map(|(code, text)| (format!("labels.{list}.{code}"), text.as_str())));
    }
    all
}

/// The words of a text in lower case; placeholders are no words.
fn words(text: &str) -> BTreeSet<String> {
    let prose = text.split('{').enumerate().map(|(n, part)| match part.split_once('}') {
        Some((_, after)) if n > 0 => after,
        _ => part,
    });
    let lower = prose.collect::<Vec<_>>().join(" ").to_lowercase();
    lower.split(|letter: char| !letter.is_alphabetic()).map(str::to_owned).collect()
}

/// The first text literal after each occurrence of a marker in the sources of the product.
fn literals_after(marker: &str) -> BTreeSet<String> {
    let sources = repository::files("crates", "rs");
    let texts = sources.iter().map(|path| std::fs::read_to_string(path).expect("a source is text"));
    let found = texts.flat_map(|text| {
        let after = text.split(marker).skip(1).filter_map(|rest| rest.strip_prefix('"')?.split('"').next());
        after.map(str::to_owned).collect::<Vec<_>>()
    });
    found.collect()
}

#[test]
fn every_text_is_written_in_its_language() {
    let mut strangers = Vec::new();
    for language in Language::ALL.iter().copied() {
        for (key, text) in all(language) {
            assert!(!text.trim().is_empty(), "{key} is empty in {language}");
            let words = words(text);
            let foreign = TELLING.iter().filter_map(|&(bokmål, nynorsk)| match language {
                Language::Nb => Some(nynorsk),
                Language::Nn => Some(bokmål),
                Language::En => None,
            });
            strangers
                .extend(foreign.filter(|word| words.contains(*word)).map(|word| format!("{language} {key}: {word}")));
        }
    }
    assert!(strangers.is_empty(), "words of the other language:\n{}", strangers.join("\n"));
}

#[test]
fn every_fault_that_the_program_can_find_has_a_message() {
    let file = texts::all(Language::En);
    let known = |code: &String| file.faults.contains_key(code) || file.findings.contains_key(code);
    let faults = literals_after("Fault::new(");
    assert!(!faults.is_empty());
    let silent: Vec<_> = faults.iter().filter(|code| !known(code)).collect();
    assert!(silent.is_empty(), "faults without a message: {silent:?}");
}

#[test]
fn every_problem_that_the_program_can_answer_is_in_the_table() {
    let codes = literals_after("ApiError::new(");
    assert!(!codes.is_empty());
    let unknown: Vec<_> =
        codes.iter().filter(|code| !contract::problem::PROBLEMS.iter().any(|p| p.code == code.as_str())).collect();
    assert!(unknown.is_empty(), "problem codes without a line in the table: {unknown:?}");
}
