//! Black-box tests: a real server on a real database, called over HTTP by separate clients.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on is a failed test")]
#![allow(clippy::format_push_string, clippy::unused_self, reason = "tests may be plain")]

mod architecture;
mod client;
mod commands;
mod cors;
mod dialogue;
mod filters;
mod forum;
mod funding;
mod guidance;
mod kartlegging;
mod locales;
mod needs;
mod networks;
mod openapi;
mod organisations;
mod policy_matrix;
mod problems;
mod reference;
mod rounds;
mod rulesets;
mod seeds;
mod store;
mod story;
mod support;
mod tasks;
