//! How texts are folded so that a search finds them however they are spelt: small letters, without the marks of
//! Norwegian, the Sámi languages and their neighbours, and words alone.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// How long a search may be.
const LONGEST: usize = 200;

/// A text as it is searched: its words in small letters without marks, with one space between.
///
/// `å` and its older spelling `aa` are both `a`, `ø` is `o` and `æ` is `ae`, so who has no such keys finds as much as
/// who has them. Everything that is neither letter nor digit only parts words.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for character in text.chars().flat_map(char::to_lowercase).filter(|c| !is_combining_mark(*c)) {
        match base_of(character) {
            Some(base) => base.chars().for_each(|letter| push_letter(&mut folded, letter)),
            None if character.is_alphanumeric() => push_letter(&mut folded, character),
            None if folded.is_empty() || folded.ends_with(' ') => {}
            None => folded.push(' '),
        }
    }
    folded.truncate(folded.trim_end().len());
    folded
}

/// Adds a letter; a second `a` is the older spelling of `å`.
fn push_letter(folded: &mut String, letter: char) {
    if letter != 'a' || !folded.ends_with('a') {
        folded.push(letter);
    }
}

/// Marks that stand behind their letter, as some systems write `å`.
const fn is_combining_mark(character: char) -> bool {
    matches!(character, '\u{300}'..='\u{36f}')
}

/// What a letter with a mark is without it.
const fn base_of(character: char) -> Option<&'static str> {
    Some(match character {
        'à'..='å' | 'ā' | 'ă' | 'ą' | 'ǎ' => "a",
        'æ' | 'ǽ' => "ae",
        'ç' | 'ć' | 'ĉ' | 'ċ' | 'č' => "c",
        'ď' | 'đ' | 'ð' => "d",
        'è'..='ë' | 'ē' | 'ĕ' | 'ė' | 'ę' | 'ě' => "e",
        'ĝ' | 'ğ' | 'ġ' | 'ģ' | 'ǥ' | 'ǧ' => "g",
        'ĥ' | 'ħ' => "h",
        'ì'..='ï' | 'ĩ' | 'ī' | 'ĭ' | 'į' | 'ı' => "i",
        'ĵ' => "j",
        'ķ' | 'ĸ' | 'ǩ' => "k",
        'ĺ' | 'ļ' | 'ľ' | 'ŀ' | 'ł' => "l",
        'ñ' | 'ń' | 'ņ' | 'ň' | 'ŋ' => "n",
        'ò'..='ö' | 'ø' | 'ō' | 'ŏ' | 'ő' | 'ǿ' => "o",
        'œ' => "oe",
        'ŕ' | 'ŗ' | 'ř' => "r",
        'ś' | 'ŝ' | 'ş' | 'š' => "s",
        'ß' => "ss",
        'þ' => "th",
        'ţ' | 'ť' | 'ŧ' => "t",
        'ù'..='ü' | 'ũ' | 'ū' | 'ŭ' | 'ů' | 'ű' | 'ų' => "u",
        'ŵ' => "w",
        'ý' | 'ÿ' | 'ŷ' => "y",
        'ź' | 'ż' | 'ž' | 'ʒ' | 'ǯ' => "z",
        _ => return None,
    })
}

/// What is searched for: folded beginnings of words, all of which a text must have.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String")]
pub struct SearchTerms(Vec<String>);

/// Why a text cannot be searched for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum SearchFault {
    /// It has neither a letter nor a digit.
    #[error("a search needs a letter or a digit")]
    Empty,
    /// It is longer than any search needs to be.
    #[error("a search has at most {LONGEST} characters")]
    TooLong,
}

impl SearchTerms {
    /// Reads what somebody typed. Nothing in it is an operator: signs only part words.
    pub fn parse(text: &str) -> Result<Self, SearchFault> {
        if text.chars().count() > LONGEST {
            return Err(SearchFault::TooLong);
        }
        let folded = fold(text);
        let words: BTreeSet<&str> = folded.split_whitespace().collect();
        // Whoever has the longer word has the shorter one's beginning too.
        let says_more = |word: &&str| !words.iter().any(|other| other.len() > word.len() && other.starts_with(*word));
        let terms: Vec<String> = words.iter().copied().filter(says_more).map(str::to_owned).collect();
        if terms.is_empty() { Err(SearchFault::Empty) } else { Ok(Self(terms)) }
    }

