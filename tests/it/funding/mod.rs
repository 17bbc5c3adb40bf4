//! Funding: from the frame to the approved report.

mod concurrency;
mod decide;
mod frames;
mod instalments;
mod notify;
mod payments;
mod reports;
mod stage;
