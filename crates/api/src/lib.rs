//! The HTTP API: one module per feature, one file per operation.
//!
//! [`routes`] has every operation; [`server`] puts the machinery of [`http`] and [`auth`] around them.

pub mod app;
pub mod auth;
pub mod clock;
pub mod config;
pub mod error;
pub mod events;
pub mod forum;
pub mod funding;
pub mod guidance;
pub mod health;
pub mod http;
pub mod kartlegging;
pub mod me;
pub mod metrics;
pub mod needs;
pub mod networks;
pub mod objects;
pub mod openapi;
pub mod organisations;
pub mod reference;
pub mod rounds;
pub mod routes;
pub mod rulesets;
pub mod seed;
pub mod server;
pub mod tasks;
pub mod telemetry;
pub mod units;
pub mod worker;
