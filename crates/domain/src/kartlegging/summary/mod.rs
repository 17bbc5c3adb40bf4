//! Published figures of kartlegging: sums over many units under one rule of suppression (K05), and weighted means (K06).
//!
//! Responses are summed into [`Cell`]s, the finest figures there are ([`is_counted`] says which responses). A
//! [`Publication`] decides which cells are published; `answer` sums only those, and counts the others. Whatever
//! shows figures of kartlegging to others than those who may read the responses goes through here, so that no two
//! answers can be held against each other to find a cell that was left out. Which attacks the rule covers, and which
//! it does not, stands in `docs/adr/0013-a-summary-knows-only-published-cells.md`.

mod about;
mod answer;
mod cell;
mod figures;
#[cfg(test)]
mod proof;
mod publication;
#[cfg(test)]
mod world;

pub use about::areas_asked_for;
pub use answer::{Answer, Dimension, Line, Question, Span};
pub use cell::{Cell, CellKey, Sums, is_counted};
pub use figures::{Change, Figures, Hundredths};
pub use publication::Publication;
