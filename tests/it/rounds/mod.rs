//! Rounds over HTTP.

mod create;
