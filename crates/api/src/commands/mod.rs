//! What the binary can be told to do, one file per command.

pub(crate) mod client;
pub(crate) mod openapi;
pub(crate) mod serve;
