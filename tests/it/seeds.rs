//! docs/seeds.md says which operation or test answers each sentence of the source texts. Here its names are looked up.

use std::collections::BTreeSet;

use crate::support::{openapi, repository};

/// A sentence of a source text and what the document says of it.
struct Line {
    sentence: String,
    answer: String,
}

impl Line {
    /// The names in backticks: operation ids and tests.
    fn names(&self) -> impl Iterator<Item = &str> {
        self.answer.split('`').skip(1).step_by(2)
    }
}

fn lines() -> Vec<Line> {
    repository::read("docs/seeds.md")
        .lines()
        .filter_map(|line| line.strip_prefix("| ")?.strip_suffix(" |")?.split_once(" | "))
        .filter(|(sentence, _)| *sentence != "sentence")
        .map(|(sentence, answer)| Line { sentence: sentence.to_owned(), answer: answer.to_owned() })
        .collect()
}

/// The names of all functions in the tree; tests are among them.
fn functions() -> BTreeSet<String> {
    let is_name = |letter: &char| letter.is_ascii_alphanumeric() || *letter == '_';
    ["crates", "tests"]
        .iter()
        .flat_map(|folder| repository::files(folder, "rs"))
        .flat_map(|path| {
            let source = std::fs::read_to_string(path).expect("a source is text");
            source.split("fn ").skip(1).map(|rest| rest.chars().take_while(is_name).collect()).collect::<Vec<String>>()
        })
        .collect()
}

#[test]
fn every_name_in_the_seeds_is_an_operation_or_a_test() {
    let operations = openapi::operation_ids();
    let functions = functions();
    let unknown: Vec<String> = lines()
        .iter()
        .flat_map(|line| line.names().map(str::to_owned).collect::<Vec<_>>())
        .filter(|name| !operations.contains(name) && !functions.contains(name))
        .collect();
    assert!(unknown.is_empty(), "docs/seeds.md names what is neither an operation id nor a test: {unknown:#?}");
}

#[test]
fn every_sentence_of_the_seeds_is_answered_or_said_not_to_be() {
    let lines = lines();
    assert!(lines.len() > 50, "both texts are there, sentence by sentence; found {}", lines.len());
    for line in &lines {
        let is_plain = line.answer.contains("*Not yet*") || line.answer.starts_with("Background");
        assert!(is_plain || line.names().next().is_some(), "nothing answers: {}", line.sentence);
    }
}
