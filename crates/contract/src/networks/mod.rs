//! Regional networks on the wire: members, the needs shared with them, coordinations, meetings.

mod coordinations;
pub mod lists;
mod meetings;
mod members;
mod shared;

pub use coordinations::{
    AskedOfUniversity, CoordinatedNeeds, Coordination, CoordinationDocument, CoordinationPage, DraftCoordination,
};
pub use meetings::{
    ChangeNetworkMeeting, NetworkMeeting, NetworkMeetingDocument, NetworkMeetingPage, NetworkTheme, RaiseTheme,
};
pub use members::{ChangeNetwork, CreateNetwork, Network, NetworkMember, NetworkPage};
pub use shared::{SharedNeed, SharedNeedPage};
