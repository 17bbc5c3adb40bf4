//! The server program as people run it: a process of its own, its flags, its refusals.

mod client;
mod demo;
mod metrics;
mod refusals;
