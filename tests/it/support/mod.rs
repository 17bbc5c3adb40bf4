//! What the tests share: a server of one's own, and clients to call it with.

pub mod actors;
pub mod binary;
pub mod builders;
pub mod database;
pub mod openapi;
pub mod repository;
pub mod server;

pub use actors::{Actor, Answer};
pub use builders::County;
pub use server::TestServer;
