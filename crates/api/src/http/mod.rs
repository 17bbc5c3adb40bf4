//! What every operation shares: reading a call, checking its shape, answering, listing.

pub mod actions;
pub mod answer;
pub mod arrival;
pub mod call;
pub mod cursor;
pub(crate) mod digest;
pub mod export;
mod filters;
pub mod input;
pub mod listing;
pub mod methods;
pub mod patch;
pub mod query;
pub mod render;
pub mod shape;
pub mod shown;
pub(crate) mod sse;
pub mod write;
