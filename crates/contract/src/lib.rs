//! What goes over the wire: the JSON shapes, the problem codes and every text that a person reads.
//!
//! One module per feature, under the same word as everywhere. A shape becomes a domain type by `TryFrom`, and a
//! domain type a shape by `From`.

pub mod actions;
pub mod bilingual;
pub mod codes;
pub mod demo;
pub mod events;
pub mod external_refs;
pub mod forum;
pub mod funding;
pub mod guidance;
pub mod kartlegging;
pub mod me;
pub mod needs;
pub mod networks;
pub mod numbers;
pub mod organisations;
pub mod page;
pub mod problem;
pub mod reference;
pub mod rounds;
pub mod rulesets;
pub mod spreadsheet;
pub mod tasks;
pub mod texts;
