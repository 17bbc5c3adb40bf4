//! A client of the HTTP API, for programs in Rust and for the command line `kompetanse`.
//!
//! [`Client`] gets its tokens by itself and renews them in time, sends an `Idempotency-Key` with every `POST`, repeats
//! what may be repeated, and brings problems back as the server words them ([`Error`]).

pub mod batch;
mod client;
pub mod credentials;
mod error;
pub mod reading;
mod retry;
pub mod split;
pub mod survey;
mod token;
pub mod upload;

pub use client::Client;
pub use credentials::Credentials;
pub use error::Error;
