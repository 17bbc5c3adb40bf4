//! Invitations: sent by a need's sender, listed for those invited.

pub(super) mod create;
pub(super) mod list;
