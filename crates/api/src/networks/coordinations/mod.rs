//! Coordinations: needs of a network that belong together, on their way to one joint draft.

pub mod create;
pub mod draft;
pub mod get;
pub mod list;
pub mod patch;
mod rules;
