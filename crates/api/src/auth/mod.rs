//! Who may call what: tokens, callers, the policy table.

pub mod actors;
pub mod credentials;
pub mod issuer;
pub mod metadata;
pub mod middleware;
pub mod policy;
pub mod token;
