//! Needs (behovsmeldinger): one measure that a municipality, county authority or private owner registers with
//! the county governor, in one scheme and one round (N02).

mod attachments;
mod breadth;
mod budget;
mod circumstances;
mod content;
mod dialogue;
mod diff;
mod facts;
mod file_name;
mod need;
mod overview;
mod parties;
mod rules;
mod state;
mod submission;

pub use attachments::{
    AddError, Attachment, AttachmentPurpose, FileFormat, Quota, QuotaExceeded, Removal, RemoveError, Used, may_add,
};
pub use budget::{BudgetKind, BudgetLine};
pub use circumstances::{ApplicationOutcome, Audience, OtherApplication, Preparation, Supplement};
pub use content::{
    Anchoring, AnchoringAnswer, AreaLevel, AreaNeed, AreaPurpose, Contact, Content, Evidence, NamedParty,
    OtherEnvironment, Period, StatpedPart, StatpedRole, TargetGroup, UnitPart, UnitRole,
};
pub use dialogue::{DialogueSide, Message, NeverSubmitted, may_write};
pub use diff::{Difference, differences};
pub use facts::{BatchFact, Facts, OpenNeedFact, PartyFact, PrivateOwnerFact, ReturnFact, UnitFact};
pub use file_name::{FileName, FileNameFault};
pub use need::{Need, Reading, ReturnTerms, carried_on};
pub use overview::{Balance, Participation};
pub use parties::{
    InvitationCommand, InvitationState, OwnAnswer, Parties, PartyAtSubmission, PartyRole, PrivateOwnerAnswer,
    PrivateOwnerAtSubmission, RecordedAnswer, WrongInvitationState,
};
pub use rules::check;
pub use state::{NeedCommand, NeedState, WrongState};
pub use submission::{ReturnError, Submission, SubmitError, send_back, submit};
