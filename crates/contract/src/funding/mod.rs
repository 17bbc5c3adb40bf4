//! Frames, grants, payments and reports on the wire.

pub mod frames;
pub mod grants;
pub mod payments;
pub mod reports;

crate::code_schema! {
    FrameSourceKind of domain::funding::frames::SourceKind = "Where a frame's money comes from.",
    GrantState of domain::funding::GrantState = "Where a grant stands.",
    GrantOutcome of domain::funding::decisions::Outcome = "What a decision says.",
    DecisionKind of domain::funding::decisions::DecisionKind = "What a decision is in its grant's chain.",
    DecisionState of domain::funding::DecisionState = "Whether a decision counts.",
    PaymentState of domain::funding::PaymentState = "Where a payment stands.",
    PaymentRunState of domain::funding::PaymentRunState = "Where a payment run stands.",
    ReportState of domain::funding::ReportState = "Where a report stands.",
    GoalAttainment of domain::funding::reports::GoalAttainment = "How far a measure's goals were reached.",
}
