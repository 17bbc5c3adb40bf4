//! The store itself, on both engines: what every feature relies on without looking.

mod events;
mod lanes;
mod migrations;
mod retries;
