//! Every rule has a test in which each of its findings is found, and one in which it has nothing to say. Read from the
//! sources, so that a new rule or finding without its tests is seen.

use std::path::Path;

use super::RULES;

/// A rule's file.
struct Source {
    /// Its name, such as `n05_private_owners`.
    name: String,
    /// What stands before its tests.
    rule: String,
    tests: String,
}

fn sources() -> Vec<Source> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/needs/rules");
    let files = std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().path());
    files
        .map(|path| (path.file_stem().unwrap().to_string_lossy().into_owned(), path))
        .filter(|(name, _)| name.starts_with('n'))
        .map(|(name, path)| {
            let text = std::fs::read_to_string(path).unwrap();
            let (rule, tests) = text.split_once("#[cfg(test)]").unwrap_or((&text, ""));
            Source { rule: rule.to_owned(), tests: tests.to_owned(), name }
        })
        .collect()
}

/// The literals that are codes: words joined by underscores, and not the name of a figure.
fn codes_in(rule: &str) -> Vec<&str> {
    let is_code = |text: &str| text.contains('_') && text.bytes().all(|b| b.is_ascii_lowercase() || b == b'_');
    let parts: Vec<&str> = rule.split('"').collect();
    let literals = parts.chunks_exact(2).filter(|part| !part[0].ends_with(".with("));
    literals.map(|part| part[1]).filter(|text| is_code(text)).collect()
}

#[test]
fn every_file_here_is_a_rule_that_is_asked() {
    assert_eq!(sources().len(), RULES.len());
}

#[test]
fn every_finding_is_found_in_a_test_of_its_rule() {
    for Source { name, rule, tests } in sources() {
        let codes = codes_in(&rule);
        assert!(!codes.is_empty(), "{name} finds nothing");
        let untested: Vec<_> = codes.iter().filter(|code| !tests.contains(&format!("\"{code}\""))).collect();
        assert!(untested.is_empty(), "no test of {name} names {untested:?}");
    }
}

#[test]
fn every_rule_has_a_test_in_which_it_has_nothing_to_say() {
    for Source { name, tests, .. } in sources() {
        let silence = format!("codes_of(\"{}\").is_empty()", name[..3].to_uppercase());
        assert!(tests.contains(&silence), "no test of {name} asserts {silence}");
    }
}
