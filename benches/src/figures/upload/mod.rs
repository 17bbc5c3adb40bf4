//! Uploads: how fast they are against what the database does alone, and what they do to everybody else meanwhile.

mod against_copy;
mod against_fastapi;
mod against_loop;
mod meanwhile;
mod million;
mod place;

pub(super) use against_copy::measure as against_copy;
pub(super) use against_fastapi::measure as against_fastapi;
pub(super) use against_loop::measure as against_loop;
pub(super) use meanwhile::measure as meanwhile;
pub(super) use million::measure as million;
pub(super) use place::{Expected, Place};

const ROWS: usize = 100_000;
const ROUNDS: usize = 5;
