//! Rounds over HTTP.

mod change;
mod create;
mod end;
mod exemptions;
mod list;
mod questions;
mod race;
