//! Rows and queries, on SQLite and on PostgreSQL. The only crate that names diesel.
//!
//! A query function takes [`Reader`] when it only reads and [`Tx`] when it writes; a [`Tx`] is also a
//! [`Reader`]. Handlers reach both through [`Store`]. What differs between the two engines stands in
//! [`backend`], one arm each, and stays little.

pub mod audit;
pub mod auth;
pub mod backend;
pub mod background;
mod codec;
mod connection;
pub mod counters;
pub mod error;
pub mod forum;
pub mod funding;
pub mod guidance;
pub mod idempotency;
pub mod kartlegging;
pub mod lane;
pub mod listing;
pub mod migrations;
pub mod needs;
pub mod networks;
pub mod organisations;
pub mod outbox;
pub mod reference;
pub mod rounds;
pub mod schema;
pub mod store;
pub mod tasks;
pub mod time;

pub use backend::Engine;
pub use error::{StoreError, WriteError};
pub use store::{Reader, Store, StoreOptions, Tx};
