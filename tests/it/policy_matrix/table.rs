//! The tables as text, and how they are read.

use super::callers::COLUMNS;
use super::{across, dialogue, forum, funding, guidance, kartlegging, needs, networks};

/// One line of a table: what is asked, and what each caller is to be answered.
pub struct Row {
    /// The operation's id in the OpenAPI document.
    pub operation: &'static str,
    /// What it is asked about, by the name that the world gives it.
    pub subject: Option<&'static str>,
    /// The status with which an allowed caller is answered, where it is not the usual one.
    pub allowed: Option<u16>,
    /// Whether everybody calls with a client that may approve payments, and nothing else.
    pub approving: bool,
    /// The expected letter of each column.
    pub cells: Vec<char>,
}

impl Row {
    fn parse(line: &'static str) -> Self {
        let (asked, cells) = line.split_once('|').unwrap_or_else(|| panic!("no cells: {line}"));
        let (mut words, mut row) = (asked.split_whitespace(), Self::of(line, cells));
        row.operation = words.next().unwrap_or_else(|| panic!("no operation: {line}"));
        for word in words {
            match word.parse() {
                Ok(status) => row.allowed = Some(status),
                Err(_) if word == "approving" => row.approving = true,
                Err(_) => row.subject = Some(word),
            }
        }
        row
    }

    fn of(line: &str, cells: &str) -> Self {
        let cells: Vec<char> = cells.chars().filter(|c| !c.is_whitespace() && *c != '|').collect();
        assert_eq!(cells.len(), COLUMNS.chars().count(), "a cell for every caller: {line}");
        let stray = cells.iter().find(|c| !"A-kx.useh".contains(**c));
        assert!(stray.is_none(), "the letter {stray:?} says nothing: {line}");
        Self { operation: "", subject: None, allowed: None, approving: false, cells }
    }

    /// Whether it says what a list shows.
    pub fn is_about_a_list(&self) -> bool {
        self.cells.iter().any(|cell| matches!(cell, 's' | 'e'))
    }
}

/// Every line of every table.
pub fn rows() -> Vec<Row> {
    let tables = [
        across::TABLE,
        needs::TABLE,
        dialogue::TABLE,
        networks::TABLE,
        guidance::TABLE,
        kartlegging::TABLE,
        forum::TABLE,
        funding::TABLE,
    ];
    tables.into_iter().flat_map(rows_of).collect()
}

fn rows_of(table: &'static str) -> Vec<Row> {
    let mut lines = table.lines().filter(|line| !line.trim().is_empty());
    let head: String =
        lines.next().into_iter().flat_map(str::chars).filter(|c| !c.is_whitespace() && *c != '|').collect();
    assert_eq!(head, COLUMNS, "the columns of a table are named in its first line");
    lines.map(Row::parse).collect()
}
