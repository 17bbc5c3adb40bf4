//! The rules of the grant scheme, and nothing but rules.
//!
//! No input or output, no clock, no database, no HTTP: every function takes what it needs, the instant
//! included, and answers. Rule codes (N01, K03, F03, G01 …) name the rule they carry; search for a code to
//! find its rule, and for a feature word to find its module.

pub mod actor;
pub mod area;
pub mod codes;
pub mod event;
pub mod finding;
pub mod forum;
pub mod funding;
pub mod guidance;
pub mod ids;
pub mod kartlegging;
pub mod language;
pub mod money;
pub mod municipality;
pub mod national_id;
pub mod needs;
pub mod networks;
pub mod organisations;
pub mod orgnr;
pub mod pointer;
pub mod rounds;
pub mod rulesets;
pub mod search;
pub mod tasks;
pub mod time;
