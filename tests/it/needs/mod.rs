//! Needs over HTTP.

mod deadlines;
mod drafts;
mod endings;
mod evidence;
mod invitations;
mod lists;
mod overview;
mod participants;
mod private_owners;
mod search;
mod statped;
mod steps;
mod versions;
mod visibility;
mod whole;
