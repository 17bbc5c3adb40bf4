//! Funding: frames, grants and their decisions, instalments, payments and reports (domain.md G01 to G08).
//!
//! A frame is the money of a county governor, scheme and year. A decision (vedtak) grants some of it to a need,
//! split on recipients; the split is paid in instalments; every recipient reports what it used.

pub mod decisions;
pub mod frames;
pub mod instalments;
pub mod payments;
pub mod reports;
pub mod state;

pub use state::{DecisionState, GrantCommand, GrantState, PaymentCommand, PaymentRunCommand, PaymentRunState};
pub use state::{PaymentState, ReportCommand, ReportState, WrongState};
