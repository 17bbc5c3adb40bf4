//! Batches: one upload each, in one call or in parts.

pub mod apply;
pub(super) mod cancel;
pub(super) mod commit;
pub(super) mod create;
pub mod expire;
pub(super) mod follow;
pub(super) mod get;
pub(super) mod list;
pub(super) mod put_part;
pub(super) mod record;
pub(super) mod result;
