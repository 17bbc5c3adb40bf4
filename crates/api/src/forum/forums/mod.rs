//! Forums: read; they are set up by whoever installs the server.

pub mod composition;
pub mod get;
pub mod list;
pub mod seats;
