//! docs/seeds.md says which operation or test answers each sentence of the source texts. Here its names are looked up.

use crate::support::repository;

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

#[test]
fn every_sentence_of_the_seeds_is_answered_or_said_not_to_be() {
    let lines = lines();
    assert!(lines.len() > 50, "both texts are there, sentence by sentence; found {}", lines.len());
    for line in &lines {
        let is_plain = line.answer.contains("*Not yet*") || line.answer.starts_with("Background");
        assert!(is_plain || line.names().next().is_some(), "nothing answers: {}", line.sentence);
    }
}
