//! Messages on a need ("sikker melding"): between its sender and the county governor of its round, nobody else.

pub(super) mod create;
pub(super) mod list;
pub(super) mod read;
pub(super) mod record;
