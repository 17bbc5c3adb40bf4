//! Guidance over HTTP.

mod answers;
mod offered;
mod resources;
