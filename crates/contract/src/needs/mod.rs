//! Needs on the wire: the document as it is sent, the need as it is shown, the parties around it.

mod answers;
mod body;
mod circumstances;
mod dialogue;
mod evidence;
pub mod lists;
mod named;
mod overview;
mod parties;
mod parts;
mod steps;
mod view;

pub use body::NeedDocument;
pub use circumstances::{Audience, OtherApplication, Preparation, Supplement};
pub use dialogue::{Attachment, AttachmentPage, Message, MessageAttachment, MessagePage, WriteMessage};
pub use evidence::{EvidenceSummary, NeedEvidence};
pub use overview::{OverviewItem, OverviewPage};
pub use parties::{
    Invitation, InvitationPage, InvitationReply, InvitationsSent, Invite, Invited, Party, PartyPage, PrivateOwner,
    PrivateOwnerPage, PrivateOwnerReply, RecordPrivateOwner,
};
pub use parts::{
    Anchoring, AnchoringAnswer, AreaNeed, BudgetLine, Contact, Evidence, NamedOrganisation, OtherEnvironment, Period,
    StatpedPart, UnitPart,
};
pub use steps::{
    CheckedFinding, DismissNeed, NeedCheck, NeedComparison, NeedDifference, NeedVersion, NeedVersionItem,
    NeedVersionPage, PartyAnswer, PrivateOwnerAnswer, ReturnNeed, TransferNeed,
};
pub use view::{Need, NeedContent, NeedItem, NeedPage, Returned};
