//! Recommendations: drawn, adopted.

pub mod actions;
pub mod adopt;
pub mod create;
pub mod get;
pub mod list;
