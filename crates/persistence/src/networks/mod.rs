//! Regional networks: members, what is shared with them, coordinations, meetings.

pub mod coordinations;
pub mod meetings;
mod queries;
mod rows;
mod shares;

pub use queries::{
    MyNetwork, NetworkFilter, add_member, count, find, insert, list, of_member, remove_member, save, take_turn,
    visible_ids,
};
pub use rows::StoredNetwork;
pub use shares::{networks_of, share, shared_by, shared_with, unshare};

pub(crate) use queries::is_member_of_any;