    /// The beginnings of words: letters and digits alone, at least one.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }

    /// Whether a folded text has them all. The databases answer the same by their indexes.
    pub fn are_in(&self, folded: &str) -> bool {
        self.iter().all(|term| folded.split(' ').any(|word| word.starts_with(term)))
    }
}

impl TryFrom<String> for SearchTerms {
    type Error = SearchFault;
    fn try_from(text: String) -> Result<Self, SearchFault> {
        Self::parse(&text)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("Språkmiljø for ALLE!", "sprakmiljo for alle")]
    #[case("barnehåge, barnehage", "barnehage barnehage")]
    #[case("Læring på Åsane", "laering pa asane")]
    #[case("Aasen og Haakon", "asen og hakon")]
    #[case("sa\u{30a}", "sa")]
    #[case("Sámi mánáidgárdi: Čáhcesuolu, đŋšŧž ĐŊŠŦŽ", "sami manaidgardi cahcesuolu dnstz dnstz")]
    #[case("Åarjelsaemien gïele, ärrie, bïevnese öörnedh", "arjelsaemien giele arrie bievnese oornedh")]
    #[case("B-2026-VL-0012", "b 2026 vl 0012")]
    #[case(" -- ", "")]
    fn words_lose_their_marks_and_signs(#[case] text: &str, #[case] folded: &str) {
        assert_eq!(fold(text), folded);
    }

    #[rstest]
    #[case("barnehåge")]
    #[case("BARNEHAGE")]
    #[case("barne ppt")]
    #[case("kompetanse* AND \"barnehage\"")]
    fn who_types_with_marks_and_who_types_without_find_the_same(#[case] typed: &str) {
        let text = fold("Kompetanse i barnehagen og PPT, and more");
        assert!(SearchTerms::parse(typed).unwrap().are_in(&text), "{typed}");
    }

    #[test]
    fn every_word_must_be_there_and_only_beginnings_count() {
        let text = fold("Språkmiljø for alle");
        assert!(!SearchTerms::parse("språk skole").unwrap().are_in(&text));
        assert!(!SearchTerms::parse("miljø").unwrap().are_in(&text));
    }

    #[test]
    fn a_beginning_that_a_longer_word_has_is_not_asked_for_twice() {
        let terms = SearchTerms::parse("s språk sp språk").unwrap();
        assert_eq!(terms.iter().collect::<Vec<_>>(), ["sprak"]);
    }

    #[test]
    fn signs_alone_and_very_long_texts_are_refused() {
        assert_eq!(SearchTerms::parse("*\"():-' \0"), Err(SearchFault::Empty));
        assert_eq!(SearchTerms::parse(""), Err(SearchFault::Empty));
        assert_eq!(SearchTerms::parse(&"å".repeat(200)).unwrap().iter().collect::<Vec<_>>(), ["a"]);
        assert_eq!(SearchTerms::parse(&"å".repeat(201)), Err(SearchFault::TooLong));
    }

    proptest! {
        #[test]
        fn folding_twice_is_folding_once_and_leaves_words_alone(text in "\\PC{0,80}") {
            let folded = fold(&text);
            prop_assert_eq!(&fold(&folded), &folded);
            prop_assert!(folded.chars().all(|c| c.is_alphanumeric() || c == ' '), "{}", folded);
            prop_assert!(!folded.contains("  ") && folded.trim() == folded);
        }

        #[test]
        fn a_text_is_found_by_any_of_its_words(text in "\\PC{1,60}") {
            if let Ok(terms) = SearchTerms::parse(&text) {
                prop_assert!(terms.are_in(&fold(&text)));
            }
        }
    }
}
