//! Rounds over HTTP.

mod create;
mod list;
