//! What ARCHITECTURE.md promises about the crates, held against what cargo sees.

use std::collections::{BTreeMap, BTreeSet};

use cargo_metadata::{DependencyKind, MetadataCommand};

use crate::support::repository;

/// The crates of the product, and which of the others each may use.
const MAY_USE: [(&str, &[&str]); 6] = [
    ("domain", &[]),
    ("contract", &["domain"]),
    ("intake", &["contract", "domain"]),
    ("persistence", &["domain"]),
    ("api", &["contract", "domain", "intake", "persistence"]),
    ("client", &["contract", "domain"]),
];

/// What belongs to one place only, and that place.
const BELONGS_TO: [(&str, &[&str]); 4] = [
    ("diesel", &["persistence"]),
    ("diesel_migrations", &["persistence"]),
    ("actix-web", &["api"]),
    ("utoipa", &["api", "contract"]),
];

/// What each package of the workspace names as its dependencies, those of its tests apart.
fn dependencies() -> BTreeMap<String, BTreeSet<String>> {
    let metadata = MetadataCommand::new()
        .manifest_path(repository::root().join("Cargo.toml"))
        .no_deps()
        .exec()
        .expect("cargo reads the workspace");
    metadata
        .packages
        .iter()
        .map(|package| {
            let named = package.dependencies.iter().filter(|dependency| dependency.kind != DependencyKind::Development);
            (package.name.to_string(), named.map(|dependency| dependency.name.clone()).collect())
        })
        .collect()
}

#[test]
fn the_crates_know_each_other_in_one_direction_only() {
    let dependencies = dependencies();
    let ours: BTreeSet<&str> = dependencies.keys().map(String::as_str).collect();
    for (package, may_use) in MAY_USE {
        for used in dependencies[package].iter().filter(|name| ours.contains(name.as_str())) {
            assert!(may_use.contains(&used.as_str()), "{package} must not know {used}");
        }
    }
}

#[test]
fn sql_http_and_openapi_each_have_their_crate() {
    let dependencies = dependencies();
    for (library, places) in BELONGS_TO {
        for (package, named) in &dependencies {
            assert!(
                !named.contains(library) || places.contains(&package.as_str()),
                "{library} belongs to {places:?}; {package} names it"
            );
        }
    }
}

#[test]
fn every_feature_has_the_same_word_in_every_crate() {
    let folders = |of: &str| -> BTreeSet<String> {
        std::fs::read_dir(repository::root().join(of))
            .expect("the crate has sources")
            .map(|entry| entry.expect("a folder can be listed").path())
            .filter(|path| path.is_dir())
            .map(|path| path.file_name().expect("a folder has a name").to_string_lossy().into_owned())
            .collect()
    };
    let features =
        ["organisations", "rounds", "needs", "guidance", "kartlegging", "forum", "funding"].map(String::from);
    for source in ["crates/domain/src", "crates/persistence/src", "crates/api/src"] {
        let missing: Vec<_> = features.iter().filter(|feature| !folders(source).contains(*feature)).collect();
        assert!(missing.is_empty(), "{source} has no {missing:?}");
    }
}

#[test]
fn both_engines_have_migrations_of_the_same_names() {
    let names = |engine: &str| -> Vec<String> {
        let folder = repository::root().join("migrations").join(engine);
        repository::files(&folder, "sql")
            .iter()
            .map(|path| path.strip_prefix(&folder).expect("it lies below").to_string_lossy().into_owned())
            .collect()
    };
    assert!(!names("sqlite").is_empty());
    assert_eq!(names("sqlite"), names("postgres"));
}

#[test]
fn every_source_file_can_be_read_in_one_sitting() {
    let long: Vec<_> = ["crates", "tests", "benches"]
        .iter()
        .flat_map(|folder| repository::files(folder, "rs"))
        .filter_map(|path| {
            let lines = std::fs::read_to_string(&path).expect("a source is text").lines().count();
            (lines > 400).then(|| format!("{}: {lines}", path.display()))
        })
        .collect();
    assert!(long.is_empty(), "more than 400 lines:\n{}", long.join("\n"));
}
