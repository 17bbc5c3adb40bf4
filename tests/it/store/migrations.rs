//! Migrations: up, down and up again leaves the schema as it was, and both engines have the same one.

use std::collections::BTreeSet;

use persistence::{Engine, Tx, migrations};

use crate::support::database::{TestDatabase, open};

/// Every column as `table.column`. SQLite keeps the words that are searched for in tables of its own.
fn columns(tx: &mut Tx) -> BTreeSet<String> {
    let sql = match tx.engine() {
        Engine::Sqlite => {
            "SELECT m.name || '.' || c.name AS text FROM sqlite_schema m, pragma_table_info(m.name) c \
             WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' AND m.name NOT LIKE '%diesel%' \
             AND m.name NOT LIKE '%_words%'"
        }
        Engine::Postgres => {
            "SELECT table_name || '.' || column_name AS text FROM information_schema.columns \
             WHERE table_schema = 'public' AND table_name NOT LIKE '%diesel%' AND table_name NOT IN \
             (SELECT table_name FROM information_schema.views WHERE table_schema = 'public')"
        }
    };
    tx.texts(sql).unwrap().into_iter().collect()
}

/// The columns that the files of an engine make, read off the files themselves.
fn columns_of_files(engine: &str) -> BTreeSet<String> {
    let folder = format!("{}/../migrations/{engine}", env!("CARGO_MANIFEST_DIR"));
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let mut found = BTreeSet::new();
    for file in files {
        let text = std::fs::read_to_string(file.join("up.sql")).unwrap();
        let mut table = None;
        for line in text.lines() {
            let mut words = line.split_whitespace();
            if let Some(name) = line.strip_prefix("CREATE TABLE ").and_then(|rest| rest.strip_suffix(" (")) {
                table = Some(name);
            } else if let Some(name) = line.strip_prefix("DROP TABLE ") {
                let gone = format!("{}.", name.trim_end_matches(';'));
                found.retain(|column: &String| !column.starts_with(&gone));
            } else if let Some(change) = line.strip_prefix("ALTER TABLE ") {
                match change.trim_end_matches(';').split_whitespace().collect::<Vec<_>>()[..] {
                    [table, "ADD", "COLUMN", new, ..] => drop(found.insert(format!("{table}.{new}"))),
                    [table, "DROP", "COLUMN", gone] => drop(found.remove(&format!("{table}.{gone}"))),
                    [table, "RENAME", "COLUMN", old, "TO", new] => {
                        found.remove(&format!("{table}.{old}"));
                        found.insert(format!("{table}.{new}"));
                    }
                    _ => {}
                }
            } else if line.starts_with(");") {
                table = None;
            } else if let (Some(table), Some(word)) = (table, words.next())
                && word.bytes().next().is_some_and(|b| b.is_ascii_lowercase())
            {
                found.insert(format!("{table}.{}", word.trim_matches('"')));
            }
        }
    }
    found
}

#[actix_web::test]
async fn up_down_and_up_again_leaves_the_schema_as_it_was() {
    let database = TestDatabase::new();
    let mut tx = open(&database.url).connect().unwrap();
    let before = columns(&mut tx);
    migrations::revert_all(&mut tx).unwrap();
    assert_eq!(columns(&mut tx), BTreeSet::new());
    migrations::run(&mut tx).unwrap();
    assert_eq!(columns(&mut tx), before);
}

#[actix_web::test]
async fn the_database_has_what_the_files_of_both_engines_say() {
    let database = TestDatabase::new();
    let mut tx = open(&database.url).connect().unwrap();
    let (sqlite, postgres) = (columns_of_files("sqlite"), columns_of_files("postgres"));
    assert_eq!(sqlite, postgres);
    assert_eq!(columns(&mut tx), sqlite);
}

/// The schema that queries are checked against, as diesel's macro writes it, names the same columns.
#[test]
fn the_schema_of_the_queries_is_that_of_the_files() {
    let folder = format!("{}/../crates/persistence/src/schema", env!("CARGO_MANIFEST_DIR"));
    let mut found = BTreeSet::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let text = std::fs::read_to_string(entry.unwrap().path()).unwrap();
        let (mut table, mut sql_name) = (String::new(), None::<String>);
        for line in text.lines().map(str::trim) {
            if let Some((name, _)) = line.split_once(" (").filter(|_| line.ends_with('{')) {
                name.clone_into(&mut table);
            } else if let Some(name) = line.strip_prefix("#[sql_name = \"") {
                sql_name = Some(name.trim_end_matches("\"]").to_owned());
            } else if let Some((column, _)) = line.split_once(" -> ") {
                found.insert(format!("{table}.{}", sql_name.take().unwrap_or_else(|| column.to_owned())));
            }
        }
    }
    assert_eq!(found, columns_of_files("sqlite"));
}
