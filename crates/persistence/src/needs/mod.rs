//! Needs, their submissions, parties and private owners.

mod as_submitted;
pub mod attachments;
mod evidence;
mod facts;
mod invitations;
mod items;
pub mod messages;
mod overview;
mod parties;
mod party_facts;
mod private_owners;
mod queries;
mod references;
mod rows;
mod search;
mod shared;
mod visibility;
mod writes;

pub use as_submitted::{newest_parties, parties_as_submitted, private_owners_as_submitted};
pub use evidence::{Surveyed, surveyed};
pub use facts::{counties_of, facts, first_county_with_unit, private_owner_facts, sender_of, supplemented};
pub use invitations::{Invitation, invitations};
pub use items::{NeedFilter, NeedItem};
pub use overview::{OverviewItem, count_overview, overview};
pub use parties::{Party, ask_parties_again, find_party, invite, keep_named_parties, parties, save_party};
pub use private_owners::{PrivateOwner, find_private_owner, insert_private_owner, private_owners, save_private_owner};
pub use queries::{
    OwnHead, Seen, count, count_in_round, drafts_in_round, find, find_submitted, find_version, find_whole,
    ids_with_draft, list, own_head, readings, versions, visible_ids,
};
pub use references::{ExternalRef, external_refs, set_external_refs, taken_external_ref, unknown_references};
pub use rows::{Submitted, SubmittedHead};
pub use search::index_submission;
pub use shared::{SharedNeed, count_shared, shared};
pub use writes::{
    MoveError, Moved, advance, delete_draft, erase_contact_from_submissions, hold, insert, insert_submission,
    save_document, save_progress, set_reference,
};
