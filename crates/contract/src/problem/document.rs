//! `docs/errors.md`, made from the table of codes and the locales.

use std::fmt::Write as _;

use domain::language::Language;

use super::PROBLEMS;
use crate::texts;

/// The page that explains every problem and every fault.
pub fn errors_page() -> String {
    let mut page = String::from(
        "# Errors\n\n\
         Made from `crates/contract/src/problem/codes.rs` and `locales/`; `make docs` writes it, a test holds it equal.\n\n\
         Every error is `application/problem+json` (RFC 9457). `code` never changes, texts follow `Accept-Language`\n\
         (`nb`, `nn`, `en`). `errors` lists every single fault with its own code and a JSON pointer.\n\n\
         ## Problems\n\n| status | code | what went wrong | what to do |\n|---|---|---|---|\n",
    );
    for problem in PROBLEMS {
        let text = texts::problem(Language::En, problem.code);
        let (title, detail) = text.map_or(("", ""), |text| (text.title.as_str(), text.detail.as_str()));
        let _ = writeln!(page, "| {} | `{}` | {title} | {detail} |", problem.status, problem.code);
    }
    let english = texts::all(Language::En);
    for (title, messages) in [("Faults", &english.faults), ("Findings", &english.findings)] {
        let _ = write!(page, "\n## {title}\n\n| code | message |\n|---|---|\n");
        for (code, message) in messages {
            let _ = writeln!(page, "| `{code}` | {message} |");
        }
    }
    page
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `UPDATE_DOCS=1` writes the page instead.
    #[test]
    fn the_committed_page_is_the_one_that_the_table_makes() {
        let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/errors.md");
        if std::env::var_os("UPDATE_DOCS").is_some() {
            std::fs::write(file, errors_page()).unwrap();
        }
        let committed = std::fs::read_to_string(file).unwrap();
        assert!(committed == errors_page(), "docs/errors.md is not up to date: run `make docs` and commit it");
    }
}
