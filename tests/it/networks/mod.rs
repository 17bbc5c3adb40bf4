//! Regional networks: members, needs side by side, coordinations, meetings.

mod coordinations;
mod joint_drafts;
mod meetings;
mod members;
mod shares;
pub mod stage;
