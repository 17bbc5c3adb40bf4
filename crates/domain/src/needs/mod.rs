//! Needs (behovsmeldinger): one measure that a municipality, county authority or private owner registers with
//! the county governor, in one scheme and one round (N02).

mod budget;
mod content;
mod state;

pub use budget::{BudgetKind, BudgetLine};
pub use content::{
    Anchoring, AnchoringAnswer, AreaLevel, AreaNeed, AreaPurpose, Contact, Content, Evidence, NamedPartner,
    Participant, Period, TargetGroup, UnitPart, UnitRole,
};
pub use state::{NeedCommand, NeedState, WrongState};
