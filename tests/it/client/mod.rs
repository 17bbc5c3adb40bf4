//! The Rust client and the command line `kompetanse`.

mod calls;
mod command_line;
mod demo;
mod kartlegging;
mod upload;
