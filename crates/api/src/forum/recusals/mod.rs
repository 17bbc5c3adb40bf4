//! Conflicts of interest: suggested, declared, ruled.

pub mod declare;
pub mod list;
pub mod put;
mod save;
